import type { AssayError } from '../errors.ts'
import type { Events } from './clusterMoments.ts'
import type { Weight } from './clusters.ts'
import type { ColumnTally } from './columnTally.ts'
import type { DriftComparison, DriftMeasure, NotComparable } from './drift.ts'
import type { DriftFinding } from './finding.ts'
import type { DriftOptions } from './options.ts'
import type { Seat } from './together.ts'

/** A finding with its limit, and p of "it is at most the limit", adjusted over all findings of the call. */
export interface JudgedFinding extends DriftFinding {
  readonly limit: number
  readonly adjustedP: number
  /** What its p is multiplied with. */
  readonly factor: number
}

/** A comparison with its verdict's numbers. */
export interface Measured {
  readonly kind: 'compared'
  readonly method: DriftMeasure
  readonly limit: number
  readonly comparison: DriftComparison
  readonly current: ColumnTally
  readonly reference: ColumnTally
  readonly sql: readonly string[]
  /** What the rows weigh, where they are clustered. */
  readonly weights?: readonly [Weight, Weight]
  /** What tells how alike rows are. */
  readonly events: Omit<Events, 'column'>
}

/** What came of the comparison of one pair. */
export type Compared =
  | (Measured & {
      /** p of "the effect is at most the limit", adjusted over the columns of the call (Holm 1979). */
      readonly adjustedP: number
      /** What that p is multiplied with: by Holm's procedure, and for the share of the level that is left to findings. */
      readonly beside: number
      /** What was looked for beside the effect, with its limit and adjusted p. */
      readonly findings: readonly JudgedFinding[]
    })
  | { readonly kind: 'undecided'; readonly why: NotComparable; readonly sql: readonly string[] }
  | { readonly kind: 'apart'; readonly why: string }
  | { readonly kind: 'error'; readonly error: AssayError }

/** What the comparisons of a call share. */
export interface Work {
  readonly options: DriftOptions
  readonly signal: AbortSignal | undefined
  /** The calls that are corrected together. */
  readonly seat: Seat
}

/** What came of a comparison before the others' p-values are known. */
export type Uncorrected = Measured | Exclude<Compared, { kind: 'compared' }>
