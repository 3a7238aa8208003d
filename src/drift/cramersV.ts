import { balancedV, debiasedV, spreadForV, vAtLeast, vAtMost, vDetectable } from '../stats/balancedV.ts'
import { chiSquare } from '../stats/chiSquare.ts'
import { MOST_EXACT_ROWS, twoSharesTest } from '../stats/twoSharesV.ts'
import { haveCategories, noCategories } from './categories.ts'
import { categoryCounts } from './categoryCounts.ts'
import { categoryFindings } from './categoryFindings.ts'
import { categoryTable } from './categoryTable.ts'
import { categoryChart } from './charts.ts'
import { type DriftMethod, driftMethod } from './drift.ts'
import { categoriesMoved } from './moved.ts'

/**
 * Cramér's V for booleans, and for text and numbers when asked by name. Missing values are a category, new and lost
 * ones are too, and so are the cells of a text file that are not of their column's type. V is that of two sides of equal
 * weight, so it does not depend on how many rows each has, and without what chance adds to it; p is that of the
 * chi-square test of homogeneity. Two categories are judged by exact sums of binomials. Rare categories are not merged:
 * they add less to V than chance allows for, and the bounds count on that. A column that is mostly unique on both sides,
 * or has more than 10,000 values, has no categories to compare.
 */
export const cramersV: DriftMethod = driftMethod({
  name: 'cramersV',
  unit: 'V',
  effect: "Cramér's V of the shares, both sides weighing the same",
  limit: 0.1,
  most: 1,
  accepts: haveCategories,
  suits: (current, reference) => current === 'boolean' && reference === 'boolean',
  metrics: (column) => ({ counts: categoryCounts(column) }),
  compare(current, reference) {
    const none = noCategories(current, reference)
    if (none) return none
    const table = categoryTable(current, reference)
    const [here, there] = [table.map((category) => category.current), table.map((category) => category.reference)]
    const found = balancedV(here, there)
    const sizes = { n: current.rows, m: reference.rows }
    const exact = table.length <= 2 && sizes.n + sizes.m <= MOST_EXACT_ROWS
    const two = (limit: number) => twoSharesTest({ here: here[0] ?? 0, there: there[0] ?? 0 }, sizes, limit)
    return {
      effect: debiasedV(found),
      over: (limit) => (exact ? two(limit).over : vAtMost(found, limit)),
      under: (limit) => (exact ? two(limit).under : vAtLeast(found, limit)),
      p: chiSquare(here, there).p,
      leastDetectable: ({ limit, level }) => vDetectable(found, limit, level),
      spreadToDecide: ({ limit, level }) => spreadForV(found, limit, level),
      moved: categoriesMoved(table, false),
      discreetlyMoved: categoriesMoved(table, true),
      charts: [categoryChart(table)],
      findings: categoryFindings(table, sizes),
    }
  },
})
