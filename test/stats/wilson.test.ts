import { expect, test } from 'vitest'
import { normalQuantile } from '../../src/stats/normalQuantile.ts'
import { wilsonInterval } from '../../src/stats/wilson.ts'

test('normal quantiles agree with tables', () => {
  expect(normalQuantile(0.5)).toBe(0)
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
  expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12)
  expect(normalQuantile(0.2)).toBeCloseTo(-0.8416212335729142, 14)
  expect([normalQuantile(0), normalQuantile(1), normalQuantile(2)]).toEqual([
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ])
})

test('Wilson intervals agree with Newcombe (1998), table I', () => {
  const rounded = (passed: number, n: number) => wilsonInterval(passed, n).map((end) => Number(end.toFixed(4)))
  expect(rounded(81, 263)).toEqual([0.2553, 0.3662])
  expect(rounded(15, 148)).toEqual([0.0624, 0.1605])
  expect(rounded(0, 20)).toEqual([0, 0.1611])
  expect(rounded(1, 29)).toEqual([0.0061, 0.1718])
  expect(rounded(0, 0)).toEqual([0, 1])
  expect(rounded(20, 20)).toEqual([0.8389, 1])
})
