import {
  noncentralChiSquareCdf,
  noncentralChiSquareQuantile,
  noncentralChiSquareSf,
  noncentralityOf,
} from '../stats/noncentralChiSquare.ts'
import type { DriftComparison } from './drift.ts'

type Bounds = Pick<DriftComparison, 'effect' | 'over' | 'under' | 'leastDetectable' | 'spreadToDecide'>

/**
 * Tests and bounds of an effect whose square, times `scale`, is added to the mean of a chi-square statistic: from the
 * noncentral distribution. `factor` is scale over nm / (n + m).
 */
export function chiSquareScale(
  { statistic, df }: { readonly statistic: number; readonly df: number },
  scale: number,
  factor: number,
): Bounds {
  return {
    effect: Math.sqrt(Math.max(0, statistic - df) / scale),
    over: (limit) => noncentralChiSquareSf(statistic, df, scale * limit * limit),
    // Samples more alike than chance allows are no evidence of populations more alike.
    under: (limit) => noncentralChiSquareCdf(Math.max(statistic, df), df, scale * limit * limit),
    leastDetectable: ({ limit, level }) =>
      Math.sqrt(Math.max(0, noncentralChiSquareQuantile(1 - level, df, scale * limit * limit) - df) / scale),
    spreadToDecide: ({ limit, level }) => {
      const lambda = noncentralityOf(Math.max(noncentralChiSquareQuantile(0.9, df, 0), df), df, level)
      return (Math.sqrt(factor) * limit) / Math.sqrt(lambda)
    },
  }
}
