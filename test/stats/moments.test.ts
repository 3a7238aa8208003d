import { expect, test } from 'vitest'
import { r2 } from '../../src/scores/r2.ts'
import { defaultSettings } from '../../src/scores/score.ts'
import { binEdges } from '../../src/stats/binEdges.ts'
import { spreadOf } from '../../src/stats/bootstrap.ts'
import { cohensD } from '../../src/stats/cohensD.ts'
import { eppsSingleton } from '../../src/stats/eppsSingleton.ts'
import { meanDifference, momentsOf } from '../../src/stats/moments.ts'
import { permutationTest } from '../../src/stats/permutation.ts'
import { seeded } from '../../src/stats/random.ts'
import { tTest } from '../../src/stats/tTest.ts'

/** Whole numbers of small spread, and the same so far from 0 that their sums have no place for the last digits. */
const next = seeded(3)
const [first, second] = [2001, 3007].map((n) =>
  Float64Array.from({ length: n }, () => Math.floor(4 * next() ** 2)),
) as [Float64Array, Float64Array]
const far = [0, 1e9, 1.7e15, -1.7e15, 4e15, 2 ** 53 - 8]
const at = (sample: Float64Array, place: number) => sample.map((value) => place + value)

/** The quotient of two whole numbers to 15 digits and more. */
const quotient = (a: bigint, b: bigint): number => Number((a * 10n ** 25n) / b) / 1e25
const sum = (values: readonly bigint[]): bigint => values.reduce((all, value) => all + value, 0n)

test.each(far)('mean and variance of numbers around %d are those of exact arithmetic', (place) => {
  const [a, b] = [at(first, place), at(second, place)]
  const [x, y] = [a, b].map((sample) => [...sample].map(BigInt)) as [bigint[], bigint[]]
  const [n, m] = [BigInt(x.length), BigInt(y.length)]
  const { variance, mean, rest } = momentsOf(a)
  const above = quotient(sum(x) - n * BigInt(place), n)
  expect((mean - place + rest) / above).toBeCloseTo(1, 11)
  expect(variance / quotient(n * sum(x.map((one) => one * one)) - sum(x) ** 2n, n * (n - 1n))).toBeCloseTo(1, 13)
  const difference = quotient(sum(x) * m - sum(y) * n, n * m)
  expect(meanDifference(momentsOf(a), momentsOf(b)) / difference).toBeCloseTo(1, 11)
  expect(spreadOf(a) ** 2 / variance).toBeCloseTo(1, 13)
})

test.each(far)('what is made of means and spreads does not know that the numbers lie around %d', (place) => {
  const near = <T>(of: (a: Float64Array, b: Float64Array) => T): [T, T] => [
    of(at(first, place), at(second, place)),
    of(first, second),
  ]
  const same = (of: (a: Float64Array, b: Float64Array) => number) => {
    const [found, wanted] = near(of)
    expect(found / wanted).toBeCloseTo(1, 9)
  }
  same((a, b) => tTest(a, b).statistic)
  same((a, b) => tTest(a, b, true).p)
  same((a, b) => cohensD(a, b).d)
  same((a, b) => cohensD(a, b, true).error)
  same((a, b) => permutationTest(a.subarray(0, 200), b.subarray(0, 200)).statistic)
  same((a, b) => permutationTest(a.subarray(0, 200), b.subarray(0, 200)).p)
  same((a, b) => eppsSingleton(a, b).statistic)
  same((a) => binEdges(a.toSorted(), 'scott').length)
  same((a) => binEdges(a.toSorted(), 'doane').length)
  same((a, b) => {
    const [truth, answers] = [[...a], [...b].slice(0, a.length)]
    return r2.of({ truth, answers }, defaultSettings)
  })
})

test('a variance of equal values is 0, of one value none', () => {
  expect(momentsOf([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, rest: 0, variance: 0 })
  expect(momentsOf([0.1]).variance).toBeNaN()
  expect(spreadOf(Float64Array.of(0.1))).toBe(0)
})
