import type { Dataset } from '../dataset/dataset.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import type { Metric, MetricContext, ValueOf } from '../metrics/metric.ts'
import type { Segments } from '../metrics/kinds/segments.ts'
import type { Block } from '../results/blocks/index.ts'
import type { CheckResult, Family, Lineage, Severity, Subject } from '../results/checkResult.ts'
import type { Discreet } from '../results/discreet.ts'
import type { PastResult } from '../results/history.ts'
import type { Question, Values as Named } from '../results/resultId.ts'
import type { KindCall } from './asked.ts'
import type { Note } from './unreadable.ts'
import type { Sql } from '../sql/sql.ts'

/** What every kind of check says about itself. */
export interface CheckInfo {
  /** The public function that makes it, e.g. `valuesBetween`. */
  readonly kind: string
  readonly family: Family
  readonly subject: Subject
  /** What is stated, as a phrase that follows the subject. */
  readonly title: string
  readonly expected: string
  readonly severity?: Severity
  readonly limit?: { readonly min?: number; readonly max?: number; readonly gt?: number; readonly lt?: number }
  /** What may hold without a tested value: nothing (default), only missing values in rows that are there, or no rows too. */
  readonly allowEmpty?: boolean | 'missing'
  /** It only says something beside what others judge: a group of such checks judges nothing. */
  readonly remark?: true
  /** What it says instead where columns are personal, when its words hold values. */
  readonly discreet?: readonly Discreet[]
  /** What it tells of is personal beside columns of its datasets, by name: rows of others that were handed over. */
  readonly personal?: readonly string[]
  /** Every parameter of the check and its subject, exactly: what its results are told apart by. */
  readonly question: Question
  /** The datasets that it looks at, the one it is about first: what is known of them stands in its results. */
  readonly inputs?: readonly Dataset[]
  /** The kind it is of and what was asked of that, where it was made from a definition. */
  readonly call?: KindCall
}

/** How a check was judged, before severity, waivers and `.not` have their say. */
export interface Judgement extends Pick<CheckResult, 'measured' | 'value' | 'message' | 'counts'> {
  readonly status: 'pass' | 'warn' | 'fail' | 'vacuous' | 'inconclusive' | 'error' | 'skipped'
  /** Whether the status fails the test, where the check decides that itself (`onInconclusive`, `allowEmpty`). */
  readonly blocking?: boolean
  /** What backs it beside its numbers; the failing rows of a measured check come by themselves. */
  readonly evidence?: readonly Block[]
  readonly lineage?: Partial<Lineage>
  readonly sql?: readonly string[]
  /** What it says instead where columns are personal. */
  readonly discreet?: readonly Discreet[]
}

/** The judgement with a note. */
export function noted(
  judgement: Judgement,
  { message, discreet }: Note,
  columns: readonly string[] | 'any',
): Judgement {
  return { ...judgement, message, discreet: [...(judgement.discreet ?? []), { columns, message: discreet }] }
}

/** Which rows a check points at when it fails. */
export interface FailingRows {
  /** What holds for them; or the numbers of the first of them, where all rows were looked at already. */
  readonly where: Sql | readonly number[]
  /** The table expression to look in, when it is not the relation itself; must keep the relation's columns. */
  readonly from?: (table: Sql) => Sql
  /** Columns whose values they share with another row; the others are those for which the condition holds. */
  readonly repeated?: readonly string[]
  /** The offending columns. */
  readonly marked: readonly string[]
  readonly total: number
}

type Metrics = Readonly<Record<string, Metric<unknown>>>
export type MetricValues<M extends Metrics> = { readonly [K in keyof M]: ValueOf<M[K]> }

/** What a judge knows besides values: the columns, the run's one instant, and what came before. */
export interface JudgeContext extends MetricContext {
  readonly now: Date
  /** What the same question came to in earlier runs, the earliest first. Throws an AssayError where it cannot be read. */
  readonly history: readonly PastResult[]
}

