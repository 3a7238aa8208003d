import { normalSf } from './normal.ts'
import { seededWords, type RandomWords } from './random.ts'

/** Fewer values on a side are too few for the mean of a function of them to be normal. */
const LEAST = 100

/** A test of "the populations' Wasserstein distance W1 is at most a limit": its p by the limit. */
export type DualTest = (limit: number) => number

/**
 * Tests "the populations' Wasserstein distance W1 is at most a limit", of two sorted samples of finite values: W1 is the
 * largest difference of the means of a function that nowhere rises faster than its argument (Kantorovich and Rubinstein
 * 1958). The function that is largest for one random half of the values is tried on the other half, where the means are
 * compared by Welch's z. p is 1 for fewer than 100 values on a side.
 */
export function dualTest(a: Float64Array, b: Float64Array): DualTest {
  if (Math.min(a.length, b.length) < LEAST) return () => 1
  const draw = seededWords(a.length * 31 + b.length)
  const [seenA, triedA] = halves(a, draw)
  const [seenB, triedB] = halves(b, draw)
  const { knots, values } = rising(seenA, seenB)
  const [here, there] = [moments(triedA, knots, values), moments(triedB, knots, values)]
  const error = Math.sqrt(here.variance / triedA.length + there.variance / triedB.length)
  const between = here.mean - there.mean
  return (limit) => {
    const difference = between - limit
    return error > 0 ? normalSf(difference / error) : difference > 0 ? 0 : 1
  }
}

/** Each value goes to both halves, and is overwritten in one of them: there is no branch to be guessed wrong every other time. */
function halves(sample: Float64Array, draw: RandomWords): readonly [Float64Array, Float64Array] {
  const [seen, tried] = [new Float64Array(sample.length), new Float64Array(sample.length)]
  const coins = new Uint32Array(sample.length)
  draw(coins)
  let count = 0
  for (let i = 0; i < sample.length; i++) {
    const value = sample[i] as number
    seen[count] = value
    tried[i - count] = value
    count += 1 - ((coins[i] as number) >>> 31)
  }
  return [seen.subarray(0, count), tried.subarray(0, sample.length - count)]
}

/**
 * The function whose means differ most: it rises where b's distribution function is above a's, else it falls. Its knots are
 * the different values of two sorted samples, in order.
 */
function rising(a: Float64Array, b: Float64Array): { knots: Float64Array; values: Float64Array } {
  const [n, m] = [a.length, b.length]
  const [knots, values] = [new Float64Array(n + m), new Float64Array(n + m)]
  let [i, j, count, value] = [0, 0, 0, 0]
  let [x, y] = [a[0] ?? Number.POSITIVE_INFINITY, b[0] ?? Number.POSITIVE_INFINITY]
  while (i < n || j < m) {
    const at = Math.min(x, y)
    if (count > 0) value += Math.sign(j / m - i / n) * (at - (knots[count - 1] as number))
    knots[count] = at
    values[count++] = value
    while (x === at) x = ++i < n ? (a[i] as number) : Number.POSITIVE_INFINITY
    while (y === at) y = ++j < m ? (b[j] as number) : Number.POSITIVE_INFINITY
  }
  return { knots: knots.subarray(0, count), values: values.subarray(0, count) }
}

/** Mean and variance of the function over sorted values; it is level beyond its knots. */
function moments(sample: Float64Array, knots: Float64Array, values: Float64Array): { mean: number; variance: number } {
  const last = knots.length - 1
  let [k, mean, square] = [0, 0, 0]
  for (let i = 0; i < sample.length; i++) {
    const x = sample[i] as number
    while (k < last && (knots[k + 1] as number) <= x) k++
    const left = knots[k] as number
    let value = values[k] as number
    if (x > left && k < last)
      value += ((x - left) / ((knots[k + 1] as number) - left)) * ((values[k + 1] as number) - value)
    const step = value - mean
    mean += step / (i + 1)
    square += step * (value - mean)
  }
  return { mean, variance: square / Math.max(1, sample.length - 1) }
}
