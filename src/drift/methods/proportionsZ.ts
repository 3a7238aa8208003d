import { proportionsZ as test } from '../../stats/contingency.ts'
import { categoryMethod, twoCategories } from '../categoryMethod.ts'
import { shareChange } from '../shareChange.ts'

/** The difference of the shares of two categories, with exact bounds; p is that of the pooled normal test. */
export const proportionsZ = categoryMethod({
  name: 'proportionsZ',
  unit: 'p − q',
  effect: 'difference of the shares of two categories',
  limit: 0.1,
  most: 1,
  measure(rows) {
    const { n, m } = rows.sizes
    const two = twoCategories(rows)
    if (!two) return undefined
    const { p } = test(two.here, n, two.there, m)
    return { ...shareChange(rows), p: Number.isNaN(p) ? 1 : p }
  },
})
