import { expect, test } from 'vitest'
import { normalQuantile } from '../../src/stats/normalQuantile.ts'
import { seeded } from '../../src/stats/random.ts'
import { sortedNumbers } from '../../src/stats/sortedNumbers.ts'
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
  ['numbers of a long tail', () => 1 / (1 - next())],
  ['numbers of two tails', () => Math.sinh(12 * normalQuantile(next()))],
  ['heaps of numbers that lie close', () => Math.floor(next() * 40) + 1e-9 * next()],
  ['heaps beside one number far off', () => (next() < 1e-4 ? 1e6 : Math.floor(next() * 9) + 1e-9 * next())],
  ['numbers over the whole range', () => (next() - 0.5) * 2 * Number.MAX_VALUE],
  ['the least numbers', () => Math.floor(next() * 30_000) * 5e-324],
  ['zeros of both signs, and few others', () => (next() < 0.01 ? next() - 0.5 : next() < 0.5 ? 0 : -0)],
  ['strange ones', () => strange[Math.floor(next() * strange.length)] as number],
])('%s are sorted as the engine sorts them, to the sign of 0', (_, draw) => {
  for (const count of [0, 1, 100, 7000, 20_000]) {
    const numbers = Float64Array.from({ length: count }, draw)
    const [given, wanted] = [numbers.slice(), numbers.slice().sort()]
    for (const sorted of [sortNumbers(numbers.slice()), sortedNumbers(given)]) {
      expect(sorted.every((value, i) => Object.is(value, wanted[i]))).toBe(true)
      expect(sorted).toHaveLength(count)
    }
    expect(given.every((value, i) => Object.is(value, numbers[i]))).toBe(true)
  }
})

test.each([0, 1, 50, 9000])(
  'infinities stand at the ends, and what is not a number behind them: %i of each',
  (count) => {
    const finite = Float64Array.from({ length: 10_000 }, () => normalQuantile(next()))
    const strange = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].flatMap((value) =>
      Array.from({ length: count }, () => value),
    )
    const numbers = Float64Array.from([...finite.subarray(0, 3000), ...strange, ...finite.subarray(3000)])
    const whole = new Float64Array(numbers.length + 2).fill(7)
    const [sorted, wanted] = [sortedNumbers(numbers, whole.subarray(1, -1)), numbers.slice().sort()]
    expect(sorted.every((value, i) => Object.is(value, wanted[i]))).toBe(true)
    expect([whole[0], whole.at(-1)]).toEqual([7, 7])
  },
)

test('a part of an array is sorted alone', () => {
  const whole = Float64Array.from({ length: 50_000 }, next)
  const before = whole.slice(0, 10)
  sortNumbers(whole.subarray(10))
  expect(whole.slice(0, 10)).toEqual(before)
  expect(whole.subarray(10).every((value, i, all) => i === 0 || (all[i - 1] as number) <= value)).toBe(true)
})
