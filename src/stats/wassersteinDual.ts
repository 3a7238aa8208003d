import { normalSf } from './normal.ts'
import { seeded } from './random.ts'

/** Fewer values on a side are too few for the mean of a function of them to be normal. */
const LEAST = 100

/**
 * p of "the populations' Wasserstein distance W1 is at most `limit`", of two sorted samples of finite values: W1 is the
 * largest difference of the means of a function that nowhere rises faster than its argument (Kantorovich and Rubinstein
 * 1958). The function that is largest for one random half of the values is tried on the other half, where the means are
 * compared by Welch's z. 1 for fewer than 100 values on a side.
 */
export function dualAtMost(a: Float64Array, b: Float64Array, limit: number): number {
  if (Math.min(a.length, b.length) < LEAST) return 1
  const next = seeded(a.length * 31 + b.length)
  const [seenA, triedA] = halves(a, next)
  const [seenB, triedB] = halves(b, next)
  const { knots, values } = rising(seenA, seenB)
  const [here, there] = [moments(triedA, knots, values), moments(triedB, knots, values)]
  const error = Math.sqrt(here.variance / triedA.length + there.variance / triedB.length)
  const difference = here.mean - there.mean - limit
  return error > 0 ? normalSf(difference / error) : difference > 0 ? 0 : 1
}

function halves(sample: Float64Array, next: () => number): readonly [Float64Array, Float64Array] {
  const [seen, tried] = [new Float64Array(sample.length), new Float64Array(sample.length)]
  let count = 0
  for (let i = 0; i < sample.length; i++) {
    const value = sample[i] as number
    if (next() < 0.5) seen[count++] = value
    else tried[i - count] = value
  }
  return [seen.subarray(0, count), tried.subarray(0, sample.length - count)]
}

/** The different values of two sorted samples, in order. */
function merged(a: Float64Array, b: Float64Array): Float64Array {
  const values = new Float64Array(a.length + b.length)
  let [i, j, count] = [0, 0, 0]
  while (i < a.length || j < b.length) {
    const isOfA = j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number))
    const value = (isOfA ? a[i++] : b[j++]) as number
    if (count === 0 || values[count - 1] !== value) values[count++] = value
  }
  return values.subarray(0, count)
}

/** The function whose means differ most: it rises where b's distribution function is above a's, else it falls. */
function rising(a: Float64Array, b: Float64Array): { knots: Float64Array; values: Float64Array } {
  const knots = merged(a, b)
  const values = new Float64Array(knots.length)
  let [i, j] = [0, 0]
  for (let k = 0; k + 1 < knots.length; k++) {
    const at = knots[k] as number
    while (i < a.length && (a[i] as number) <= at) i++
    while (j < b.length && (b[j] as number) <= at) j++
    const slope = Math.sign(j / b.length - i / a.length)
    values[k + 1] = (values[k] as number) + slope * ((knots[k + 1] as number) - at)
  }
  return { knots, values }
}

/** Mean and variance of the function over sorted values; it is level beyond its knots. */
function moments(sample: Float64Array, knots: Float64Array, values: Float64Array): { mean: number; variance: number } {
  let [k, mean, square] = [0, 0, 0]
  sample.forEach((x, index) => {
    while (k + 1 < knots.length && (knots[k + 1] as number) <= x) k++
    const [left, right] = [knots[k] as number, knots[k + 1]]
    const share = x <= left || right === undefined ? 0 : (x - left) / (right - left)
    const value = (values[k] as number) + share * ((values[k + 1] ?? (values[k] as number)) - (values[k] as number))
    const step = value - mean
    mean += step / (index + 1)
    square += step * (value - mean)
  })
  return { mean, variance: square / Math.max(1, sample.length - 1) }
}
