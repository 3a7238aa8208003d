/** How a check was judged. Only `pass` says that the statement was shown to hold. */
export type Status = 'pass' | 'warn' | 'fail' | 'error' | 'skipped' | 'vacuous' | 'inconclusive' | 'accepted'

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

/** A value as it is shown: already text, redacted and cut; `null` is a missing value. */
export type Cell = string | null

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
  readonly rows: number
  readonly missing: number
  readonly tested: number
  readonly failed: number
}

/** How often the offending cells hold these values. */
export interface ValueCount {
  /** One value for each marked column, in the order of `marked`. */
  readonly cells: readonly Cell[]
  readonly count: number
}

/** Rows that break a check, in row order. */
export interface Sample {
  readonly columns: readonly string[]
  /** 1-based row number of each row in its source (its file, where there are several), where known. */
  readonly rowNumbers?: readonly number[]
  /** The file of each row, where the source has several. */
  readonly files?: readonly string[]
  /** The physical line each row starts at, for text files. */
  readonly lines?: readonly number[]
  readonly rows: readonly (readonly Cell[])[]
  /** Indexes into `columns` of the offending cells. */
  readonly marked: readonly number[]
  /** How many rows break the check in all; the sample may be shorter. */
  readonly total: number
  /** The commonest failing values, at most eight, where more rows fail than are shown and no marked column is personal. */
  readonly values?: readonly ValueCount[]
  /** How many failing rows `values` counts, where they are fewer than `total`. */
  readonly counted?: number
}

/** Two histograms over the same bins, as counts. */
export type Chart =
  | {
      readonly type: 'histogram'
      /** `edges.length === counts.length + 1`; when `reference` is given it has the same bins. */
      readonly edges: readonly number[]
      readonly current: readonly number[]
      readonly reference?: readonly number[]
      /** How edges read: plain numbers, or milliseconds since the epoch. */
      readonly unit?: 'number' | 'time'
    }
  | {
      readonly type: 'categories'
      readonly labels: readonly string[]
      readonly current: readonly number[]
      readonly reference?: readonly number[]
      /** Categories folded into the last label. */
      readonly folded?: number
    }

/** Evidence of a drift check. */
export interface DriftEvidence {
  readonly method: string
  /** The effect in the named unit, e.g. `D` (largest difference of the two distribution functions). */
  readonly effect: number
  readonly unit: string
  /** The effect in words: `largest difference of the cumulative shares`. */
  readonly meaning?: string
  /**
   * Two one-sided bounds, each with the confidence: the lower one corrected for the columns of the call as the verdict
   * is, the upper one not.
   */
  readonly interval: readonly [number, number]
  readonly confidence: number
  readonly limit: number
  /** Probability of an effect at least as large when both sides come from one population; not adjusted. */
  readonly p: number
  /** p of "the effect is at most the limit", adjusted for the columns of the call (Holm 1979): what a fail rests on. */
  readonly adjustedP: number
  readonly rows: number
  readonly referenceRows: number
  readonly missing: number
  readonly referenceMissing: number
  /** The smallest effect that would be called drift with these row counts. */
  readonly leastDetectable: number
  /** Rows of the current side, beside this reference, that would decide nine times in ten if nothing moved. */
  readonly rowsToDecide?: number
  /** What moved most, in words. */
  readonly moved: string
}

/** One case of a behavioral test, as shown. */
export interface BehaviorExample {
  /** What tells the case from others in every run. */
  readonly case?: string
  readonly name?: string
  readonly capability?: string
  readonly input: string
  /** The changed input of an invariance or direction test. */
  readonly perturbed?: string
  readonly expected: string
  readonly got: string
  /** Prediction for the unchanged input. */
  readonly before?: string
  readonly reason?: string
}

/** A pass rate with its interval, of a capability or a whole test. */
export interface PassRate {
  readonly name: string
  readonly cases: number
  readonly passed: number
  readonly failed: number
  readonly errors: number
  readonly notApplicable: number
  /** passed / (passed + failed + errors); NaN is never stored: absent when nothing was tested. */
  readonly rate?: number
  readonly interval?: readonly [number, number]
  readonly limit?: number
}

export interface BehaviorEvidence {
  readonly type: 'MFT' | 'INV' | 'DIR' | 'REG'
  readonly overall: PassRate
  readonly capabilities: readonly PassRate[]
  /** At most 20 failing examples; `overall.failed` has the exact number. */
  readonly examples: readonly BehaviorExample[]
  /** The `case` of each that failed or could not be predicted, in order; absent when they are more than 1,000. */
  readonly failing?: readonly string[]
  /** A key of all cases together: the same where the same cases were asked. */
  readonly table?: string
  readonly perturbation?: string
  /** Inputs that the perturbation left as they were. */
  readonly unchanged?: number
  readonly seed?: number
  /** Cases predicted per second, wall clock. */
  readonly casesPerSecond?: number
}

/** Which data, model, engine and seed back a verdict. */
export interface Lineage {
  readonly datasets: readonly {
    readonly name: string
    readonly source: string
    readonly fingerprint?: string
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
  /** In how many runs in a row it was found, this one among them. */
  readonly runs: number
  readonly commit?: string
  /** There was no report before `at`: it may be older. */
  readonly orEarlier?: true
}

/** Where the assertion stands in the user's code. */
export interface Where {
  readonly file: string
  readonly test: string
  readonly line?: number
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
  readonly limit?: { readonly min?: number; readonly max?: number; readonly gt?: number; readonly lt?: number }
  /** More than the measurement: an error, a caveat, what to try. Ours first, an engine's own words last. */
  readonly message?: string
  readonly counts?: Counts
  readonly sample?: Sample
  readonly charts?: readonly Chart[]
  readonly drift?: DriftEvidence
  readonly behavior?: BehaviorEvidence
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
  /** Wall clock of this check, in milliseconds; shared scans are counted once per check that used them. */
  readonly ms: number
  /** Queries this check shared or ran. */
  readonly scans: number
  readonly sql?: readonly string[]
  readonly where?: Where
}
