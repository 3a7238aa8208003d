import { expect, test } from 'vitest'
import { normalSf } from '../../src/stats/normal.ts'
import { normalQuantile } from '../../src/stats/normalQuantile.ts'
import { seeded } from '../../src/stats/random.ts'
import { areaBetween } from '../../src/stats/wassersteinBound.ts'
import { dualTest } from '../../src/stats/wassersteinDual.ts'

const next = seeded(4)
const whole = (most: number) => () => Math.floor(next() * most)

test.each<[string, () => number, () => number]>([
  ['normal numbers that moved', () => normalQuantile(next()), () => normalQuantile(next()) + 0.5],
  ['normal numbers that widened', () => normalQuantile(next()), () => 2 * normalQuantile(next())],
  ['a few whole numbers', whole(5), whole(7)],
  ['whole numbers on one side, others too on the other', whole(40), () => Math.round(next() * 320) / 8],
  ['one value on one side', () => 3, whole(9)],
  ['one value on each side', () => 3, () => 4],
  ['numbers that lie apart', next, () => 10 + next()],
  ['a crowd of one value between two others', () => (next() < 0.9 ? 0.5 : whole(2)()), whole(2)],
  ['zeros of both signs', () => [0, -0, 1][whole(3)()] as number, () => [0, -0, -1][whole(3)()] as number],
])('the function that tells %s apart has the means of the plain one', (_, drawA, drawB) => {
  for (const [n, m] of [
    [100, 100],
    [101, 937],
    [1500, 1300],
  ] as const) {
    const [a, b] = [Float64Array.from({ length: n }, drawA).sort(), Float64Array.from({ length: m }, drawB).sort()]
    const [test, plain] = [dualTest(a, b), plainTest(a, b)]
    const { distance } = areaBetween(a, b)
    for (const limit of [0, 0.5, 0.9, 0.99, 1, 1.1].map((share) => share * distance)) {
      const wanted = plain(limit)
      expect(Math.abs(test(limit) - wanted)).toBeLessThanOrEqual(1e-9 * wanted)
    }
  }
})

test('fewer than 100 values on a side tell nothing', () => {
  const [few, many] = [Float64Array.from({ length: 99 }, next).sort(), new Float64Array(1000).fill(9)]
  expect([dualTest(few, many)(0.1), dualTest(many, few)(0.1)]).toEqual([1, 1])
})

/** The same, a step at a time: halves, knots, the function at each value, its moments. */
function plainTest(a: Float64Array, b: Float64Array): (limit: number) => number {
  const random = seeded(a.length * 31 + b.length)
  const [[seenA, triedA], [seenB, triedB]] = [a, b].map((sample) => {
    const coins = Array.from(sample, () => random() < 0.5)
    return [true, false].map((side) => [...sample].filter((_, i) => coins[i] === side))
  }) as [[number[], number[]], [number[], number[]]]
  const knots = [...new Set([...seenA, ...seenB])].sort((x, y) => x - y)
  const upTo = (sample: number[], x: number) => sample.filter((one) => one <= x).length / sample.length
  const values = [0]
  for (let k = 1; k < knots.length; k++) {
    const [left, right] = [knots[k - 1] as number, knots[k] as number]
    values.push((values[k - 1] as number) + Math.sign(upTo(seenB, left) - upTo(seenA, left)) * (right - left))
  }
  const at = (x: number): number => {
    const k = Math.max(
      0,
      knots.findLastIndex((knot) => knot <= x),
    )
    const [left, right] = [knots[k] as number, knots[k + 1]]
    const [value, after] = [values[k] as number, values[k + 1] as number]
    return x > left && right !== undefined ? value + ((x - left) / (right - left)) * (after - value) : value
  }
  const [here, there] = [triedA, triedB].map((sample) => {
    let [mean, square] = [0, 0]
    sample.map(at).forEach((value, i) => {
      const step = value - mean
      mean += step / (i + 1)
      square += step * (value - mean)
    })
    return { mean, square: square / Math.max(1, sample.length - 1) / sample.length }
  }) as [{ mean: number; square: number }, { mean: number; square: number }]
  const error = Math.sqrt(here.square + there.square)
  return (limit) => {
    const difference = here.mean - there.mean - limit
    return error > 0 ? normalSf(difference / error) : difference > 0 ? 0 : 1
  }
}
