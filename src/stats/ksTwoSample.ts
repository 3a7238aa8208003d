import { kolmogorovSf } from './kolmogorov.ts'
import { largestGap } from './largestGap.ts'

/** Result of a two-sample Kolmogorov-Smirnov test. */
export interface KsTwoSample {
  /** Largest difference of the two distribution functions. */
  readonly statistic: number
  /** The value at which they differ most. */
  readonly location: number
  /** Probability of a statistic at least as large when both samples come from one continuous distribution. */
  readonly p: number
}

/** The exact p is computed up to this product of the sizes: some tens of milliseconds. */
const EXACT = 1e6

/**
 * The two-sided test on two sorted samples without NaN; ties make p conservative. `exact` counts lattice paths, one
 * step per pair of ranks; `asymptotic` takes the one-sample distribution at n·m / (n + m) values. By default exact
 * while n·m is at most a million. NaN for an empty sample.
 */
export function ksTwoSample(
  a: Float64Array,
  b: Float64Array,
  method: 'auto' | 'exact' | 'asymptotic' = 'auto',
): KsTwoSample {
  const [n, m] = [a.length, b.length]
  const { gap, location } = largestGap(a, b)
  const statistic = n * m === 0 ? Number.NaN : gap / (n * m)
  const exact = method === 'exact' || (method === 'auto' && n * m <= EXACT)
  return {
    statistic,
    location,
    p: exact ? exactP(n, m, gap) : kolmogorovSf(roundHalfEven((n * m) / (n + m)), statistic),
  }
}

/**
 * The share of lattice paths from (0, 0) to (n, m) that somewhere reach |i·m - j·n| >= largest, by recursion over
 * shares: all terms are positive, so nothing overflows and nothing cancels.
 */
function exactP(n: number, m: number, largest: number): number {
  if (n * m === 0) return Number.NaN
  if (largest === 0) return 1
  const row = new Float64Array(m + 1)
  for (let j = 1; j <= m; j++) row[j] = j * n >= largest ? 1 : (row[j - 1] as number)
  for (let i = 1; i <= n; i++) {
    if (i * m >= largest) row[0] = 1
    for (let j = 1; j <= m; j++) {
      row[j] = Math.abs(i * m - j * n) >= largest ? 1 : ((row[j] as number) * i + (row[j - 1] as number) * j) / (i + j)
    }
  }
  return row[m] as number
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  if (x - floor !== 0.5) return Math.round(x)
  return floor % 2 === 0 ? floor : floor + 1
}
