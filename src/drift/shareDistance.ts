import { isNumeric, isTime } from '../metrics/metric.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { chiSquare } from '../stats/chiSquare.ts'
import { resampled } from '../stats/resampled.ts'
import { approximately, spreadOf } from './approximately.ts'
import { binned, countable } from './binned.ts'
import { haveCategories } from './categories.ts'
import { categoryChart } from './charts.ts'
import { type DriftMethod, driftMethod } from './drift.ts'
import { categoriesMoved } from './moved.ts'

interface ShareDistance extends Pick<DriftMethod, 'name' | 'unit' | 'effect' | 'limit' | 'most'> {
  /** Whether it is a divergence: chance adds to it, and not to its square as to that of a distance. */
  readonly divergence?: true
  /** The distance of two lists of shares without zeros; the second is the reference. */
  distance(current: readonly number[], reference: readonly number[]): number
}

/**
 * A method that compares shares: of categories, or of numbers in ten bins that hold a tenth of the reference each, with
 * missing values, either infinity and what is no number as places of their own. Half a row is added to each place of each side, so that
 * none is empty. Its bounds come from a bootstrap, so they are approximate; chance is taken off the effect.
 */
export function shareDistance({ distance, divergence, ...about }: ShareDistance): DriftMethod {
  return driftMethod({
    ...about,
    accepts: (current, reference) => scaled(current, reference) || haveCategories(current, reference),
    suits: () => false,
    metrics: countable as never,
    compare(current, reference) {
      const table = binned(current, reference)
      if ('reason' in table) return table
      const [here, there] = [table.map((place) => place.current), table.map((place) => place.reference)]
      const { estimate, error, seen, chance } = resampled(here, there, (a, b) => distance(shares(a), shares(b)))
      const spread = spreadOf(current.rows, reference.rows)
      const df = Math.max(1, Math.min(current.rows, reference.rows) - 1)
      // What no row showed may be there: a single one would have made as much.
      const farther = distance(shares([current.rows, 1]), shares([reference.rows, 0]))
      const added = divergence ? {} : { chance: { seen, alone: chance } }
      return {
        ...approximately({ effect: estimate, error, df, farther, ...added }, { spread, most: about.most }),
        p: chiSquare(here, there).p,
        moved: categoriesMoved(table, false),
        discreetlyMoved: categoriesMoved(table, true),
        charts: [categoryChart(table)],
      }
    },
  })
}

function scaled(current: LogicalType, reference: LogicalType): boolean {
  const both = (test: typeof isNumeric) => [current, reference].every((type) => test({ name: '', native: '', type }))
  return both(isNumeric) || both(isTime)
}

function shares(counts: readonly number[]): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count + 0.5, 0)
  return counts.map((count) => (count + 0.5) / all)
}
