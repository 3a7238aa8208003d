import { chiSquare as test } from '../../stats/chiSquare.ts'
import { categoryMethod } from '../categoryMethod.ts'
import { chiSquareScale } from '../chiSquareScale.ts'

/**
 * Pearson's chi-square test of homogeneity: its effect is Cohen's w for two sides of one size, less what chance adds;
 * bounds by the noncentral distribution, which rare categories make approximate.
 */
export const chiSquare = categoryMethod({
  name: 'chiSquare',
  unit: 'w',
  effect: "Cohen's w of the shares, from the chi-square statistic",
  limit: 0.1,
  most: 1,
  measure({ here, there, sizes: { n, m } }) {
    const { statistic, df, p } = test(here, there)
    return { ...chiSquareScale({ statistic, df: Math.max(1, df) }, (4 * n * m) / (n + m), 4), p }
  },
})
