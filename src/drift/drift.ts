import type { MetricValues } from '../checks/check.ts'
import type { Column, Relation } from '../engine/engine.ts'
import type { Metric, MetricContext, QueryMetric } from '../metrics/metric.ts'
import type { DistributionsBlock } from '../results/blocks/distributions.ts'
import type { LogicalType } from '../sql/dialect.ts'
import type { Binned } from './bins/binned.ts'
import type { ColumnTally } from './columnTally.ts'
import type { ClusterTotals } from './clusterTotals.ts'
import type { DriftEffect } from './effect.ts'
import type { DriftFinding } from './finding.ts'

type Metrics = Readonly<Record<string, Metric<unknown>>>

/** One side of a comparison: a column of the current or of the reference data. */
export interface DriftSide<M extends Metrics = Metrics> {
  readonly column: Column
  /** All rows, with or without a value. */
  readonly rows: number
  /** Rows without a value; a cell of a text file that is not of its column's type is not missing. */
  readonly missing: number
  readonly values: MetricValues<M>
  /** Where numbers are put that are needed until the pair has been compared; default: a list of their own. */
  readonly list?: ((length: number) => Float64Array) | undefined
  /** The exact value that a double stands for, where doubles do not hold it. */
  textOf?(value: number): string | undefined
}

/** A side of too many numbers to be held in memory. */
export type BinnedSide = DriftSide & { readonly values: { readonly bins: Binned } }

/** What is asked of a comparison. */
export interface DriftQuestion {
  /** The largest effect that is no drift. */
  readonly limit: number
  /** How often each of the two verdicts may be wrong: 0.05 with a confidence of 0.95. */
  readonly level: number
}

/** How two columns differ. */
export interface DriftComparison extends DriftEffect {
  /** Probability of an effect at least as large when both sides come from one population; not adjusted. */
  readonly p: number
  /** How far p may be off, as a share of itself, where it is approximate and that is known. */
  readonly pError?: number
  /** It is held to the limit as it is: another library's number, which has no bounds. */
  readonly unbounded?: true
  /** The largest effect that samples of these sizes can show, where empty places have no true one: no larger limit says anything. */
  readonly largest?: number
  /** About the least effect of the samples that would be called drift. */
  leastDetectable(question: DriftQuestion): number
  /** sqrt(1/n + 1/m) of samples that pass nine times in ten when nothing moved: how many rows it takes. */
  spreadToDecide(question: DriftQuestion): number
  readonly moved: string
  /** What moved, in counts and shares alone: said where the column is personal. */
  readonly discreetlyMoved: string
  readonly charts: readonly DistributionsBlock[]
  /** The rows that charts count, of the current data and of the reference, where those are not all of the column. */
  readonly charted?: readonly [ColumnTally, ColumnTally]
  /** What would be called broken though the effect is small. */
  readonly findings?: readonly DriftFinding[]
  /** What of the column the charts are about, where that is not its values: `length`. */
  readonly about?: string
}

/** Why two columns cannot be told apart or alike by the method, whatever the limit. */
export interface NotComparable {
  readonly reason: string
  /** The reason as it is told where columns are personal, when its words hold values. */
  readonly discreet?: string
  readonly hint: string
  /** What the values are, in a word, where no distribution is expected of them: listed, not undecided. */
  readonly apart?: string
}

/** What a comparison measures. */
export interface DriftMeasure {
  /** As the `method` option names it. */
  readonly name: string
  /** Symbol of the effect in messages, e.g. `D`. */
  readonly unit: string
  /** The effect in words. */
  readonly effect: string
  /** The limit when none is given. */
  readonly limit: number
  /** The largest effect there is: limits lie below it. */
  readonly most: number
}

/**
 * A way to compare two columns. A method is one file and one line in `methods.ts`. The effect must not depend on the
 * order of rows, must be symmetric in the two sides and 0 for equal distributions, and must count missing values.
 */
export interface DriftMethod<M extends Metrics = Metrics> extends DriftMeasure {
  /** It keeps nothing of the numbers that it compares but in findings, until these are settled: their lists are used again. */
  readonly forgets?: true
  /** Whether it can compare columns of these types. */
  accepts(current: LogicalType, reference: LogicalType): boolean
  /** Whether it is the method of choice for columns of these types. */
  suits(current: LogicalType, reference: LogicalType): boolean
  /** What it needs of each side. */
  metrics(column: string, context: MetricContext): M
  /** Reads a side in place of metrics, where that takes rows themselves. */
  read?(relation: Relation, column: Column, signal: AbortSignal | undefined): Promise<SideRead<MetricValues<M>>>
  compare(current: DriftSide<M>, reference: DriftSide<M>): DriftComparison | NotComparable
  /** What `compare` takes in place of numbers that are too many to be held in memory. */
  metricsOfMany?(column: string): Metrics
  /** Compares sides of too many numbers to be held in memory; absent where it needs them all. */
  compareBins?(current: BinnedSide, reference: BinnedSide): DriftComparison | NotComparable
  /** p where rows are clustered, by the clusters as wholes; absent where the test is that of as many independent rows. */
  pOfClusters?(current: ClusterTotals, reference: ClusterTotals): number
}

/** The values of a side, and the queries that they came from. */
export interface SideRead<V> {
  readonly values: V
  readonly sql: readonly string[]
}

/** A side whose rows a method has read itself. */
export type RowsSide<R> = DriftSide<{ read: QueryMetric<R> }>

interface RowsMethod<R> extends DriftMeasure, Pick<DriftMethod, 'accepts'> {
  /** Whether it is the method of choice; default: of none. */
  suits?(current: LogicalType, reference: LogicalType): boolean
  read(
    relation: Relation,
    column: Column,
    signal: AbortSignal | undefined,
  ): Promise<{ read: R; sql: readonly string[] }>
  compare(current: RowsSide<R>, reference: RowsSide<R>): DriftComparison | NotComparable
}

/** Defines a method that looks at rows themselves: texts, vectors. */
export function rowsMethod<R>({ read, suits, ...about }: RowsMethod<R>): DriftMethod {
  return driftMethod<{ read: QueryMetric<R> }>({
    ...about,
    suits: suits ?? (() => false),
    metrics: () => ({}) as { read: QueryMetric<R> },
    read: async (...asked) => {
      const { read: value, sql } = await read(...asked)
      return { values: { read: value } as MetricValues<{ read: QueryMetric<R> }>, sql }
    },
  })
}

/** Defines a method; the values that `compare` gets are typed by the metrics. */
export function driftMethod<M extends Metrics>(method: DriftMethod<M>): DriftMethod {
  return method as unknown as DriftMethod
}
