import { expect, test } from 'vitest'
import { normalQuantile } from '../../src/stats/normalQuantile.ts'
import { seeded } from '../../src/stats/random.ts'
import { sortNumbers } from '../../src/stats/sortNumbers.ts'

const next = seeded(9)
const strange = [0, -0, 1, -1, 5e-324, -5e-324, 1e308, -1e308, Infinity, -Infinity, Number.MAX_VALUE, 2 ** 53, 1 / 3]

test.each<[string, () => number]>([
  ['shares', next],
  ['normal numbers', () => normalQuantile(next())],
  ['whole numbers', () => Math.floor(next() * 1000) - 500],
  ['one number', () => 7],
  ['numbers that differ in their last digits', () => 1 + Math.floor(2 ** 30 * next()) * 2 ** -52],
  ['negative numbers that do', () => -1e9 - 1e-6 * Math.floor(next() * 1000)],
  ['few that do, beside others', () => (next() < 0.001 ? 1 + next() * 1e-9 : next() * 3)],
  ['instants', () => 1.7e12 + Math.floor(next() * 1e10)],
  ['numbers of every size', () => (next() < 0.5 ? -1 : 1) * 2 ** (2000 * next() - 1000)],
  ['strange ones', () => strange[Math.floor(next() * strange.length)] as number],
])('%s are sorted as the engine sorts them, to the sign of 0', (_, draw) => {
  for (const count of [0, 1, 100, 7000, 30_000]) {
    const numbers = Float64Array.from({ length: count }, draw)
    const sorted = sortNumbers(numbers.slice())
    const wanted = numbers.slice().sort()
    expect(sorted.every((value, i) => Object.is(value, wanted[i]))).toBe(true)
    expect(sorted).toHaveLength(count)
  }
})

test('a part of an array is sorted alone', () => {
  const whole = Float64Array.from({ length: 50_000 }, next)
  const before = whole.slice(0, 10)
  sortNumbers(whole.subarray(10))
  expect(whole.slice(0, 10)).toEqual(before)
  expect(whole.subarray(10).every((value, i, all) => i === 0 || (all[i - 1] as number) <= value)).toBe(true)
})
