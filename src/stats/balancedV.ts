import {
  noncentralChiSquareCdf,
  noncentralChiSquareQuantile,
  noncentralChiSquareSf,
  noncentralityOf,
} from './noncentralChiSquare.ts'
import { sumOf } from './sumOf.ts'

/** Two lists of category counts, compared with both sides weighing the same. */
export interface BalancedV {
  /**
   * Cramér's V of the table of counts with both sides scaled to one size: sqrt(1/2 Σ (p - q)² / (p + q)) for the
   * shares p and q (also known as Le Cam's distance). 0 for equal shares, 1 for disjoint ones, whatever the numbers of
   * rows. The V of the counts as they are shrinks as the sides' sizes part: with 50 rows against 5,000 it stays under
   * 0.1 while a share goes from 50 % to 90 %.
   */
  readonly v: number
  /**
   * Mean of `scale` V² for samples of one population: categories less one, at least 1 (a single category may hide one
   * not seen yet), and a little more for each when it is rare and the sides differ in size.
   */
  readonly df: number
  /** Categories expected 5 times or more on both sides, less one, at least 1. */
  readonly commonDf: number
  /** 4nm / (n + m): V² times this is about chi-square for samples of one population. */
  readonly scale: number
}

/** Compares two lists of category counts; categories without rows are left out. */
export function balancedV(current: readonly number[], reference: readonly number[]): BalancedV {
  const total = (counts: readonly number[]) => sumOf(counts)
  const [n, m] = [total(current), total(reference)]
  const [smaller, skew] = [Math.min(n, m) / (n + m), Math.abs(n - m) / (n + m)]
  let [sum, df, common] = [0, -1, 0]
  current.forEach((here, i) => {
    const there = reference[i] as number
    if (here + there === 0) return
    const expected = (here + there) * smaller
    // A Poisson count k of mean μ beside a known one: E 2(k-μ)²/(k+μ) = 1 + 1/(4μ) + …, at most 1.08.
    df += 1 + skew * Math.min(0.08, 1 / (4 * expected))
    if (expected >= 5) common++
    const [p, q] = [here / n, there / m]
    sum += (p - q) ** 2 / (p + q)
  })
  const scale = (4 * n * m) / (n + m)
  return { v: Math.min(1, Math.sqrt(sum / 2)), df: Math.max(1, df), commonDf: Math.max(1, common - 1), scale }
}

/** V without what chance adds to it: sqrt(V² - df/scale), 0 where that is negative. Lies where the bounds do. */
export function debiasedV({ v, df, scale }: BalancedV): number {
  return Math.sqrt(Math.max(0, v * v - df / scale))
}

/**
 * p of "the populations' V is at most `limit`", from the noncentral chi-square distribution. Farther apart than the
 * approximation assumes, V varies less (E (1+r)r²(1-r/2)² <= E r² for |r| <= 1, r = (p-q)/(p+q)), so it errs on the
 * safe side.
 */
export function vAtMost({ v, df, scale }: BalancedV, limit: number): number {
  return noncentralChiSquareSf(scale * v * v, df, scale * limit * limit)
}

/** p of "the populations' V is `limit` or more". Rare categories add less than 1 to the mean, so only common ones count. */
export function vAtLeast({ v, commonDf, scale }: BalancedV, limit: number): number {
  // Samples more alike than chance allows are no evidence of populations more alike.
  return noncentralChiSquareCdf(Math.max(scale * v * v, commonDf), commonDf, scale * limit * limit)
}

/** The least V of samples that is drift beyond `limit`, debiased; 1 when none is. */
export function vDetectable({ df, scale }: Pick<BalancedV, 'df' | 'scale'>, limit: number, level: number): number {
  const quantile = noncentralChiSquareQuantile(1 - level, df, scale * limit * limit)
  return Math.min(1, Math.sqrt(Math.max(0, quantile - df) / scale))
}

/** sqrt(1/n + 1/m) of samples that pass at the limit nine times in ten when nothing moved. */
export function spreadForV({ df, commonDf }: BalancedV, limit: number, level: number): number {
  const seldom = noncentralChiSquareQuantile(0.9, df, 0)
  const lambda = noncentralityOf(Math.max(seldom, commonDf), commonDf, level)
  // scale = 4 / (1/n + 1/m)
  return (2 * limit) / Math.sqrt(lambda)
}
