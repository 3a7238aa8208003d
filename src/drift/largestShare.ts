import { chiSquare } from '../stats/chiSquare.ts'
import { largestShareDifference, noneChangedBy, spreadForLargestShare, someChangedBy } from '../stats/largestShare.ts'
import { normalQuantile } from '../stats/normalQuantile.ts'
import { haveCategories, noCategories } from './categories.ts'
import { categoryCounts } from './categoryCounts.ts'
import { categoryFindings, manyChanged } from './categoryFindings.ts'
import { categoryTable } from './categoryTable.ts'
import { categoryChart } from './charts.ts'
import { type DriftMethod, driftMethod } from './drift.ts'
import { categoriesMoved } from './moved.ts'

/**
 * The largest change of a category's share, for text, and for booleans and numbers when asked by name: the number that
 * is said aloud ("app 12 % → 24 %"), and one whose noise does not grow with the number of categories. Missing values,
 * new and lost categories and cells of another type count as with Cramér's V; p is that of the chi-square test.
 */
export const largestShare: DriftMethod = driftMethod({
  name: 'largestShare',
  unit: 'L∞',
  effect: "largest change of a category's share",
  limit: 0.1,
  most: 1,
  accepts: haveCategories,
  suits: (current, reference) => current === reference && ['string', 'mixed'].includes(current),
  metrics: (column) => ({ counts: categoryCounts(column) }),
  compare(current, reference) {
    const none = noCategories(current, reference)
    if (none) return none
    const table = categoryTable(current, reference)
    const counts = table.map((category) => [category.current, category.reference] as const)
    const sizes = { n: current.rows, m: reference.rows }
    const effect = largestShareDifference(counts, sizes)
    const spread = Math.sqrt(1 / sizes.n + 1 / sizes.m) / 2
    return {
      effect,
      over: (limit) => noneChangedBy(counts, sizes, effect, limit),
      under: (limit) => someChangedBy(counts, sizes, effect, limit),
      p: chiSquare(
        counts.map(([here]) => here),
        counts.map(([, there]) => there),
      ).p,
      leastDetectable: ({ limit, level }) => Math.min(1, limit + normalQuantile(1 - level / 2) * spread),
      spreadToDecide: ({ limit, level }) => spreadForLargestShare(counts, sizes, limit, level),
      moved: categoriesMoved(table, false),
      discreetlyMoved: categoriesMoved(table, true),
      charts: [categoryChart(table)],
      findings: [...categoryFindings(table, sizes), manyChanged(table)],
    }
  },
})
