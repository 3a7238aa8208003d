import { isNumeric, isTime } from '../metrics/metric.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { chiSquare } from '../stats/chiSquare.ts'
import { resampled } from '../stats/resampled.ts'
import { approximately, spreadOf } from './approximately.ts'
import { binned, binnedAnew, countable } from './binned.ts'
import { haveCategories } from './categories.ts'
import { categoryChart } from './charts.ts'
import type { Category } from './categoryTable.ts'
import { type DriftComparison, type DriftMethod, driftMethod, type DriftSide } from './drift.ts'
import { categoriesMoved } from './moved.ts'
import { sumOf } from '../stats/sumOf.ts'
import { ownAtLeast, type OwnShare, rowsToShow } from '../stats/ownShare.ts'
import { twoSharesAtLeast } from '../stats/twoShares.ts'

interface ShareDistance extends Pick<DriftMethod, 'name' | 'unit' | 'effect' | 'limit' | 'most'> {
  /** Whether it is a divergence: chance adds to it, and not to its square as to that of a distance. */
  readonly divergence?: true
  /** Whether it is infinite where one side has an empty place: it is that of the shares with half a row more, or nothing. */
  readonly unbounded?: true
  /** The distance of two lists of shares without zeros; the second is the reference. */
  distance(current: readonly number[], reference: readonly number[]): number
}

/**
 * A method that compares shares: of categories, or of numbers in ten bins that hold a tenth of the reference each, with
 * values that more than a tenth of them are, missing values, either infinity and what is no number as places of their own. Half a row is added to each place of each side, so that
 * none is empty. Its bounds come from a bootstrap, so they are approximate; chance is taken off the effect.
 */
export function shareDistance({ distance, divergence, unbounded, ...about }: ShareDistance): DriftMethod {
  const compared = (table: readonly Category[], current: DriftSide, reference: DriftSide): DriftComparison => {
    const [here, there] = [table.map((place) => place.current), table.map((place) => place.reference)]
    const { estimate, error, seen, chance } = resampled(here, there, (a, b) => distance(shares(a), shares(b)))
    const spread = spreadOf(current.rows, reference.rows)
    const df = Math.max(1, Math.min(current.rows, reference.rows) - 1)
    // What no row showed may be there: a single one would have made as much.
    const farther = distance(shares([current.rows, 1]), shares([reference.rows, 0]))
    const more = unbounded ? 0.5 : 0
    const own = ownShares(distance, here, there, more)
    // A bootstrap knows little of how a single difference, which is 0 or more, varies where it is larger.
    const few = here.length === 2 ? twoPlaces(distance, here, there, more) : () => 0
    const added = divergence ? {} : { chance: { seen, alone: chance } }
    const bare = unbounded ? 0 : distance(shares(here, 0), shares(there, 0))
    const bounds = approximately({ effect: estimate, error, df, farther, bare, ...added }, { spread, most: about.most })
    return {
      ...bounds,
      under: (limit) => Math.max(bounds.under(limit), few(limit), ...own.map((side) => ownAtLeast(side, limit))),
      spreadToDecide: (asked) => {
        const rows = Math.max(...own.map((side) => rowsToShow(side, asked.limit, asked.level)))
        return Math.min(bounds.spreadToDecide(asked), Math.sqrt(2 / rows))
      },
      ...(Number.isFinite(about.most) ? {} : { largest: largestOf(distance, here, there, 'counts' in current.values) }),
      p: chiSquare(here, there).p,
      moved: categoriesMoved(table, false),
      discreetlyMoved: categoriesMoved(table, true),
      charts: [categoryChart(table)],
    }
  }
  return driftMethod({
    ...about,
    accepts: (current, reference) => scaled(current, reference) || haveCategories(current, reference),
    suits: () => false,
    metrics: countable as never,
    compareBins: (current, reference) => compared(binnedAnew(current, reference), current, reference),
    compare(current, reference) {
      const table = binned(current, reference)
      return 'reason' in table ? table : compared(table, current, reference)
    },
  })
}

function scaled(current: LogicalType, reference: LogicalType): boolean {
  const both = (test: typeof isNumeric) => [current, reference].every((type) => test({ name: '', native: '', type }))
  return both(isNumeric) || both(isTime)
}

/** The distance from the reference of as many rows that are all in its rarest place; of categories in a new one. */
function largestOf(
  distance: ShareDistance['distance'],
  current: readonly number[],
  reference: readonly number[],
  categories: boolean,
): number {
  const rows = sumOf(current)
  const then = categories ? [...reference, 0] : reference
  const place = then.indexOf(Math.min(...then))
  const alone = then.map((_, i) => (i === place ? rows : 0))
  return Math.max(distance(shares(alone), shares(then)), distance(shares(current), shares(reference)))
}

/** What each side has of places that the other has no row of. */
function ownShares(
  distance: ShareDistance['distance'],
  here: readonly number[],
  there: readonly number[],
  more: number,
): readonly OwnShare[] {
  const [n, m] = [sumOf(here), sumOf(there)]
  const of = (rows: number, share: number) => shares([rows - rows * share, rows * share], more)
  const own = (counts: readonly number[], others: readonly number[]) =>
    sumOf(counts.filter((_, place) => others[place] === 0))
  return [
    { rows: n, own: own(here, there), distance: (share) => distance(of(n, share), of(m, 0)) },
    { rows: m, own: own(there, here), distance: (share) => distance(of(n, 0), of(m, share)) },
  ]
}

/** The test of two places by the shares of the first. */
function twoPlaces(
  distance: ShareDistance['distance'],
  here: readonly number[],
  there: readonly number[],
  more: number,
): (limit: number) => number {
  const [n, m] = [sumOf(here), sumOf(there)]
  const two = { here: here[0] as number, there: there[0] as number, n, m }
  const of = (rows: number, share: number) => shares([rows * share, rows - rows * share], more)
  return (limit) => twoSharesAtLeast(two, (current, reference) => distance(of(n, current), of(m, reference)), limit)
}

/** Shares of counts, with so much of a row more in each place. */
function shares(counts: readonly number[], more = 0.5): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count + more, 0)
  return counts.map((count) => (count + more) / all)
}
