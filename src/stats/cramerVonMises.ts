import { scaledBesselK } from './besselK.ts'
import { lnGamma } from './lnGamma.ts'

/** Up to this many values on a side p is exact. */
const EXACT = 20

/**
 * The two-sample Cramér-von Mises test of two sorted samples (Anderson 1962): T and its p, exact by counting all
 * arrangements up to 20 values on each side, else that of the limit with Anderson's correction of mean and variance. NaN
 * for fewer than two values on a side.
 */
export function cramerVonMises(
  a: Float64Array,
  b: Float64Array,
  method: 'auto' | 'exact' | 'asymptotic' = 'auto',
): { readonly statistic: number; readonly p: number } {
  const [n, m] = [a.length, b.length]
  if (n < 2 || m < 2) return { statistic: Number.NaN, p: Number.NaN }
  const quarters = ranked(a, b)
  const [k, all] = [n * m, n + m]
  const statistic = Number(quarters) / 4 / (k * all) - (4 * k - 1) / (6 * all)
  if (method === 'exact' || (method === 'auto' && Math.max(n, m) <= EXACT))
    return { statistic, p: exactTail(Number(quarters) / 4, n, m) }
  const mean = (1 + 1 / all) / 6
  const variance = ((all + 1) * (4 * k * all - 3 * (n * n + m * m) - 2 * k)) / (45 * all * all * 4 * k)
  const scaled = 1 / 6 + (statistic - mean) / Math.sqrt(45 * variance)
  return { statistic, p: scaled < 0.003 ? 1 : cramerVonMisesSf(scaled) }
}

/** Four times n Σ (r - i)² + m Σ (s - j)² of the mid-ranks, which is a whole number. */
function ranked(a: Float64Array, b: Float64Array): bigint {
  const [n, m] = [a.length, b.length]
  let [i, j, part] = [0, 0, 0]
  let [ofA, ofB] = [0n, 0n]
  const flushed = (whole: bigint): bigint => {
    const sum = whole + BigInt(part)
    part = 0
    return sum
  }
  while (i < n || j < m) {
    const x = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY)
    const [fromI, fromJ] = [i, j]
    while (i < n && a[i] === x) i++
    while (j < m && b[j] === x) j++
    const twice = 2 * (fromI + fromJ) + (i - fromI + j - fromJ + 1)
    for (let k = fromI; k < i; k++) {
      part += (twice - 2 * k - 2) ** 2
      if (part > 2 ** 52) ofA = flushed(ofA)
    }
    ofA = flushed(ofA)
    for (let k = fromJ; k < j; k++) {
      part += (twice - 2 * k - 2) ** 2
      if (part > 2 ** 52) ofB = flushed(ofB)
    }
    ofB = flushed(ofB)
  }
  return BigInt(n) * ofA + BigInt(m) * ofB
}

/** Shares of all arrangements by their statistic (Xiao, Gordon and Yakovlev 2007). */
function exactTail(u: number, n: number, m: number): number {
  const divisor = gcd(n, m)
  const lcm = (n * m) / divisor
  const [a, b, k] = [lcm / n, lcm / m, n * m]
  const least = Math.floor((lcm * lcm * (n + m) * (6 * u - k * (4 * k - 1))) / (6 * k * k))
  let rows: Map<number, number>[] = Array.from({ length: n + 1 }, (_, v) => new Map(v === 0 ? [[0, 1]] : []))
  for (let j = 0; j <= m; j++) {
    const next: Map<number, number>[] = []
    let before = new Map<number, number>()
    rows.forEach((row, i) => {
      const step = (a * i - b * j) ** 2
      const sums = new Map<number, number>()
      for (const part of [before, row]) {
        for (const [value, count] of part) sums.set(value + step, (sums.get(value + step) ?? 0) + count)
      }
      next.push(sums)
      before = sums
    })
    rows = next
  }
  let [all, beyond] = [0, 0]
  for (const [value, count] of rows[n] as Map<number, number>) {
    all += count
    if (value >= least) beyond += count
  }
  return beyond / all
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** From here on the tail is summed itself: what is left of 1 has lost its digits. */
const TAIL = 0.4

/**
 * Probability that the limit of the Cramér-von Mises statistic is larger than x (Csörgő and Faraway 1996, 1.3), exact in its
 * far tail.
 */
export function cramerVonMisesSf(x: number): number {
  if (x <= 0) return 1
  if (x > TAIL) return farTail(x)
  let sum = 0
  for (let k = 0; k < 200; k++) {
    const y = 4 * k + 1
    const q = (y * y) / (16 * x)
    const weight = Math.exp(lnGamma(k + 0.5) - lnGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x))
    const term = weight * Math.sqrt(y) * Math.exp(-2 * q) * scaledBesselK(0.25, q)
    sum += term
    if (term < sum * 1e-17) break
  }
  return Math.max(0, 1 - sum)
}

/**
 * Smirnov's (1936) alternating series of integrals from (2k - 1)π to 2kπ, for x over about 0.3. Their ends are singular as
 * Chebyshev's weight is, so that his nodes give them to the last digits.
 */
function farTail(x: number): number {
  const nodes = 256
  let sum = 0
  for (let k = 1; k <= 4; k++) {
    const start = (2 * k - 1) * Math.PI
    let part = 0
    for (let i = 0; i < nodes; i++) {
      const angle = ((i + 0.5) * Math.PI) / nodes
      const from = Math.PI * Math.sin(angle / 2) ** 2
      const sine = Math.sin(Math.min(from, Math.PI * Math.cos(angle / 2) ** 2))
      const u = start + from
      part += (Math.exp((-x * u * u) / 2) * Math.sin(angle)) / Math.sqrt(u * sine)
    }
    sum += (k % 2 === 1 ? 1 : -1) * part
  }
  return (sum * Math.PI) / nodes
}
