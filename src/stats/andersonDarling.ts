import { sumOf } from './sumOf.ts'

const LEVELS = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001]
const B0 = [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085]
const B1 = [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615]
const B2 = [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154]

/** Result of the k-sample Anderson-Darling test. */
export interface AndersonDarling {
  /** Normalized: 0 is expected of samples of one population. */
  readonly statistic: number
  /** Interpolated between Scholz and Stephens' critical values; between 0.001 and 0.25. */
  readonly p: number
  /** p lies beyond the table's ends: it is smaller than 0.001, or larger than 0.25. */
  readonly capped: boolean
}

/**
 * Whether sorted samples come from one population (Scholz and Stephens 1987), with mid-ranks for ties or with right
 * continuous distribution functions. NaN for fewer than two different values or an empty sample.
 */
export function andersonDarling(samples: readonly Float64Array[], midrank = true): AndersonDarling {
  const k = samples.length
  const pooled = Float64Array.from(samples.flatMap((sample) => [...sample])).sort()
  const n = pooled.length
  const values = [...new Set(pooled)]
  if (values.length < 2 || samples.some((sample) => sample.length === 0) || n < 4)
    return { statistic: Number.NaN, p: Number.NaN, capped: false }
  let a2 = 0
  const places = samples.map(() => 0)
  let below = 0
  values.forEach((value, at) => {
    let l = 0
    const ranges = samples.map((sample, i) => {
      const from = places[i] as number
      let to = from
      while (to < sample.length && sample[to] === value) to++
      places[i] = to
      l += to - from
      return [from, to] as const
    })
    const b = midrank ? below + l / 2 : below + l
    below += l
    if (!midrank && at === values.length - 1) return
    const scale = midrank ? b * (n - b) - (n * l) / 4 : b * (n - b)
    samples.forEach((sample, i) => {
      const [from, to] = ranges[i] as readonly [number, number]
      const rank = midrank ? (from + to) / 2 : to
      a2 += ((l / n) * (n * rank - b * sample.length) ** 2) / scale / sample.length
    })
  })
  if (midrank) a2 *= (n - 1) / n
  const statistic = (a2 - (k - 1)) / Math.sqrt(varianceOf(samples, n))
  return { statistic, ...probability(statistic, k - 1) }
}

function varianceOf(samples: readonly Float64Array[], n: number): number {
  const k = samples.length
  const inverse = samples.reduce((sum, sample) => sum + 1 / sample.length, 0)
  let [h, g] = [0, 0]
  for (let i = n - 1; i > 1; i--) {
    h += 1 / i
    g += h / (n - i + 1)
  }
  h += 1
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse
  const b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6
  const c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverse + 4 * h
  const d = (2 * h + 6) * k * k - 4 * h * k
  return (a * n ** 3 + b * n ** 2 + c * n + d) / ((n - 1) * (n - 2) * (n - 3))
}

function probability(statistic: number, m: number): { p: number; capped: boolean } {
  const critical = B0.map((b, i) => b + (B1[i] as number) / Math.sqrt(m) + (B2[i] as number) / m)
  if (statistic < (critical[0] as number)) return { p: 0.25, capped: true }
  if (statistic > (critical.at(-1) as number)) return { p: 0.001, capped: true }
  return { p: Math.exp(parabola(critical, LEVELS.map(Math.log), statistic)), capped: false }
}

/** The value at x of the parabola that fits the points best, by polynomials that are orthogonal on them. */
function parabola(xs: readonly number[], ys: readonly number[], x: number): number {
  const mean = sumOf(xs) / xs.length
  const square = (one: number) => (one - mean) ** 2
  const sum = (of: (one: number, i: number) => number) => xs.reduce((total, one, i) => total + of(one, i), 0)
  const s2 = sum(square)
  const [s3, level] = [sum((one) => (one - mean) ** 3), s2 / xs.length]
  const basis = (one: number) => square(one) - (s3 / s2) * (one - mean) - level
  const height = (i: number) => ys[i] as number
  return (
    sum((_, i) => height(i)) / xs.length +
    ((x - mean) * sum((one, i) => (one - mean) * height(i))) / s2 +
    (basis(x) * sum((one, i) => basis(one) * height(i))) / sum((one) => basis(one) ** 2)
  )
}
