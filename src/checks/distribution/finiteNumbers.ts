import { measurable, nonFiniteCount, refuseNonFinite } from '../../metrics/finite.ts'
import type { Metric, MetricContext } from '../../metrics/metric.ts'
import { scanMetric } from '../../metrics/metric.ts'
import { unreadableCount } from '../../metrics/kinds/unreadableCount.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { refuseTimes } from '../checkTimes.ts'
import type { Judgement, MeasuredCheck } from '../check.ts'
import { cellIn, reading } from '../forms/rowRule.ts'

/** What a question about numbers needs to know of a column first: that all its values are some. */
export interface FiniteNumbers {
  readonly reading: Pick<MeasuredCheck, 'read'>
  metrics(context: MetricContext): Readonly<Record<string, Metric>>
  /** The judgement of a column with cells that are no numbers; throws an AssayError for NaN and infinities. */
  refused(values: Readonly<Record<string, unknown>>, tested: number): Judgement | undefined
}

/** Reads a column as numbers. */
export function finiteNumbers(name: string): FiniteNumbers {
  return {
    reading: { read: reading(name, 'number') },
    metrics(context) {
      refuseTimes(cellIn(context, name).column)
      return { unreadable: unreadableCount(name), nonFinite: nonFinite(name) }
    },
    refused({ unreadable, nonFinite: strange }, tested) {
      refuseNonFinite(Number(strange), 'distribution', name)
      if (Number(unreadable) === 0) return undefined
      const verb = unreadable === 1 ? 'is' : 'are'
      return {
        status: 'fail',
        measured: `no distribution: ${countText(Number(unreadable), 'cell')} of ${numberText(tested)} ${verb} no number`,
      }
    },
  }
}

/** How many values are NaN or infinite. */
export const nonFinite = (name: string) =>
  scanMetric<number, number>({
    name: 'nonFinite',
    columns: [name],
    cells: (context) => [nonFiniteCount(context, measurable(context, name, 'distribution', false))],
    decode: ([count]) => Number(count),
    merge: (a, b) => a + b,
    finish: (count) => count,
  })
