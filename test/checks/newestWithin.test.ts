import { expect, test } from 'vitest'
import { checkFromJSON, checkToJSON, evaluate, newestWithin } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

const now = new Date('2026-11-28T06:00:00Z')
const judge = async (values: readonly (Date | null)[], age: Parameters<typeof newestWithin>[1], at = now) =>
  (await evaluate(newestWithin(dataset(values.map((day) => ({ day }))).column('day'), age), { now: at }))[0]

test('the newest time is as old as the run says, and the limits of its age add up', async () => {
  const times = [new Date('2026-11-26T03:00:00Z'), null, new Date('2026-11-27T03:00:00Z')]
  expect(await judge(times, { days: 1, hours: 3 })).toMatchObject({
    status: 'pass',
    title: 'newest value at most 1 day 3 hours old',
    measured: '1 day 3 hours old (2026-11-27T03:00:00Z)',
    value: 27,
    limit: { max: 27 },
  })
  expect(await judge(times, { days: 1, hours: 2, minutes: 59 })).toMatchObject({ status: 'fail' })
  expect(await judge([null], { hours: 1 })).toMatchObject({ status: 'vacuous', blocking: true })
})

test('what lies ahead of the run says nothing of the age of the rest', async () => {
  const ahead = await judge([new Date('2026-11-28T00:00:00Z'), new Date('2062-11-28T00:00:00Z')], { hours: 24 })
  expect(ahead).toMatchObject({
    status: 'fail',
    measured: expect.stringMatching(/^13,148 days 18 hours ahead \(2062-11-28\)/),
    message: expect.stringMatching(/ahead of the run/),
  })
  const file = dataset(await temporaryFile('days.csv', 'day\n2026-11-29\n'))
  const days = async (at: string) =>
    (await evaluate(newestWithin(file.column('day'), { hours: 1 }), { now: new Date(at) }))[0]?.status
  expect([await days('2026-11-28T09:59:00Z'), await days('2026-11-28T10:00:00Z')]).toEqual(['fail', 'pass'])
  const minutes = (count: number) => judge([new Date(now.getTime() + count * 60_000)], { hours: 1 })
  expect([(await minutes(5))?.status, (await minutes(6))?.status]).toEqual(['pass', 'fail'])
})

test('in a text file days are days whatever the first rows look like, and a cell that is none fails', async () => {
  const file = async (...cells: readonly string[]) => dataset(await temporaryFile('t.csv', ['at', ...cells].join('\n')))
  const fresh = await file('2026-11-27 20:00:00', '2026-11-28 05:00:00')
  expect(await evaluate(newestWithin(fresh.column('at'), { hours: 2 }), { now })).toMatchObject([
    { status: 'pass', measured: '1 hour old (2026-11-28T05:00:00Z)' },
  ])
  const broken = await file('2026-11-27', 'yesterday', '2026-11-28')
  expect(await evaluate(newestWithin(broken.column('at'), { hours: 48 }), { now })).toMatchObject([
    { status: 'fail', measured: 'no newest value: 1 cell of 3 is no date', evidence: [{ rowNumbers: [2] }] },
  ])
  const numbers = dataset([{ n: 5 }], { name: 'numbers' })
  expect(await evaluate(newestWithin(numbers.column('n'), { hours: 1 }), { now })).toMatchObject([{ status: 'error' }])
})

test('it stands in contracts, is one question whatever the age, and takes no age that is none', async () => {
  const column = dataset([{ day: new Date('2026-11-27'), shop: 'a' }], { name: 'orders' }).column('day')
  const check = newestWithin(column, { days: 2 }, { severity: 'warn' })
  const json = { kind: 'newestWithin', column: 'day', age: { days: 2 }, severity: 'warn' }
  expect(checkToJSON(check)).toEqual(json)
  const [ours, theirs] = await evaluate([check, checkFromJSON(column.dataset, json)], { now })
  expect(theirs?.id).toBe(ours?.id)
  const [other] = await evaluate(newestWithin(column, { days: 3 }), { now })
  expect(other?.trend).toBe(ours?.trend)
  for (const age of [
    {},
    { weeks: 1 },
    { hours: -1 },
    { hours: 0 },
    { hours: '1' },
    { days: Number.NaN },
    { days: 1e305 },
    24,
    null,
  ])
    expect(() => newestWithin(column, age as never), JSON.stringify(age)).toThrow(/some of days, hours and minutes/)
})

test('of a personal column no instant is told', async () => {
  const people = dataset([{ born: new Date('2026-11-27T01:02:03Z') }], { name: 'people', pii: ['born'] })
  const [result] = await evaluate(newestWithin(people.column('born'), { hours: 1 }), { now })
  expect(result).toMatchObject({ status: 'fail' })
  expect(JSON.stringify(result)).not.toMatch(/01:02:03|28\.9/)
})
