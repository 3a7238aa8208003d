import { gTest as test } from '../../stats/contingency.ts'
import { categoryMethod } from '../categoryMethod.ts'
import { chiSquareScale } from '../chiSquareScale.ts'

/** As `chiSquare`, by the likelihood ratio G = 2 Σ O ln(O / E) (Wilks 1935). */
export const gTest = categoryMethod({
  name: 'gTest',
  unit: 'w (G)',
  effect: "Cohen's w of the shares, from the likelihood ratio",
  limit: 0.1,
  most: Math.sqrt(2 * Math.LN2),
  measure({ here, there, sizes: { n, m } }) {
    const { statistic, df, p } = test(here, there)
    return { ...chiSquareScale({ statistic, df: Math.max(1, df) }, (4 * n * m) / (n + m), 4), p }
  },
})
