import type { Block } from './blocks/index.ts'
import type { Limits } from './blocks/number.ts'

/** How a check was judged. Only `pass` says that the statement was shown to hold. */
export type Status = 'pass' | 'warn' | 'fail' | 'error' | 'skipped' | 'vacuous' | 'inconclusive' | 'accepted'

/** Whether a check that fails fails its test, or is only reported (`warn`). */
export type Severity = 'error' | 'warn'

/** Worst first: the order in which reports list results. */
export const statusOrder: readonly Status[] = [
  'fail',
  'error',
  'vacuous',
  'warn',
  'inconclusive',
  'accepted',
  'skipped',
  'pass',
]

/** What kind of question a check asks; the columns of the coverage map. */
export type Family =
  | 'schema'
  | 'missing'
  | 'unique'
  | 'range'
  | 'set'
  | 'pattern'
  | 'volume'
  | 'statistic'
  | 'rule'
  | 'drift'
  | 'behavior'

/** What a result is about. */
export interface Subject {
  readonly type: 'dataset' | 'model'
  /** How it is called; in a run document with its source behind it where another source of the run has the same name. */
  readonly name: string
  /** Where it comes from, in words: a path from the working folder, `records`, `function classify`. */
  readonly source?: string
  /** The column, or the columns joined with `, ` for a check of several. */
  readonly column?: string
  /** The slice in words, e.g. `origin = "SEA"`. */
  readonly slice?: string
  /** The dataset or model compared with. */
  readonly reference?: string
  /** Which dataset the reference is of, where it is one. */
  readonly referenceOf?: { readonly name: string; readonly source: string }
  readonly capability?: string
}

/** Row counts of a row check; `missing + tested = rows`, `failed <= tested`. */
export interface Counts {
  /** @count */
  readonly rows: number
  /** @count */
  readonly missing: number
  /** @count */
  readonly tested: number
  /** @count */
  readonly failed: number
}

/** A question that was asked as one and judged in parts. */
export interface Group {
  /** The id of the whole question. */
  readonly id: string
  /** The kind of check that was asked, e.g. `matchesSchema`. */
  readonly kind: string
  /** What is stated as a whole, as a phrase that follows the subject. */
  readonly title: string
}

/** Which data, model, engine and seed back a verdict. */
export interface Lineage {
  readonly datasets: readonly {
    readonly name: string
    readonly source: string
    readonly fingerprint?: string
    /** @count */
    readonly rows?: number
  }[]
  readonly model?: { readonly name: string; readonly fingerprint?: string }
  readonly engine?: string
  readonly seed?: number
}

/** Since when a check has been in need of attention, as far as the reports before tell. */
export interface Since {
  /** The instant of the first run that found it. */
  readonly at: string
  /** In how many runs in a row it was found, this one among them. @count */
  readonly runs: number
  readonly commit?: string
  /** There was no report before `at`: it may be older. */
  readonly orEarlier?: true
}

/** Where the assertion stands in the user's code. */
export interface Where {
  readonly file: string
  readonly test: string
  /** @count */
  readonly line?: number
  /** @count */
  readonly column?: number
}

/** The outcome of one check: plain JSON, safe to store and to send between processes. */
export interface CheckResult {
  /**
   * Stable across runs, and another for every other question: subject with its source, kind, column, slice, reference,
   * and all that is asked of it, with its limits. Where one question was asked several times, several results have it.
   */
  readonly id: string
  /** The same without limits, the version of a model and the cases of a table: what a history or a comparison follows. */
  readonly trend: string
  /** The kind of check, e.g. `valuesBetween`. */
  readonly kind: string
  readonly family: Family
  /** The matcher that asked, e.g. `toHaveValuesBetween`. */
  readonly matcher?: string
  readonly subject: Subject
  /** What is stated, as a phrase that follows the subject: `values between 0 and 10`. */
  readonly title: string
  readonly status: Status
  /** Whether this result fails the test that holds it. */
  readonly blocking: boolean
  readonly severity: Severity
  /** The limit and the measurement, in the same unit. */
  readonly expected: string
  readonly measured: string
  readonly value?: number
  readonly limit?: Limits
  /** More than the measurement: an error, a caveat, what to try. Ours first, an engine's own words last. */
  readonly message?: string
  readonly counts?: Counts
  /** What backs the verdict beside its numbers, the most telling first. */
  readonly evidence: readonly Block[]
  /** The question it is a part of, asked as one: a schema, drift over all columns. */
  readonly group?: Group
  /** Under `.not` the statement was expected not to hold. */
  readonly negated?: boolean
  readonly waiver?: {
    readonly owner: string
    readonly reason: string
    readonly until: string
    /** How far the failure is accepted. */
    readonly upTo?: string
    /** Why it is not accepted: the last day is over, it is past the ceiling, or several tables have its name. */
    readonly refused?: 'expired' | 'ceiling' | 'data'
  }
  readonly lineage: Lineage
  /** Wall clock of this check, in milliseconds; shared scans are counted once per check that used them. @minimum 0 */
  readonly ms: number
  /** Queries this check shared or ran. @count */
  readonly scans: number
  readonly sql?: readonly string[]
  readonly where?: Where
}
