import type { LogicalType } from '../../sql/dialect.ts'

/** How a file of one says what it is. */
export const DRIFT_PROFILE = 'drift-profile'
export const VERSION = 1

/** A reference without its rows: what drift needs to know of each column. Written by `freeze`, a small JSON file. */
export interface DriftProfile {
  readonly assay: typeof DRIFT_PROFILE
  readonly version: typeof VERSION
  /** The name of the dataset it was made of. */
  readonly name: string
  readonly rows: number
  readonly columns: readonly FrozenColumn[]
  /** Columns that are not kept, and why: personal ones, identifiers, what drift does not compare. */
  readonly leftOut: readonly { readonly name: string; readonly why: string }[]
}

interface Kept {
  readonly name: string
  readonly type: LogicalType
  readonly missing: number
}

/** A column as it is kept; times are milliseconds since the epoch. */
export type FrozenColumn =
  | (Kept & {
      readonly kind: 'categories'
      readonly counts: readonly (readonly [value: string, rows: number])[]
      /** Cells of a text file that are not of the column's type. */
      readonly unreadable: number
    })
  | (Kept & {
      readonly kind: 'numbers'
      /** Rows of NaN or of cells that are no number, of infinity, and of minus infinity. */
      readonly notNumbers: number
      readonly infinite: readonly [below: number, above: number]
      readonly finite: number
      /** Each value with its rows, where there are few; else quantiles at equal steps from the least to the greatest. */
      readonly counts?: readonly (readonly [value: number, rows: number])[]
      readonly quantiles?: readonly number[]
    })
