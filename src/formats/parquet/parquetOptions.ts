import { type DeclaredOption, yesNo } from '../option.ts'

/** Options of Parquet files. */
export interface ParquetOptions {
  /**
   * For lists of Parquet files: a column that a file doesn't have is missing in its rows; otherwise that is an error.
   * @example { union: true }
   */
  readonly union?: boolean
  /**
   * For Parquet files in folders called `name=value`: the names are columns too.
   * @example { hive: true }
   */
  readonly hive?: boolean
}

export const parquetOptions: DeclaredOption<ParquetOptions> = {
  union: yesNo(false, 'of several Parquet files: a column that one does not have is missing in its rows'),
  hive: yesNo(false, 'of Parquet files in folders called name=value: the names are columns too'),
}
