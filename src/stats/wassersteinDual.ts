import { BLOCK, eachStretch, next } from './merged.ts'
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
  const [here, there] = triedHalves(a, b, coinsOf(a.length, draw), coinsOf(b.length, draw))
  const error = Math.sqrt(here.variance / here.count + there.variance / there.count)
  const between = here.mean - there.mean
  return (limit) => {
    const difference = between - limit
    return error > 0 ? normalSf(difference / error) : difference > 0 ? 0 : 1
  }
}

/** A coin for each value, and one more: 0 for those that choose the function, 1 for those it is tried on. */
interface Coins {
  readonly sides: Uint8Array
  /** How many choose. */
  readonly choosing: number
}

function coinsOf(count: number, draw: RandomWords): Coins {
  const sides = new Uint8Array(count + 1)
  const words = new Uint32Array(Math.min(BLOCK, count))
  let tried = 0
  for (let start = 0; start < count; start += BLOCK) {
    const some = words.subarray(0, count - start)
    draw(some)
    tried += thrown(some, sides.subarray(start, start + BLOCK))
  }
  return { sides, choosing: count - tried }
}

/** Throws a coin by each word; how many are 1. */
function thrown(words: Uint32Array, sides: Uint8Array): number {
  let count = 0
  for (let i = 0; i < words.length; i++) {
    const side = (words[i] as number) >>> 31
    sides[i] = side
    count += side
  }
  return count
}

/** How many values there are, and mean and variance of a function over them. */
interface Moments {
  readonly count: number
  readonly mean: number
  readonly variance: number
}

/** Where the function is on its way through both samples. */
interface Way {
  /** How many values of each it has passed. */
  i: number
  j: number
  /** The last value, and the function there. */
  at: number
  value: number
  /** n m times how far b's distribution function is above a's, by the values that choose. */
  lead: number
  /** Where its next value of each sample is put. */
  placeA: number
  placeB: number
}

/**
 * The function over the values that it is tried on. It rises where b's distribution function is above a's, else it falls,
 * as the values that choose it say; it is level beyond them.
 */
function triedHalves(a: Float64Array, b: Float64Array, ofA: Coins, ofB: Coins): readonly [Moments, Moments] {
  const [triedA, triedB] = [a.length - ofA.choosing, b.length - ofB.choosing]
  // What it is tried on is counted on; else it is written over, at last in a place that is of no one.
  const values = new Float64Array(triedA + triedB + 2)
  const at = Math.min(a[0] as number, b[0] as number)
  const way: Way = { i: 0, j: 0, at, value: 0, lead: 0, placeA: 0, placeB: triedA + 1 }
  eachStretch(a, b, (steps) => goOn(way, values, steps, a, b, ofA, ofB))
  return [countedMoments(values.subarray(0, triedA)), countedMoments(values.subarray(triedA + 1, triedA + 1 + triedB))]
}

/** So many values, without a branch on side or coin: those would be guessed wrong every other time. */
function goOn(
  way: Way,
  to: Float64Array,
  steps: number,
  a: Float64Array,
  b: Float64Array,
  { sides: coinsA, choosing: n }: Coins,
  { sides: coinsB, choosing: m }: Coins,
): void {
  let { i, j, at, value, lead, placeA, placeB } = way
  for (let step = 0; step < steps; step++) {
    const x = i < a.length ? (a[i] as number) : Number.POSITIVE_INFINITY
    const y = j < b.length ? (b[j] as number) : Number.POSITIVE_INFINITY
    const first = Number(x <= y)
    const second = 1 - first
    next[0] = y
    next[1] = x
    value += (Number(lead > 0) - Number(lead < 0)) * ((next[first] as number) - at)
    at = next[first] as number
    const tried = ((coinsA[i] as number) & first) | ((coinsB[j] as number) & second)
    to[placeA * first + placeB * second] = value
    placeA += tried & first
    placeB += tried & second
    lead += (1 - tried) * (n * second - m * first)
    i += first
    j += second
  }
  Object.assign(way, { i, j, at, value, lead, placeA, placeB })
}

function countedMoments(values: Float64Array): Moments {
  const count = values.length
  let sum = 0
  for (let i = 0; i < count; i++) sum += values[i] as number
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < count; i++) {
    const step = (values[i] as number) - mean
    squares += step * step
  }
  return { count, mean, variance: squares / Math.max(1, count - 1) }
}
