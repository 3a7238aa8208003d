import { chiSquareSf } from './gamma.ts'
import { normalSf } from './normal.ts'
import { hypergeometric } from './hypergeometric.ts'
import { type Alternative, tailOf } from './alternative.ts'
import { sumOf } from './sumOf.ts'

/** G-test of homogeneity of two lists of counts (Wilks 1935): 2 Σ O ln(O / E). */
export function gTest(
  a: readonly number[],
  b: readonly number[],
): { readonly statistic: number; readonly df: number; readonly p: number } {
  const [n, m] = [a, b].map((counts) => sumOf(counts)) as [number, number]
  let [statistic, categories] = [0, 0]
  a.forEach((here, i) => {
    const there = b[i] as number
    if (here + there === 0) return
    categories++
    for (const [count, size] of [
      [here, n],
      [there, m],
    ] as const) {
      if (count > 0) statistic += 2 * count * Math.log((count * (n + m)) / ((here + there) * size))
    }
  })
  const df = Math.max(0, categories - 1)
  return { statistic, df, p: df === 0 ? 1 : chiSquareSf(statistic, df) }
}

/** Pearson's goodness of fit of counts to a reference taken as exact, scaled to their sum. Infinite for a new category. */
export function chiSquareFit(
  counts: readonly number[],
  reference: readonly number[],
): { readonly statistic: number; readonly df: number; readonly p: number } {
  const [n, m] = [counts, reference].map((list) => sumOf(list)) as [number, number]
  const statistic = counts.reduce((sum, count, i) => {
    const expected = ((reference[i] as number) * n) / m
    return sum + (count === expected ? 0 : (count - expected) ** 2 / expected)
  }, 0)
  const df = counts.length - 1
  return { statistic, df, p: df <= 0 ? 1 : chiSquareSf(statistic, df) }
}

/**
 * Whether a share of `a` of n and of `b` of m is one, by the pooled normal test, two-sided or one-sided in a/n. NaN where all or
 * none have it.
 */
export function proportionsZ(
  a: number,
  n: number,
  b: number,
  m: number,
  alternative: Alternative = 'two-sided',
): { readonly statistic: number; readonly p: number } {
  const pooled = (a + b) / (n + m)
  const statistic = (a / n - b / m) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
  return { statistic, p: tailOf(statistic, normalSf, alternative) }
}

/** Fisher's exact test of [[a, b], [c, d]]: two-sided over all tables that are no likelier, or one-sided in a. */
export function fisherExact(
  [[a, b], [c, d]]: readonly [readonly [number, number], readonly [number, number]],
  alternative: Alternative = 'two-sided',
): { readonly oddsRatio: number; readonly p: number } {
  const [all, marked, drawn] = [a + b + c + d, a + b, a + c]
  const oddsRatio = (a * d) / (b * c)
  if (marked === 0 || drawn === 0 || marked === all || drawn === all) return { oddsRatio: Number.NaN, p: 1 }
  const seen = hypergeometric(a, all, marked, drawn)
  let p = 0
  for (let k = Math.max(0, drawn - (all - marked)); k <= Math.min(marked, drawn); k++) {
    const counts = alternative === 'less' ? k <= a : alternative === 'greater' ? k >= a : undefined
    if (counts === false) continue
    const chance = hypergeometric(k, all, marked, drawn)
    if (counts ?? chance <= seen * (1 + 1e-12)) p += chance
  }
  return { oddsRatio, p: Math.min(1, p) }
}
