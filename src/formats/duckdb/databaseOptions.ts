import { type DeclaredOption, text } from '../option.ts'

/** Options of database files. */
export interface DatabaseOptions {
  /**
   * For database files: the table or view, `schema.table` outside the main schema.
   * @example { table: 'main.orders' }
   */
  readonly table?: string
}

export const databaseOptions: DeclaredOption<DatabaseOptions> = {
  table: text({
    value: 'name',
    part: true,
    help: 'of a database file: the table or view, schema.table outside the main schema',
  }),
}
