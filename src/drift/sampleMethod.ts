import { isNumeric, type NumbersMetric } from '../metrics/metric.ts'
import { numbers } from '../metrics/numbers.ts'
import { numberText } from '../words/text/numbers.ts'
import { approximately, type Chance, spreadOf } from './approximately.ts'
import { finiteOf, numberChart } from './charts.ts'
import { type DriftComparison, type DriftMethod, driftMethod } from './drift.ts'
import { onScale, strangeIn } from './onScale.ts'
import { kindsFindings } from './shareFinding.ts'
import { squarable } from './squarable.ts'

/** Two sorted samples of finite numbers. */
export interface Samples {
  readonly here: Float64Array
  readonly there: Float64Array
  /** Standard deviation of the reference. */
  readonly sigma: number
}

/** What a method finds in them: an effect with its standard error, or with tests of its own. */
export interface Measurement extends Partial<Omit<DriftComparison, 'effect' | 'p'>> {
  readonly effect: number
  readonly error: number
  /** What chance adds to it. */
  readonly chance?: Chance
  /** The error that it has at its limit at least. */
  readonly farther?: number
  readonly p: number
}

interface SampleMethod extends Pick<DriftMethod, 'name' | 'unit' | 'effect' | 'limit' | 'most' | 'pOfClusters'> {
  measure(samples: Samples): Measurement
}

const QUANTILES = [0.01, 0.1, 0.5, 0.9, 0.99]

/**
 * A method that compares the finite numbers of two columns. Missing values, and what is no number, are findings of their
 * own. A side with fewer than two numbers, and a reference without spread, cannot be compared.
 */
export function sampleMethod({ measure, ...about }: SampleMethod): DriftMethod {
  return driftMethod<{ numbers: NumbersMetric }>({
    ...about,
    accepts: (current, reference) => [current, reference].every((type) => isNumeric({ name: '', native: '', type })),
    suits: () => false,
    metrics: (column) => ({ numbers: numbers(column) }),
    compare(current, reference) {
      const scales = [onScale(current), onScale(reference)] as const
      const [here, there] = [finiteOf(scales[0]), finiteOf(scales[1])]
      const name = JSON.stringify(current.column.name)
      const few = Math.min(here.length, there.length) < 2
      const own = few ? undefined : squarable(here, there)
      const measured = own && own.sigma > 0 ? measure(own) : undefined
      if (!measured || !(measured.effect >= 0) || !(measured.error >= 0)) {
        const why = few
          ? 'fewer than two numbers on a side'
          : own && own.sigma > 0
            ? `too few or too equal numbers for ${about.name}`
            : 'no spread in the reference, so its distances have no unit'
        return { reason: `column ${name} has ${why}`, hint: 'leave the method out, or name the column in `except`' }
      }
      const { effect, error, chance, farther = 0, p, ...tests } = measured
      const df = Math.min(here.length, there.length) - 1
      const at = (sample: Float64Array, share: number) => sample[Math.round(share * (sample.length - 1))] as number
      const rows = QUANTILES.map(
        (share) => `${100 * share} % ${numberText(at(there, share))} → ${numberText(at(here, share))}`,
      )
      const [mine, theirs] = [strangeIn(scales[0], current), strangeIn(scales[1], reference)]
      return {
        ...approximately(
          { effect, error, df, farther, ...(chance ? { chance } : {}) },
          { spread: spreadOf(here.length, there.length), most: about.most },
        ),
        p,
        moved: `quantiles: ${rows.join(', ')}`,
        discreetlyMoved: 'the present values',
        charts: numberChart([scales[0], scales[1]], false),
        findings: kindsFindings(
          'not a finite number',
          [
            ['minus infinity', mine.below, theirs.below],
            ['infinity', mine.above, theirs.above],
            ['not a number', mine.notNumbers, theirs.notNumbers],
          ],
          { n: current.rows, m: reference.rows },
        ),
        ...tests,
      }
    },
  })
}
