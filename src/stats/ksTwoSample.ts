/** Result of a two-sample Kolmogorov-Smirnov test. */
export interface KsTwoSample {
  /** Largest difference of the two distribution functions. */
  readonly statistic: number
  /** The value at which they differ most. */
  readonly location: number
  readonly p: number
}

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
  return { statistic, location, p: limitP(statistic * Math.sqrt((n * m) / (n + m))) }
}

function limitP(z: number): number {
  if (z < 0.2) return 1
  let sum = 0
  for (let k = 1; k < 200; k++) sum += (k % 2 ? 2 : -2) * Math.exp(-2 * k * k * z * z)
  return Math.min(1, Math.max(0, sum))
}
