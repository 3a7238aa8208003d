import { type DeclaredOption, text } from '../option.ts'

/** Options of JSON files. */
export interface JsonOptions {
  /**
   * For JSON files: the property that holds the array of records, where an object holds several.
   * @example { at: 'records' }
   */
  readonly at?: string
}

export const jsonOptions: DeclaredOption<JsonOptions> = {
  at: text({ value: 'property', part: true, help: 'of a JSON file: the property that holds the array of records' }),
}
