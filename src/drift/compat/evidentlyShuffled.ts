import { numpyRandom } from '../../stats/numpyRandom.ts'
import type { PeerMethod } from './peer.ts'
import { sumOf } from '../../stats/sumOf.ts'

const SHUFFLES = 1000

/**
 * p of the total variation distance, by 1,000 draws of the reference's size from the rows of both, with NumPy's seed 0: rows
 * in the order they have.
 */
export const totalVariation: PeerMethod = {
  name: 'TVD',
  p: true,
  threshold: 0.1,
  inclusive: false,
  rows(reference, current) {
    const all = [...reference, ...current]
    const keys = [...new Set(all)].sort()
    const places = new Map(keys.map((key, i) => [key, i]))
    const codes = Int32Array.from(all, (cell) => places.get(cell) as number)
    const totals = new Float64Array(keys.length)
    for (const code of codes) totals[code] = (totals[code] as number) + 1
    const sum = (counts: Float64Array) => sumOf(counts)
    const distance = (mine: Float64Array) => {
      const theirs = totals.map((count, i) => count - (mine[i] as number))
      const [n, m] = [sum(mine), sum(theirs)]
      return 0.5 * mine.reduce((total, count, i) => total + Math.abs(count / n - (theirs[i] as number) / m), 0)
    }
    const counted = (place: (i: number) => number) => {
      const counts = new Float64Array(keys.length)
      for (let i = 0; i < reference.length; i++) {
        const code = codes[place(i)] as number
        counts[code] = (counts[code] as number) + 1
      }
      return counts
    }
    const seen = distance(counted((i) => i))
    const random = numpyRandom(0)
    let beyond = 0
    for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
      const order = random.permutation(codes.length)
      if (seen <= distance(counted((i) => order[i] as number))) beyond++
    }
    return beyond / SHUFFLES
  },
}

/** More rows make too large a matrix, as for Evidently. */
const MOST_ROWS = 4000
const MMD_SHUFFLES = 100

/**
 * p of the maximum mean discrepancy of numbers, by 100 shuffles. Evidently shuffles without a seed, so that its p varies by
 * some hundredths from run to run; here it does not. NaN beyond 4,000 rows in all.
 */
export const empiricalMmd: PeerMethod = {
  name: 'empirical_mmd',
  p: true,
  threshold: 0.1,
  inclusive: false,
  numbers(reference, current) {
    const [n, m] = [reference.length, current.length]
    if (n + m > MOST_ROWS || Math.min(n, m) < 2) return Number.NaN
    const squares = Float64Array.from({ length: n * n }, (_, at) => {
      const difference = (reference[Math.floor(at / n)] as number) - (reference[at % n] as number)
      return difference * difference
    }).sort()
    // The nearest place to the middle, that of an even number for a half.
    const middle = (squares.length - 1) / 2
    const nearest = Number.isInteger(middle) ? middle : 2 * Math.round(middle / 2)
    const median = squares[nearest] as number
    const gamma = 1 / (median === 0 ? 1 : median)
    const values = Float64Array.from([...reference, ...current])
    const size = n + m
    const kernel = new Float64Array(size * size)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < i; j++) {
        const value = Math.exp(-gamma * ((values[i] as number) - (values[j] as number)) ** 2)
        kernel[i * size + j] = value
        kernel[j * size + i] = value
      }
    const all = sumOf(kernel)
    const statistic = (order: Uint32Array) => {
      let [within, across] = [0, 0]
      for (let i = 0; i < n; i++) {
        const row = (order[i] as number) * size
        for (let j = 0; j < n; j++) within += kernel[row + (order[j] as number)] as number
        for (let j = n; j < size; j++) across += kernel[row + (order[j] as number)] as number
      }
      return within / (n * (n - 1)) + (all - within - 2 * across) / (m * (m - 1)) - (2 * across) / (n * m)
    }
    const seen = statistic(Uint32Array.from({ length: size }, (_, i) => i))
    const random = numpyRandom(0)
    let beyond = 0
    for (let shuffle = 0; shuffle < MMD_SHUFFLES; shuffle++) if (seen <= statistic(random.permutation(size))) beyond++
    return beyond / MMD_SHUFFLES
  },
}
