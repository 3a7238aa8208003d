import type { Alternative } from './alternative.ts'
import { normalSf } from './normal.ts'

/** Result of the Mann-Whitney test. */
export interface MannWhitney {
  /** U of the first sample: pairs in which its value is the larger one, ties counting half. */
  readonly statistic: number
  readonly p: number
  /** U over the number of pairs: the chance that a value of the first sample is the larger one. */
  readonly auc: number
}

/** Up to this many values on the smaller side, and without ties, p is exact. */
const EXACT = 8

/**
 * Whether values of one sorted sample tend to be larger than those of another (Mann and Whitney 1947). p by the normal
 * distribution with corrections for ties and continuity, or exact by counting; `auto` counts for 8 values or fewer on a
 * side without ties. NaN for an empty sample.
 */
export function mannWhitney(
  a: Float64Array,
  b: Float64Array,
  {
    method = 'auto',
    alternative = 'two-sided',
    continuity = true,
  }: {
    readonly method?: 'auto' | 'exact' | 'asymptotic'
    readonly alternative?: Alternative
    readonly continuity?: boolean
  } = {},
): MannWhitney {
  const [n, m] = [a.length, b.length]
  const { u, ties } = pairs(a, b)
  const side = alternative === 'two-sided' ? Math.max(u, n * m - u) : alternative === 'greater' ? u : n * m - u
  const factor = alternative === 'two-sided' ? 2 : 1
  const exact = method === 'exact' || (method === 'auto' && Math.min(n, m) <= EXACT && ties === 0)
  const p =
    n * m === 0 ? Number.NaN : exact ? exactTail(Math.floor(side), n, m) : normalTail(side, n, m, ties, continuity)
  return { statistic: u, p: Math.min(1, factor * p), auc: u / (n * m) }
}

function pairs(a: Float64Array, b: Float64Array): { u: number; ties: number } {
  let [i, j, u, ties] = [0, 0, 0, 0]
  while (i < a.length || j < b.length) {
    const x = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY)
    const [fromI, fromJ] = [i, j]
    while (i < a.length && a[i] === x) i++
    while (j < b.length && b[j] === x) j++
    const [here, there] = [i - fromI, j - fromJ]
    u += here * (fromJ + there / 2)
    const tied = here + there
    ties += tied ** 3 - tied
  }
  return { u, ties }
}

function normalTail(u: number, n: number, m: number, ties: number, continuity: boolean): number {
  const all = n + m
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))))
  const z = (u - (n * m) / 2 - (continuity ? 0.5 : 0)) / deviation
  return Number.isNaN(z) ? 1 : normalSf(z)
}

/** P(U >= u): shares of arrangements by U, built up by adding, so that nothing cancels. */
function exactTail(u: number, n: number, m: number): number {
  const [small, large] = [Math.min(n, m), Math.max(n, m)]
  // chances[i] is the distribution of U for i of the smaller side and j of the larger one.
  let chances: Float64Array[] = Array.from({ length: small + 1 }, () => Float64Array.of(1))
  for (let j = 1; j <= large; j++) {
    const next: Float64Array[] = [Float64Array.of(1)]
    for (let i = 1; i <= small; i++) {
      const row = new Float64Array(i * j + 1)
      const [shifted, stayed] = [next[i - 1] as Float64Array, chances[i] as Float64Array]
      for (let k = 0; k < shifted.length; k++) row[k + j] = ((shifted[k] as number) * i) / (i + j)
      for (let k = 0; k < stayed.length; k++) row[k] = (row[k] as number) + ((stayed[k] as number) * j) / (i + j)
      next.push(row)
    }
    chances = next
  }
  const all = chances[small] as Float64Array
  let sum = 0
  for (let k = all.length - 1; k >= Math.max(0, u); k--) sum += all[k] as number
  return sum
}
