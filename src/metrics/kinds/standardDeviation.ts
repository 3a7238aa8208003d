import { SQUARABLE } from '../../sql/dialect.ts'
import { finiteOnly, measurable, nonFiniteCount, refuseNonFinite } from '../finite.ts'
import { mergedSizes, sizeCell } from '../meanSize.ts'
import { asDouble, isFloating, keyOf, type ScanMetric, scanMetric } from '../metric.ts'

interface State {
  readonly count: number
  readonly mean: number
  /** Sum of the squared distances from the mean. */
  readonly squares: number
  /** Mean of the numbers without their signs. */
  readonly size: number
  readonly nonFinite: number
}

/** Doubles of that size and more that are not equal lie so far apart that the square of it is no 0. */
const LEAST_SIZE = 1e-120

/**
 * Sample standard deviation (n − 1) of a number column, or that of the whole population (n); null under two values
 * (population: under one). An error when a value is NaN or infinite. NaN where values, or how far they may lie apart, have
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
        sizeCell(context, measured),
        nonFiniteCount(context, measured),
      ]
    },
    decode: ([count, average, deviation, size, nonFinite]) => ({
      count: Number(count),
      mean: Number(average ?? 0),
      squares: Number(deviation ?? 0) ** 2 * Math.max(0, Number(count) - 1),
      size: Number(size ?? 0),
      nonFinite: Number(nonFinite),
    }),
    merge: (a, b) => {
      const { count, size } = mergedSizes(a, b)
      if (count === 0) return { ...a, nonFinite: a.nonFinite + b.nonFinite }
      const apart = b.mean - a.mean
      return {
        count,
        mean: a.mean + apart * (b.count / count),
        squares: a.squares + b.squares + apart * apart * ((a.count * b.count) / count),
        size,
        nonFinite: a.nonFinite + b.nonFinite,
      }
    },
    finish: ({ count, squares, size, nonFinite }) => {
      refuseNonFinite(nonFinite, 'standardDeviation', column)
      const freedom = population ? count : count - 1
      if (freedom < 1) return null
      const isSquarable = size === 0 || (2 * size * count < SQUARABLE && size > LEAST_SIZE)
      return isSquarable ? Math.sqrt(squares / freedom) : Number.NaN
    },
  })
}
