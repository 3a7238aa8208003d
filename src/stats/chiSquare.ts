import { crossDifference } from './crossDifference.ts'
import { chiSquareSf } from './gamma.ts'
import { sumOf } from './sumOf.ts'

/** Result of Pearson's chi-square test of homogeneity. */
export interface ChiSquare {
  readonly statistic: number
  /** Degrees of freedom: categories seen less one. */
  readonly df: number
  readonly p: number
  /** Cramér's V of the table as it is: sqrt(statistic / rows), between 0 and 1. */
  readonly v: number
}

/**
 * Whether two lists of category counts come from one distribution. Categories seen on neither side are left out; with
 * fewer than two left, or an empty side, the statistic is 0 and p is 1.
 */
export function chiSquare(current: readonly number[], reference: readonly number[]): ChiSquare {
  const total = (counts: readonly number[]) => sumOf(counts)
  const [n, m] = [total(current), total(reference)]
  let [statistic, categories] = [0, 0]
  current.forEach((here, i) => {
    const there = reference[i] as number
    const both = here + there
    if (both === 0) return
    categories++
    // Both cells of the column at once: (here m - there n)² / (both n m).
    statistic += n * m === 0 ? 0 : crossDifference(here, there, n, m) ** 2 / (both * n * m)
  })
  const df = Math.max(0, categories - 1)
  return { statistic, df, p: df === 0 ? 1 : chiSquareSf(statistic, df), v: Math.sqrt(statistic / Math.max(1, n + m)) }
}
