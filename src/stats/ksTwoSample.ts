/** Result of a two-sample Kolmogorov-Smirnov test. */
export interface KsTwoSample {
  /** Largest difference of the two distribution functions. */
  readonly statistic: number
  /** The value at which they differ most; NaN when they are equal. */
  readonly location: number
  /** Two-sided; ties make it larger, never smaller, than it is. */
  readonly p: number
  /** Whether p was counted out; in large samples it is that of one sample of nm / (n + m), as SciPy has it. */
  readonly exact: boolean
}

/** Steps of the exact distribution at most. */
const STEPS = 2e7

/** The test on two sorted samples without NaN. */
export function ksTwoSample(a: Float64Array, b: Float64Array): KsTwoSample {
  const [n, m] = [a.length, b.length]
  let [i, j, largest, location] = [0, 0, 0, Number.NaN]
  while (i < n && j < m) {
    const x = Math.min(a[i] as number, b[j] as number)
    while (i < n && a[i] === x) i++
    while (j < m && b[j] === x) j++
    const difference = Math.abs(i * m - j * n)
    if (difference > largest) {
      largest = difference
      location = x
    }
  }
  const statistic = largest / (n * m)
  const exact = (n + 1) * Math.min(m + 1, (2 * largest) / n + 1) <= STEPS
  const p = exact ? exactP(n, m, largest) : limitP(statistic, Math.round((n * m) / (n + m)))
  return { statistic, location, p, exact }
}

/**
 * Share of the lattice paths from (0, 0) to (n, m) that touch |i m - j n| >= h (Hodges 1957), by rows. All terms are
 * positive, so tiny probabilities are exact; cells outside the band are certain and not visited.
 */
function exactP(n: number, m: number, h: number): number {
  if (h === 0) return 1
  const row = new Float64Array(m + 1).fill(1)
  for (let j = 0; j <= m && j * n < h; j++) row[j] = 0
  for (let i = 1; i <= n; i++) {
    const from = Math.max(0, Math.floor((i * m - h) / n) + 1)
    const to = Math.min(m, Math.ceil((i * m + h) / n) - 1)
    let left = 1
    for (let j = from; j <= to; j++) {
      left = ((row[j] as number) * i + left * j) / (i + j)
      row[j] = left
    }
  }
  return row[m] as number
}

/** Kolmogorov's limit distribution, upper tail, with Vrbik's (2018) correction for a sample of `size`. */
function limitP(statistic: number, size: number): number {
  const root = Math.sqrt(size) * statistic
  const z = root + 1 / (6 * Math.sqrt(size)) + (root - 1) / (4 * size)
  if (z < 0.2) return 1
  let sum = 0
  for (let k = 1; k < 200; k++) sum += (k % 2 ? 2 : -2) * Math.exp(-2 * k * k * z * z)
  return Math.min(1, Math.max(0, sum))
}
