import { describe, expect, test } from 'vitest'
import { ksTwoSample } from '../../src/stats/ksTwoSample.ts'

const sorted = (values: readonly number[]) => Float64Array.from(values).sort()
const range = (count: number, offset = 0) => Float64Array.from({ length: count }, (_, i) => i + offset)

describe('SciPy 1.10', () => {
  test.each<[string, readonly number[], readonly number[], number, number]>([
    [
      'eight against eight',
      [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8],
      [38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58],
      0.625,
      0.08702408702408701,
    ],
    [
      'nine against seven',
      [0.762688, 0.159607, 0.604951, 0.678419, 0.489284, 0.158941, 0.195627, 0.676484, 0.304026],
      [0.773913, 0.275572, 0.31873, 0.486209, 0.984242, 0.852936, 0.049991],
      0.42857142857142855,
      0.368006993006993,
    ],
    ['ties', [2, 2, 3, 3, 4, 4, 5, 5], [1, 1, 2, 2, 3, 3, 4, 4], 0.25, 0.98010878010878],
    ['zeros of both signs', [0, -0, -0, 2, 1], [-0, 0, 1, -1, 0], 0.2, 1],
    ['one against one', [2], [1], 1, 1],
  ])('%s', (_, current, reference, statistic, p) => {
    const found = ksTwoSample(sorted(current), sorted(reference))
    expect(found.statistic).toBeCloseTo(statistic, 14)
    expect(found.p).toBeCloseTo(p, 12)
  })
})

test('disjoint samples have the probability of two of all orders', () => {
  expect(ksTwoSample(range(3), range(3, 10)).p).toBeCloseTo(2 / 20, 14)
  const p = ksTwoSample(range(300), range(300, 1000)).p
  // 2 / C(600, 300)
  expect(Math.log10(p)).toBeCloseTo(-178.8294, 3)
})

test('it names the value at which the samples differ most', () => {
  expect(ksTwoSample(range(10), range(10, 4)).location).toBe(3)
  expect(ksTwoSample(range(10), range(10))).toMatchObject({ statistic: 0, location: Number.NaN, p: 1 })
})

test('the asymptotic p joins the exact one', () => {
  const [a, b] = [range(8000), range(8000, 160)]
  const [exact, asymptotic] = [ksTwoSample(a, b, 'exact').p, ksTwoSample(a, b, 'asymptotic').p]
  expect(asymptotic / exact).toBeCloseTo(1, 1)
  expect(ksTwoSample(a, b).p).toBe(asymptotic)
})
