import { SQUARABLE } from '../../sql/dialect.ts'
import { finiteOnly, measurable, nonFiniteCount, refuseNonFinite } from '../finite.ts'
import { asDouble, isFloating, keyOf, type ScanMetric, scanMetric } from '../metric.ts'

interface State {
  readonly count: number
  readonly mean: number
  /** Sum of the squared distances from the mean. */
  readonly squares: number
  readonly least: number
  readonly most: number
  readonly nonFinite: number
}

/**
 * Sample standard deviation (n − 1) of a number column, or that of the whole population (n); null under two values
 * (population: under one). An error when a value is NaN or infinite. NaN where values, or how far they lie apart, have
 * squares that a double does not hold: `exactDeviation` tells then. Parts are merged as by Chan, Golub and LeVeque
 * (1979), Updating Formulae and a Pairwise Algorithm for Computing Sample Variances.
 */
export function standardDeviation(
  column: string,
  { population = false }: { readonly population?: boolean } = {},
): ScanMetric<State, number | null> {
  return scanMetric<State, number | null>({
    name: 'standardDeviation',
    key: keyOf('standardDeviation', [column], population),
    columns: [column],
    cells: (context) => {
      const measured = measurable(context, column, 'standardDeviation', false)
      const value = finiteOnly(context, measured)
      return [
        { fn: 'count', of: value },
        { fn: 'mean', of: value },
        { fn: 'deviation', of: asDouble(context, measured), floating: isFloating(measured) },
        { fn: 'min', of: value },
        { fn: 'max', of: value },
        nonFiniteCount(context, measured),
      ]
    },
    decode: ([count, average, deviation, least, most, nonFinite]) => ({
      count: Number(count),
      mean: Number(average ?? 0),
      squares: Number(deviation ?? 0) ** 2 * Math.max(0, Number(count) - 1),
      least: Number(least ?? Number.POSITIVE_INFINITY),
      most: Number(most ?? Number.NEGATIVE_INFINITY),
      nonFinite: Number(nonFinite),
    }),
    merge: (a, b) => {
      const count = a.count + b.count
      if (count === 0) return { ...a, nonFinite: a.nonFinite + b.nonFinite }
      const apart = b.mean - a.mean
      return {
        count,
        mean: a.mean + apart * (b.count / count),
        squares: a.squares + b.squares + apart * apart * ((a.count * b.count) / count),
        least: Math.min(a.least, b.least),
        most: Math.max(a.most, b.most),
        nonFinite: a.nonFinite + b.nonFinite,
      }
    },
    finish: ({ count, squares, least, most, nonFinite }) => {
      refuseNonFinite(nonFinite, 'standardDeviation', column)
      const freedom = population ? count : count - 1
      if (freedom < 1) return null
      if (least === most) return 0
      return Math.max(-least, most) < SQUARABLE && most - least > 1 / SQUARABLE
        ? Math.sqrt(squares / freedom)
        : Number.NaN
    },
  })
}
