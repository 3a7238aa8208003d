import { besideDatabase } from './besideDatabase.ts'
import { fileSource } from '../fileSource.ts'
import { type DatabaseOptions, databaseOptions } from './databaseOptions.ts'

/** Tables and views of DuckDB files, attached read-only on an engine that reads nothing else. */
export const duckdbFile = fileSource<DatabaseOptions>({
  name: 'duckdb',
  endings: ['duckdb', 'ddb', 'db'],
  options: databaseOptions,
  beside: besideDatabase,
  open: async (files, options) => (await import('./openDuckDB.ts')).openDuckDB(files, options),
})
