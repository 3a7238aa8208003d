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
  expect(whole(await compare(rows(2, 2), then, { driftedShare: 0.2 }))?.status).toBe('pass')
  const most = whole(await compare(rows(3, 4), then, { driftedShare: 0.3 }))
  expect(most).toMatchObject({ status: 'fail', blocking: true, message: 'drifted: "c0", "c1", "c2", "c3"' })
})

test('columns that are undecided leave it undecided, and lost ones count as drifted', async () => {
  const few = whole(await compare(rows(4, 0, 20), rows(5, 0, 20), { driftedShare: 0.3, onInconclusive: 'fail' }))
  expect(few).toMatchObject({ status: 'inconclusive', blocking: true })
  const lists = dataset(many(2000, (i) => ({ c0: i % 7, list: [`${i % 5}`] })))
  const apart = whole(await compare(lists, lists, { driftedShare: 0.3 }))
  expect(apart).toMatchObject({ status: 'inconclusive', measured: '0 % of 2 columns, 1 more undecided' })
  const then = rows(6, 0)
  const lost = whole(await compare(dataset(many(2000, (i) => ({ c9: Math.sin(i) }))), then, { driftedShare: 0.3 }))
  expect(lost).toMatchObject({ status: 'fail', value: 1 })
})

test('a column that drifted by a finding is none that is quiet, and one that is not compared counts for nothing', async () => {
  const side = (change: (i: number) => Readonly<Record<string, unknown>>) =>
    dataset(many(5000, (i) => ({ id: i, a: i % 100, b: i % 100, c: i % 100, ...change(i) })))
  const then = side(() => ({}))
  const judged = async (change: (i: number) => Readonly<Record<string, unknown>>) =>
    whole(await compare(side(change), then, { driftedShare: 0.4, findings: { missing: 0.01 } }))
  const gone = (i: number) => (i % 33 === 0 ? null : i % 100)
  const near = (i: number) => (i % 100 < 10 ? (i % 100) + 10 : i % 100)
  expect(await judged((i) => ({ b: near(i) }))).toMatchObject({
    status: 'pass',
    measured: '0 % of 3 columns, 1 more undecided',
  })
  expect(await judged((i) => ({ a: gone(i) }))).toMatchObject({ status: 'pass', measured: '33.3 % of 3 columns' })
  const both = await judged((i) => ({ a: gone(i), b: near(i) }))
  expect(both).toMatchObject({ status: 'inconclusive', value: 1 / 3 })
  expect(both?.message).toBe('too little evidence in 1 column; drifted: "a"')
  const ids = (first: number) => dataset(many(500, (i) => ({ id: first + i })))
  expect(whole(await compare(ids(500), ids(0), { driftedShare: 0.4 }))).toMatchObject({
    status: 'vacuous',
    blocking: true,
  })
})

test('a share that is none, one of a single column, and what is said of columns that only warn are errors', () => {
  const then = rows(7, 0, 10)
  expect(() => noDriftFrom(then, then, { driftedShare: 30 })).toThrow(/driftedShare: 30/)
  expect(() => noDriftFrom(then, then, { driftedShare: 0.3, onInconclusive: { '*': 'warn', c1: 'fail' } })).toThrow(
    'got driftedShare and onInconclusive for column "c1"',
  )
  expect(() => noDriftFrom(then.column('c1'), then.column('c1'), { driftedShare: 0.3 })).toThrow(/one column/)
})