/** A check judged from metrics of one dataset. */
export interface MeasuredCheck<M extends Metrics = Metrics> extends CheckInfo {
  readonly type: 'measured'
  readonly inputs: readonly [Dataset]
  /** Looks at what its author wrote for the engine, before any of it runs; rejects with an AssayError for what may not. */
  vet?(relation: Relation, options: QueryOptions): Promise<void>
  /** The rows as the question reads them; an AssayError when the question is wrong for the column. */
  read?(relation: Relation, options: QueryOptions): Promise<Relation>
  /** The rows read anew once they were measured, where their cells are not what the first ones made believe. */
  reread?(values: MetricValues<M>, relation: Relation, options: QueryOptions): Relation | Promise<Relation>
  /** Metrics that say some of the values more exactly, where the verdict hangs on their last digits. */
  exact?(values: MetricValues<M>, context: MetricContext): Partial<M> | undefined
  /** The metrics it needs; may throw an AssayError when the question is wrong for these columns. */
  readonly metrics: (context: MetricContext) => M
  judge(values: MetricValues<M>, context: JudgeContext): Judgement
  /** The rows to show after a failure. */
  failing?(values: MetricValues<M>, context: MetricContext): FailingRows | undefined
  /** What a failure should say beyond the counts, where that takes another look at the rows. */
  explain?(values: MetricValues<M>, relation: Relation, options: QueryOptions): Promise<Note | undefined>
}

/** What a check that runs by itself has at hand. */
export interface RunContext {
  readonly signal: AbortSignal | undefined
  /** The run's one instant. */
  readonly now: Date
  /** What the same question came to in earlier runs, the earliest first. Throws an AssayError where it cannot be read. */
  readonly history: readonly PastResult[]
  /** What another check came to in earlier runs, the earliest first. Throws an AssayError where it cannot be read. */
  past(check: CheckInfo): readonly PastResult[]
  /** Whether what runs measure is kept: where it is not, there are no earlier results and never will be. */
  readonly keepsHistory: boolean
  /** Computes metrics; throws the AssayError of the first that could not be computed. */
  measure<M extends Metrics>(dataset: Dataset, metrics: M): Promise<MetricValues<M>>
  /** The segments of a column, up to `most`; the query that finds them computes metrics of each, which are kept. */
  segments(dataset: Dataset, column: string, most: number, metrics: readonly Metric[]): Promise<Segments>
  relation(dataset: Dataset): Promise<Relation>
}

/** A check that runs by itself: a model, a row-wise validator. */
export interface RunCheck extends CheckInfo {
  readonly type: 'run'
  /** Calls of a model that it makes at most; absent where that is not known before. */
  readonly calls?: number
  /** What it measures of its first dataset; of the segments of that all is measured in one query. */
  needs?(context: RunContext): Promise<readonly Metric[]>
  run(context: RunContext): Promise<Judgement>
}

/** Several checks that are asked as one: a schema, drift over all columns. */
export interface CheckGroup extends CheckInfo {
  readonly type: 'group'
  expand(context: RunContext): Promise<readonly Check[]>
}

/** A statement about data or a model that can be judged: `evaluate` and the matchers take it. */
export type Check = MeasuredCheck | RunCheck | CheckGroup

/** Defines a measured check; the values that `judge` gets are typed by the metrics. */
export function measured<M extends Metrics>(check: Omit<MeasuredCheck<M>, 'type'>): MeasuredCheck {
  return { ...check, type: 'measured' } as unknown as MeasuredCheck
}

/**
 * What a check of a dataset, or of some of its columns, is about, and what it asks: `asked` is the statement, `limits`
 * what may change while it stays the same statement.
 */
export function aboutDataset(
  dataset: Dataset,
  columns: readonly string[],
  { statement = {}, limits = {} }: { readonly statement?: Named; readonly limits?: Named } = {},
): Pick<CheckInfo, 'subject' | 'question'> {
  const { name, source, read, readings = {} } = dataset.identity
  const [exact, options, ...slices] = read
  const own = columns.filter((column) => Object.hasOwn(readings, column)).map((column) => [column, readings[column]])
  return {
    subject: {
      type: 'dataset',
      name,
      source,
      ...(columns.length > 0 ? { column: columns.join(', ') } : {}),
      ...(dataset.slice === undefined ? {} : { slice: dataset.slice }),
    },
    question: {
      about: { name, exact, options, slices, columns, readings: own },
      follows: { name, exact, slices, columns },
      statement,
      limits,
    },
  }
}
