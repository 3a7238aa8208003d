/** Rows and missing values of one side. */
export interface ColumnTally {
  readonly rows: number
  readonly missing: number
}
