import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { compare, many, normal, random } from './data.ts'

/** Ten columns, of which the first so many moved. */
const rows = (seed: number, moved: number, count = 2000) => {
  const next = random(seed)
  const names = many(10, (i) => `c${i}`)
  return dataset(
    many(count, () => Object.fromEntries(names.map((name, i) => [name, normal(next) + (i < moved ? 1 : 0)]))),
  )
}
const whole = (results: Awaited<ReturnType<typeof compare>>) => results.find(({ subject }) => !subject.column)

test('a dataset is judged by the share of its columns that drifted, which themselves only warn', async () => {
  const then = rows(1, 0)
  const some = await compare(rows(2, 2), then, { driftedShare: 0.3 })
  expect(whole(some)).toMatchObject({ status: 'pass', value: 0.2, expected: 'share of drifted columns at most 0.3' })
  expect(some.some(({ blocking }) => blocking)).toBe(false)
  expect(some.filter(({ status }) => status === 'warn').map(({ subject }) => subject.column)).toEqual(['c0', 'c1'])
  const most = whole(await compare(rows(3, 4), then, { driftedShare: 0.3 }))
  expect(most).toMatchObject({ status: 'fail', blocking: true, message: 'drifted: "c0", "c1", "c2", "c3"' })
})

test('columns that are undecided leave it undecided, and lost ones count as drifted', async () => {
  const few = whole(await compare(rows(4, 0, 20), rows(5, 0, 20), { driftedShare: 0.3, onInconclusive: 'fail' }))
  expect(few).toMatchObject({ status: 'inconclusive', blocking: true })
  const then = rows(6, 0)
  const lost = whole(await compare(dataset(many(2000, (i) => ({ c9: Math.sin(i) }))), then, { driftedShare: 0.3 }))
  expect(lost).toMatchObject({ status: 'fail', value: 1 })
})

test('a share that is none, and one of a single column, are errors', () => {
  const then = rows(7, 0, 10)
  expect(() => noDriftFrom(then, then, { driftedShare: 30 })).toThrow(/driftedShare: 30/)
  expect(() => noDriftFrom(then.column('c1'), then.column('c1'), { driftedShare: 0.3 })).toThrow(/one column/)
})
