import { fisherExact as test } from '../../stats/contingency.ts'
import { normalQuantile } from '../../stats/normalQuantile.ts'
import { oddsAtLeast, oddsAtMost, smoothedOdds } from '../../stats/oddsRatio.ts'
import { categoryMethod, twoCategories } from '../categoryMethod.ts'

/**
 * The logarithm of the odds ratio of two categories, either way: 0.69 when the odds double. Bounds are exact, given how many
 * rows of each category there are in all (Fisher 1935); p is that of Fisher's test.
 */
export const fisherExact = categoryMethod({
  name: 'fisherExact',
  unit: 'abs(ln odds ratio)',
  effect: 'logarithm of the odds ratio of two categories, either way',
  limit: Math.LN2,
  most: Number.POSITIVE_INFINITY,
  measure(rows) {
    const { n, m } = rows.sizes
    const two = twoCategories(rows)
    if (!two) return undefined
    const { here, there } = two
    const effect = Math.abs(Math.log(smoothedOdds(here, n, there, m)))
    const grown = smoothedOdds(here, n, there, m) >= 1
    // p of "the odds ratio of the category that grew is at most so much".
    const atMost = (ratio: number) =>
      grown ? oddsAtMost(here, n, there, m, ratio) : oddsAtMost(there, m, here, n, ratio)
    const atLeast = (ratio: number) =>
      grown ? oddsAtLeast(here, n, there, m, ratio) : oddsAtLeast(there, m, here, n, ratio)
    const error = Math.sqrt([here, n - here, there, m - there].reduce((sum, count) => sum + 1 / (count + 0.5), 0))
    return {
      effect,
      over: (limit) => (effect <= limit ? 1 : Math.min(1, 2 * atMost(Math.exp(limit)))),
      under: (limit) => (effect >= limit ? 1 : atLeast(Math.exp(limit))),
      p: test([
        [here, n - here],
        [there, m - there],
      ]).p,
      leastDetectable: ({ limit, level }) => limit + normalQuantile(1 - level / 2) * error,
      spreadToDecide: ({ limit, level }) =>
        (Math.sqrt(1 / n + 1 / m) * limit) / (error * (normalQuantile(0.95) + normalQuantile(1 - level))),
    }
  },
})
