/** Result of a one-sided two-sample Kolmogorov-Smirnov test. */
export interface KsOneSided {
  /** Largest excess of the one distribution function over the other; 0 where it never exceeds it. */
  readonly statistic: number
  /** The least value at which it is largest; NaN where it never exceeds it. */
  readonly location: number
  readonly p: number
}

/** The exact p is computed up to this product of the sizes. */
const EXACT = 1e6

/**
 * Whether the distribution function of a sorted sample lies above (`greater`: its values are the smaller ones) or below (`less`)
 * that of another anywhere. `exact` counts lattice paths; `asymptotic` is Hodges' (1958, 5.3) correction of Smirnov's limit. NaN
 * for an empty sample.
 */
export function ksOneSided(
  a: Float64Array,
  b: Float64Array,
  alternative: 'less' | 'greater',
  method: 'auto' | 'exact' | 'asymptotic' = 'auto',
): KsOneSided {
  // F of the lower one exceeds that of the upper one.
  const [lower, upper] = alternative === 'greater' ? [a, b] : [b, a]
  const [n, m] = [lower.length, upper.length]
  if (n * m === 0) return { statistic: Number.NaN, location: Number.NaN, p: Number.NaN }
  let [i, j, largest, location] = [0, 0, 0, Number.NaN]
  while (i < n) {
    const x = lower[i] as number
    while (i < n && lower[i] === x) i++
    while (j < m && (upper[j] as number) <= x) j++
    const excess = i * m - j * n
    if (excess > largest) [largest, location] = [excess, x]
  }
  const exact = method === 'exact' || (method === 'auto' && n * m <= EXACT)
  const statistic = largest / (n * m)
  return { statistic, location, p: exact ? exactP(n, m, largest) : hodges(n, m, statistic) }
}

/** The share of lattice paths from (0, 0) to (n, m) that somewhere reach i·m - j·n >= largest. */
function exactP(n: number, m: number, largest: number): number {
  if (largest === 0) return 1
  const row = new Float64Array(m + 1)
  for (let i = 1; i <= n; i++) {
    if (i * m >= largest) row[0] = 1
    for (let j = 1; j <= m; j++)
      row[j] = i * m - j * n >= largest ? 1 : ((row[j] as number) * i + (row[j - 1] as number) * j) / (i + j)
  }
  return row[m] as number
}

function hodges(n: number, m: number, d: number): number {
  const [large, small] = [Math.max(n, m), Math.min(n, m)]
  const z = Math.sqrt((large * small) / (large + small)) * d
  const shift = (2 * z * (large + 2 * small)) / Math.sqrt(large * small * (large + small)) / 3
  return Math.min(1, Math.exp(-2 * z * z - shift))
}
