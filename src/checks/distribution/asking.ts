import type { Metric, MetricContext } from '../../metrics/metric.ts'
import type { DistributionsBlock } from '../../results/blocks/distributions.ts'
import type { Judgement, MeasuredCheck } from '../check.ts'

/** How far a sample is from what is said, with tests of how far the population is. */
export interface Deviation {
  readonly effect: number
  /** p of "the population's is at most `limit`". */
  over(limit: number): number
  /** p of "it is more than `limit`". */
  under(limit: number): number
  /** Probability of a deviation as large when what is said is so. */
  readonly p?: number
  /** Rows that decide nine times in ten when what is said is so. */
  rowsToDecide(question: { readonly limit: number; readonly level: number }): number
  /** What deviates most, in words. */
  readonly message: string
  /** The same without values. */
  readonly discreetMessage: string
  readonly charts: readonly DistributionsBlock[]
}

/** How a distribution is asked of a column. */
export interface DistributionQuestion {
  readonly title: string
  readonly discreetTitle: string
  /** What the deviation is called. */
  readonly unit: string
  readonly meaning: string
  /** No deviation is larger. */
  readonly most: number
  readonly reading: Pick<MeasuredCheck, 'read'>
  metrics(context: MetricContext): Readonly<Record<string, Metric>>
  /** The deviation of the values, of which there are some; or what else comes of them. */
  deviation(values: Readonly<Record<string, unknown>>, tested: number): Deviation | Judgement
}
