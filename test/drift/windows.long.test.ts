import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { join, sql } from '../../src/sql/sql.ts'
import { freeze, noDriftFrom } from '../../src/drift/index.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { numberOf } from '../helpers/blocks.ts'
import { compare, many, normal, random } from './data.ts'

const DAY = 86_400_000
/** Rows of weeks from Monday, 5 January 2026, each of them moved by so much. */
const weeks = (seed: number, shifts: readonly (number | undefined)[]) => {
  const next = random(seed)
  return shifts.flatMap((shift, week) =>
    shift === undefined
      ? []
      : many(1500, () => ({
          at: new Date(Date.UTC(2026, 0, 5 + 7 * week) + Math.floor(7 * next() * DAY)),
          amount: normal(next) + shift,
        })),
  )
}
const then = dataset(weeks(1, [0, 0]), { name: 'then' })
const told = (results: Awaited<ReturnType<typeof compare>>) =>
  results.map(({ subject, status }) => [subject.slice?.slice(-11, -1), status])

test('each window is compared with the reference: what moved from the third week on fails from there', async () => {
  const now = dataset(weeks(2, [0, 0, 0.7, 0.7]), { name: 'now' })
  const results = await compare(now, then, { windows: { time: 'at', every: 'week' } })
  expect(told(results)).toEqual([
    ['2026-01-05', 'pass'],
    ['2026-01-12', 'pass'],
    ['2026-01-19', 'fail'],
    ['2026-01-26', 'fail'],
  ])
  expect(new Set(results.map(({ id }) => id)).size).toBe(4)
  expect(results[0]?.subject.slice).toBe('week of at = "2026-01-05"')
})

test('against the window before, only the step fails', async () => {
  const now = dataset(weeks(2, [0, 0, 0.7, 0.7]), { name: 'now' })
  const results = await compare(now, then, { windows: { time: 'at', every: 'week', against: 'before' } })
  expect(told(results).map(([, status]) => status)).toEqual(['pass', 'pass', 'fail', 'pass'])
  expect(results[2]?.subject.reference).toBe('now where week of at = "2026-01-12"')
})

test('fails are corrected over all windows', async () => {
  const now = dataset(weeks(3, [0.5, 0, 0, 0]), { name: 'now' })
  const options = { findings: false, columns: ['amount'] } as const
  const whole = await compare(dataset(weeks(3, [0.5]), { name: 'now' }), then, options)
  const [first] = await compare(now, then, { ...options, windows: { time: 'at', every: 'week' } })
  expect(numberOf(first)?.adjustedP).toBeCloseTo(4 * (numberOf(whole[0])?.adjustedP ?? 1), 15)
})

test('windows without rows, and rows without a time, are told and fail nothing', async () => {
  const rows = [...weeks(4, [0, undefined, undefined, 0]), ...many(3, () => ({ at: null, amount: 1 }))]
  const results = await compare(dataset(rows), then, { windows: { time: 'at', every: 'week' } })
  const remarks = results.filter(({ status }) => status === 'warn')
  expect(remarks.map(({ message, blocking }) => [message, blocking])).toEqual([
    ['3 rows without a time are in no window', false],
    ['2 weeks without rows, the first from 2026-01-12', false],
  ])
})

test.each([
  ['hour', 'hour of at = "2026-01-05 00:00:00"'],
  ['day', 'day of at = "2026-01-05"'],
  ['month', 'month of at = "2026-01-01"'],
  ['quarter', 'quarter of at = "2026-01-01"'],
  ['year', 'year of at = "2026-01-01"'],
] as const)('windows of a %s begin with it', async (every, slice) => {
  const now = dataset(weeks(2, [0]).filter(({ at }) => at.getTime() < Date.UTC(2026, 0, 8)))
  const [first] = await compare(now, then, { windows: { time: 'at', every } })
  expect(first?.subject.slice).toBe(slice)
})

test('a frozen reference serves, and what cannot be cut is an error', async () => {
  const now = dataset(weeks(2, [0, 0.9]))
  const windows = { time: 'at', every: 'week' } as const
  const frozen = await evaluate(noDriftFrom(now, await freeze(then), { windows }))
  expect(frozen.map(({ status }) => status)).toEqual(['pass', 'fail'])
  const refused = async (options: object) => (await compare(now, then, options as never))[0]?.message
  expect(await refused({ windows: { time: 'amount', every: 'week' } })).toContain('a column of number values')
  expect(() => noDriftFrom(now, then, { windows: { time: 'at', every: 'fortnight' as never } })).toThrow(
    /every: "fortnight"\n.*hour, day, week, month, quarter, year/,
  )
  expect(() => noDriftFrom(now, then, { windows: { time: 'at' } as never })).toThrow(/every: undefined/)
  expect(() => noDriftFrom(now, then, { windows, segmentBy: 'amount' })).toThrow(/windows and segmentBy/)
  expect(() => noDriftFrom(now, then, { windows: { ...windows, time: 'att' } })).not.toThrow()
  expect(await refused({ windows: { ...windows, time: 'att' } })).toContain('att')
  const long = dataset(many(300, (i) => ({ at: new Date(i * DAY), amount: i })))
  expect((await compare(long, then, { windows: { time: 'at', every: 'day' } }))[0]?.message).toContain(
    'of which there are 300, and judges 200 at most',
  )
})

test('windows of infinite times and of years beyond four digits stand in the order of time', async () => {
  const times = ['infinity', '12000-01-01', '2026-01-02', '9999-12-31', '2026-01-01', '0044-03-15 (BC)', '-infinity']
  const all = times.map((time, i) => sql`select ${time}::timestamp as at, ${i} + r.n as i from range(20) as r(n)`)
  const now = dataset(sql`${join(all, ' union all ')}`)
  const results = await compare(now, dataset(many(20, (i) => ({ i: i % 7 }))), {
    windows: { time: 'at', every: 'day' },
  })
  expect(results.flatMap(({ subject }) => subject.slice ?? [])).toEqual(
    ['-infinity', '0044-03-15 (BC)', '2026-01-01', '2026-01-02', '9999-12-31', '12000-01-01', 'infinity'].map(
      (time) => `day of at = "${time}"`,
    ),
  )
  expect(results.at(-1)?.message).toBe('at least 10,000 days without rows, the first from 2026-01-03')
})

test('against the window before, no window is compared with an infinite time, nor an infinite time with a window', async () => {
  const all = ['infinity', '2026-01-01', '2026-01-02', '-infinity'].map(
    (time, i) => sql`select ${time}::timestamp as at, ${i} + r.n as i from range(20) as r(n)`,
  )
  const results = await compare(
    dataset(sql`${join(all, ' union all ')}`, { name: 'now' }),
    dataset(
      many(20, (i) => ({ i: i % 7 })),
      { name: 'then' },
    ),
    { windows: { time: 'at', every: 'day', against: 'before' } },
  )
  const compared = results.filter(({ subject }) => subject.column === 'i')
  expect(compared.map(({ subject }) => subject.reference)).toEqual([
    'then',
    'then',
    'now where day of at = "2026-01-01"',
    'then',
  ])
})
