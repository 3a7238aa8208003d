import { balancedV, debiasedV, spreadForV, vAtLeast, vAtMost, vDetectable } from '../../stats/balancedV.ts'
import { chiSquare } from '../../stats/chiSquare.ts'
import { MOST_EXACT_ROWS, twoSharesTest } from '../../stats/twoSharesV.ts'
import { categoryMethod, twoCategories } from '../categoryMethod.ts'

/**
 * Cramér's V for booleans, and for text and numbers when asked by name. V is that of two sides of equal weight, so it does
 * not depend on how many rows each has, and without what chance adds to it; p is that of the chi-square test of homogeneity.
 * Two categories are judged by exact sums of binomials. Rare categories are not merged: they add less to V than chance
 * allows for, and the bounds count on that.
 */
export const cramersV = categoryMethod({
  name: 'cramersV',
  unit: 'V',
  effect: "Cramér's V of the shares, both sides weighing the same",
  limit: 0.1,
  most: 1,
  suits: (current, reference) => current === 'boolean' && reference === 'boolean',
  measure(rows) {
    const { here, there, sizes } = rows
    const balanced = balancedV(here, there)
    const two = sizes.n + sizes.m <= MOST_EXACT_ROWS ? twoCategories(rows) : undefined
    return {
      effect: debiasedV(balanced),
      over: (limit) => (two ? twoSharesTest(two, sizes, limit).over : vAtMost(balanced, limit)),
      under: (limit) => (two ? twoSharesTest(two, sizes, limit).under : vAtLeast(balanced, limit)),
      p: chiSquare(here, there).p,
      leastDetectable: ({ limit, level }) => vDetectable(balanced, limit, level),
      spreadToDecide: ({ limit, level }) => spreadForV(balanced, limit, level),
    }
  },
})
