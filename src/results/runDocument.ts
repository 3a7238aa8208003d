import type { CheckResult, Since, Status } from './checkResult.ts'

/** Values at five shares of a number or time column, written like `min`: a share of the values does not exceed them. */
export interface Quantiles {
  readonly p5: string
  readonly p25: string
  readonly p50: string
  readonly p75: string
  readonly p95: string
}

/** A value and how often it is there. */
export interface FrequentValue {
  readonly value: string
  /** @count */
  readonly count: number
}

/** A way in which texts are built, and how many are. */
export interface FrequentPattern {
  readonly pattern: string
  /** @count */
  readonly count: number
}

/** What a column holds, for the columns section of a report. */
export interface ColumnProfile {
  readonly name: string
  /** Logical type, e.g. `integer`. */
  readonly type: string
  /** @count */
  readonly missing: number
  /** @count */
  readonly distinct?: number
  readonly min?: string
  readonly max?: string
  readonly mean?: number
  /** Bin edges and counts of a number or time column. */
  readonly histogram?: { readonly edges: readonly number[]; readonly counts: readonly number[] }
  /** Most frequent values of any other column, and of numbers with few different values, most frequent first. */
  readonly top?: readonly FrequentValue[]
  readonly quantiles?: Quantiles
  /** Distinct count and quantiles are estimates: there are too many different values to count each. */
  readonly approximate?: true
  /** In a dataset described by its first rows: what is of all rows all the same, since checks asked for it. */
  readonly whole?: readonly ('missing' | 'distinct')[]
  /** Every row has the same value. */
  readonly constant?: true
  /** Rows with the empty text. @count */
  readonly empty?: number
  /** Lengths of texts, in code points. */
  readonly lengths?: { readonly min: number; readonly max: number; readonly mean: number }
  /** How texts are built, most frequent first: `A` capital, `a` small letter, `9` digit, `·` not ASCII. */
  readonly patterns?: readonly FrequentPattern[]
  /** How many patterns there are in all. @count */
  readonly patternCount?: number
  /** How many values, the first ones, patterns and frequent values are among, where not all were looked at. @count */
  readonly among?: number
}

/** A dataset that took part in the run. */
export interface DatasetSummary {
  /** How it is called; with its source behind it where another dataset of the run has the same name. */
  readonly name: string
  /** Where it comes from, in words: a path from the working folder, `records`. */
  readonly source: string
  readonly fingerprint?: string
  /** @count */
  readonly rows: number
  /** The columns are described by so many rows, the first ones; absent where it was all of them. @count */
  readonly sample?: number
  readonly columns: readonly ColumnProfile[]
  /** Columns beyond those, which are not described. @count */
  readonly moreColumns?: number
  /** Columns, or pairs of columns, that tell all rows apart. */
  readonly keys?: readonly (readonly string[])[]
}

/** A model that took part in the run. */
export interface ModelSummary {
  readonly name: string
  readonly source?: string
  readonly fingerprint?: string
  /** @count */
  readonly predictions: number
}

/** A dataset or model by its name; in a run document with its source behind it where another one has that name too. */
export interface NamedSubject {
  readonly type: 'dataset' | 'model'
  readonly name: string
  /** Where it comes from, in words. */
  readonly source?: string
}

/**
 * What kind of thing happened beside the checks: a test failed for other reasons than a check; a hook threw; a test file
 * could not be loaded; a worker stopped before its tests had ended; an error was caught by nobody; the run itself was
 * cut short or failed; an assertion began and has no verdict; tests that the run left out; tests that say themselves
 * that they do not run.
 */
export type ProblemKind =
  | 'test'
  | 'hook'
  | 'file'
  | 'worker'
  | 'unhandled'
  | 'run'
  | 'unjudged'
  | 'left-out'
  | 'skipped'

/** What failed, or did not run, beside the checks of a run. */
export interface Problem {
  readonly kind: ProblemKind
  /** What happened: the first line of the error, or a sentence. */
  readonly text: string
  /** Whether it makes the run fail. */
  readonly blocking: boolean
  /** The full name of the test. */
  readonly test?: string
  /** Relative to the root of the run. */
  readonly file?: string
  /** @count */
  readonly line?: number
  /** @count */
  readonly column?: number
  /** How many tests did not run because of it. @count */
  readonly tests?: number
  /** The first of these tests, by full name. */
  readonly names?: readonly string[]
  /** What nobody judged because of it. */
  readonly undecided?: readonly NamedSubject[]
}

/** How much of something ran. */
export interface Extent {
  /** @count */
  readonly found: number
  /** @count */
  readonly ran: number
}

/** How a run ended, and how much of it ran. */
export interface Outcome {
  /** `partial`: nothing failed, but tests were left out. `interrupted`: it was stopped, by `--bail` or a signal say. */
  readonly status: 'passed' | 'partial' | 'failed' | 'interrupted'
  /** What the process ends with, as far as it was known when the document was written. @integer */
  readonly exitCode: number
  /** Tests of every kind, those with checks too. */
  readonly tests: Extent
  readonly files: Extent
}

/** A result in a run document, where results share their queries. */
export interface RunResult extends Omit<CheckResult, 'sql'> {
  /** Which of the run's queries it ran or shared, by their places in `queries`, from 0. @count */
  readonly queries?: readonly number[]
}

/**
 * Everything one run found: the only input of every report. In a file it is a `RunFile`.
 */
export interface RunDocument {
  readonly schema: 'assay/run/1'
  /** ISO 8601, UTC: the run's one instant `now`. */
  readonly at: string
  readonly title: string
  /** @minimum 0 */
  readonly durationMs: number
  readonly environment: {
    readonly assay: string
    readonly node: string
    readonly runner: string
    readonly ci: boolean
    readonly platform: string
  }
  readonly commit?: string
  readonly branch?: string
  readonly datasets: readonly DatasetSummary[]
  readonly models: readonly ModelSummary[]
  readonly results: readonly RunResult[]
  /** The queries of all results, each once. */
  readonly queries: readonly string[]
  readonly outcome: Outcome
  /** What failed or did not run beside the checks, worst first. */
  readonly problems: readonly Problem[]
  /** Ordinary tests beside the checks. */
  readonly tests: {
    /** @count */
    readonly passed: number
    /** @count */
    readonly failed: number
    /** @count */
    readonly skipped: number
  }
  /**
   * Since when checks have been in need of attention, by the id of the result: what this run found, and what a run
   * before found and this one did not ask. Kept by whoever writes the report over an earlier one.
   */
  readonly since?: Readonly<Record<string, Since>>
  /** What a reader should know about the run itself: cut payloads, unreadable sidecars, unknown waivers. */
  readonly notes: readonly string[]
}

/** How many results have each status. */
export function countByStatus(results: readonly CheckResult[]): Record<Status, number> {
  const counts: Record<Status, number> = {
    pass: 0,
    warn: 0,
    fail: 0,
    error: 0,
    skipped: 0,
    vacuous: 0,
    inconclusive: 0,
    accepted: 0,
  }
  for (const result of results) counts[result.status]++
  return counts
}
