import { fileSource } from '../fileSource.ts'
import { type ParquetOptions, parquetOptions } from './parquetOptions.ts'

/**
 * Parquet files, read by the engine. Several have the same columns with the same types; with `union` a column that a
 * file doesn't have is missing in its rows. With `hive` the `name=value` folders of the paths are columns.
 */
export const parquet = fileSource<ParquetOptions>({
  name: 'parquet',
  endings: ['parquet', 'pq'],
  options: parquetOptions,
  compressed: true,
  open: async (...files) => (await import('./openParquet.ts')).openParquet(...files),
})
