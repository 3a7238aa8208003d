import { type DeclaredOption, isText } from '../option.ts'
import { type NumberOptions, numberOptions } from '../text/numberOptions.ts'

/** Options of files of lines. */
export interface LinesOptions extends NumberOptions {
  /**
   * For files of lines: an expression whose named groups become columns, by JavaScript's syntax under flag `u`.
   * @example { pattern: /^(?<ip>\S+) (?<status>\d+)$/u }
   */
  readonly pattern?: RegExp | string
}

export const linesOptions: DeclaredOption<LinesOptions> = {
  pattern: {
    fits: (value): value is RegExp | string =>
      isText(value) || Object.prototype.toString.call(value) === '[object RegExp]',
    takes: 'an expression',
    help: 'of a file of lines: an expression whose named groups become columns',
    flag: { as: 'text', value: 'expression' },
  },
  ...numberOptions,
}
