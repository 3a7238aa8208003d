import { binomialMass, cumulated, scratch } from './binomialMass.ts'
import { chernoffInterval } from './chernoff.ts'
import { changedAnywhere } from './largestShare.ts'
import type { Shares, Sizes } from './shareDifference.ts'

const [massX, massY, sums] = [scratch(), scratch(), scratch()]

/** Cramér's V of two shares, both sides weighing the same: |p - q| / sqrt((p + q)(2 - p - q)). */
export function twoSharesV({ p, q }: Shares): number {
  const sum = p + q
  return sum <= 0 || sum >= 2 ? 0 : Math.min(1, Math.abs(p - q) / Math.sqrt(sum * (2 - sum)))
}

/** From this many rows on the noncentral chi-square is as good. */
export const MOST_EXACT_ROWS = 20_000
/** What the bound of the shares may miss (Berger and Boos 1994). */
const MISSED = 1e-5

/**
 * p-values of the V of two categories with `here` of n and `there` of m rows, each the largest over all pairs of shares
 * whose V is the limit and whose mean is consistent with what was seen: of "V is at most the limit" and "at least". Of the
 * latter each way by itself (Schuirmann 1987): counts that happen to be equal are no evidence of equal shares.
 */
export function twoSharesTest(
  { here, there }: { readonly here: number; readonly there: number },
  sizes: Sizes,
  limit: number,
): { readonly over: number; readonly under: number } {
  const { n, m } = sizes
  const seen = twoSharesV({ p: here / n, q: there / m })
  const [p, q] = [chernoffInterval(here, n, MISSED / 2), chernoffInterval(there, m, MISSED / 2)]
  // The mean of two shares with that V lies in [V²/(1 + V²), 1/(1 + V²)].
  const edge = (limit * limit) / (1 + limit * limit)
  const low = Math.max(edge, (p[0] + q[0]) / 2)
  const high = Math.min(1 - edge, (p[1] + q[1]) / 2)
  const steps = n + m > 2000 ? 20 : 48
  let [over, under] = [0, 0]
  for (let i = 0; i <= steps; i++) {
    const mean = low + ((high - low) * i) / steps
    if (mean < edge - 1e-12 || mean > 1 - edge + 1e-12 || low > high) continue
    const half = limit * Math.sqrt(mean * (1 - mean))
    for (const shift of [half, -half]) {
      const shares = { p: clamp(mean + shift), q: clamp(mean - shift) }
      const tails = tailsAt(sizes, shares, seen)
      over = Math.max(over, tails.atLeast)
      under = Math.max(under, tails.atMost)
    }
  }
  // V is at least the difference of the shares.
  const anywhere = changedAnywhere(sizes, Math.abs(here / n - there / m), limit)
  return {
    over: seen <= limit ? 1 : anywhere <= MISSED ? anywhere : Math.min(1, over + MISSED),
    under: seen >= limit ? 1 : Math.min(1, under + MISSED),
  }
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share))

/**
 * Probabilities that the V of samples from these shares is at least `v`, and that they are apart the way the shares are by
 * at most `v`, or the other way.
 */
function tailsAt({ n, m }: Sizes, { p, q }: Shares, v: number): { atLeast: number; atMost: number } {
  const x = binomialMass(n, p, massX)
  const y = binomialMass(m, q, massY)
  const below = cumulated(x, sums)
  const upTo = (k: number) => (k < x.from ? 0 : (below[Math.min(k - x.from, below.length - 1)] as number))
  const square = v * v
  let [atLeast, atMost] = [0, 0]
  for (let i = 0; i < y.mass.length; i++) {
    const weight = y.mass[i] as number
    const b = (y.from + i) / m
    // (a - b)² = v² (a + b)(2 - a - b), solved for a.
    const middle = b + square * (1 - b)
    const root = Math.sqrt(Math.max(0, middle * middle - (1 + square) * b * (b * (1 + square) - 2 * square)))
    const [low, high] = [(n * (middle - root)) / (1 + square), (n * (middle + root)) / (1 + square)]
    atLeast += weight * (upTo(Math.floor(low + 1e-7)) + Math.max(0, 1 - upTo(Math.ceil(high - 1e-7) - 1)))
    atMost += weight * (p > q ? upTo(Math.floor(high + 1e-7)) : 1 - upTo(Math.ceil(low - 1e-7) - 1))
  }
  return { atLeast: Math.min(1, atLeast), atMost: Math.min(1, atMost) }
}
