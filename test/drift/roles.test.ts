import { describe, expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { compare, effectOf, many, normal, only, random } from './data.ts'

const DAY = 86_400_000
/** Orders of so many days from a day on, 40 a day, more of them in the evening. */
function orders(days: number, first: number, seed: number, hour = 18) {
  const next = random(seed)
  return many(days * 40, (i) => ({
    id: first * 40 + i,
    order_ref: `o-${first * 40 + i}`,
    created_at: new Date(Date.UTC(2026, 0, 5) + (first + Math.floor(i / 40)) * DAY + (hour + 4 * next()) * 3_600_000),
    channel: next() < 0.3 ? 'shop' : 'web',
    amount: 20 + 5 * normal(next),
  }))
}
const statuses = (results: Awaited<ReturnType<typeof compare>>) =>
  results.map(({ subject, status, blocking }) => [subject.column, status, blocking])

describe('a table of orders', () => {
  test('month against month is green: ids are listed once, times are compared by hour and weekday', async () => {
    const results = await compare(dataset(orders(28, 28, 1)), dataset(orders(28, 0, 2)), { onInconclusive: 'fail' })
    expect(statuses(results)).toEqual([
      ['created_at', 'pass', false],
      ['channel', 'pass', false],
      ['amount', 'pass', false],
      ['id, order_ref', 'skipped', false],
    ])
    expect(effectOf(results[0])).toMatchObject({ method: 'hourAndWeekday' })
    expect(results[3]).toMatchObject({
      measured: 'not compared',
      message: expect.stringContaining('"id" (identifiers)'),
    })
  })

  test('a table split at random is green, and its key is left out', async () => {
    const next = random(3)
    const rows = orders(60, 0, 4)
    const half = rows.map(() => next() < 0.5)
    const side = (which: boolean) =>
      dataset(
        rows.filter((_, i) => half[i] === which),
        { key: 'id' },
      )
    const results = await compare(side(true), side(false))
    expect(statuses(results)).toEqual([
      ['created_at', 'pass', false],
      ['channel', 'pass', false],
      ['amount', 'pass', false],
      ['order_ref', 'skipped', false],
    ])
    const named = await compare(side(true), side(false), { columns: ['id', 'amount'] })
    expect(named.map(({ subject }) => subject.column)).toEqual(['id', 'amount'])
  })

  test('orders that come at another hour have drifted', async () => {
    const results = await compare(dataset(orders(28, 28, 5, 9)), dataset(orders(28, 0, 6)), { columns: ['created_at'] })
    expect(results[0]).toMatchObject({ status: 'fail' })
    expect(effectOf(results[0])).toMatchObject({ method: 'hourAndWeekday' })
    expect(results[0]?.message).toMatch(/new: .*09:00/)
  })

  test('what is listed changes nothing of what is judged', async () => {
    const [now, then] = [orders(28, 28, 1), orders(28, 0, 2)]
    const without = (rows: ReturnType<typeof orders>) => rows.map(({ id: _, order_ref: __, ...rest }) => rest)
    const all = await compare(dataset(now), dataset(then))
    const some = await compare(dataset(without(now)), dataset(without(then)))
    const adjusted = (results: typeof all) =>
      results.flatMap((one) => (effectOf(one) ? [effectOf(one)?.adjustedP, effectOf(one)?.interval] : []))
    expect(adjusted(all)).toEqual(adjusted(some))
  })

  test('a day has no weekdays to compare, and older data than the reference is said to be', async () => {
    const day = await compare(dataset(orders(1, 40, 1)), dataset(orders(28, 0, 2)))
    expect(day.at(-1)).toMatchObject({
      status: 'skipped',
      message: expect.stringContaining('"created_at" (times that move on)'),
    })
    const swapped = await compare(dataset(orders(28, 0, 1)), dataset(orders(28, 28, 2)))
    expect(swapped.at(-1)?.message).toContain('are the sides swapped?')
  })
})

describe('identifiers', () => {
  test('repeated ones that are all new are no categories, while renamed categories are drift', async () => {
    const side = (from: number, upper = false) =>
      dataset(
        many(1200, (i) => {
          const customer = `u${from + (i % 400)}`
          return { customer, city: `${upper ? 'CITY' : 'city'}${i % 60}`, n: i % 3 }
        }),
      )
    const results = await compare(side(1000, true), side(0))
    const failed = results.filter(({ status }) => status === 'fail')
    expect(failed.map(({ subject }) => subject.column)).toContain('city')
    expect(failed.map(({ measured }) => measured).join()).toContain('share of new values = 1')
    expect(results.at(-1)).toMatchObject({ status: 'skipped', subject: { column: 'customer' } })
  })

  test('whole numbers that move on but repeat are compared: a year, a count', async () => {
    const results = await compare(
      dataset(many(900, (i) => ({ year: 2026, visits: 1000 + (i % 40) }))),
      dataset(many(900, (i) => ({ year: 2025, visits: i % 40 }))),
    )
    expect(statuses(results)).toEqual([
      ['year', 'fail', true],
      ['visits', 'fail', true],
    ])
  })

  test('a table of nothing but identifiers is not green', async () => {
    const result = await compare(dataset(many(300, (i) => ({ id: i + 300 }))), dataset(many(300, (i) => ({ id: i }))))
    expect(result.at(-1)).toMatchObject({ status: 'vacuous', blocking: true })
  })
})

describe('roles', () => {
  const rows = (seed: number) => dataset(orders(28, 0, seed))
  test('label and prediction are named, ignored columns are left out, times go by hour and weekday', async () => {
    const results = await compare(rows(1), rows(2), {
      roles: { label: 'channel', prediction: 'amount', time: 'created_at', ignore: ['order_ref', 'id'] },
    })
    expect(results.map(({ subject, title }) => [subject.column, title])).toEqual([
      ['created_at', 'no drift from records'],
      ['channel', 'no label drift from records'],
      ['amount', 'no prediction drift from records'],
    ])
    expect(effectOf(results[0])?.method).toBe('hourAndWeekday')
  })

  test.each([
    [{ labels: 'x' }, /did you mean label\?/],
    [{ label: ['x'] }, /roles: label: \["x"\]/],
    [{ label: 'x', prediction: 'x' }, /two roles for column "x"/],
    [null, /null as options/],
    [['x'], /an array as options/],
  ])('%j is an error at once', (roles, message) => {
    expect(() => noDriftFrom(rows(1), rows(2), { roles: roles as never })).toThrow(message)
  })

  test('a label or prediction is judged whatever it looks like: an identifier, free text, a key, a column of one side', async () => {
    const [id] = await compare(rows(1), rows(2), { roles: { label: 'id' } })
    expect(id).toMatchObject({ status: 'pass', title: 'no label drift from records', subject: { column: 'id' } })
    const keyed = await compare(dataset(orders(28, 28, 1), { key: 'id' }), rows(2), { roles: { prediction: 'id' } })
    expect(keyed[0]).toMatchObject({ status: 'fail', subject: { column: 'id' } })
    const text = await compare(rows(1), rows(2), { roles: { label: 'order_ref' } })
    expect(text.find(({ subject }) => subject.column === 'order_ref')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('identifiers or free text'),
    })
    const without = dataset(orders(28, 0, 2).map(({ channel, ...rest }) => ({ ...rest, Channel: channel })))
    expect(await only(rows(1), without, { roles: { label: 'channel' } })).toMatchObject({
      status: 'error',
      message: expect.stringMatching(/the reference has no column "channel"\n.*did you mean "Channel"\?/),
    })
  })

  test.each(['limit', 'method', 'confidence', 'onInconclusive'])(
    '%s of a column by its name asks for a verdict on it, though it looks like an identifier',
    async (name) => {
      const value = { limit: 0.1, method: 'kolmogorovSmirnov', confidence: 0.9, onInconclusive: 'fail' }[name]
      const [id] = await compare(rows(1), rows(2), { [name]: { id: value } })
      expect(id).toMatchObject({ status: 'pass', subject: { column: 'id' } })
    },
  )

  test.each([
    ['amount', /roles: time: "amount", a column of number values/],
    ['channel', /roles: time: "channel", a column of string values/],
  ])('a time role of %s, which holds no times, is an error', async (time, message) => {
    const results = await compare(rows(1), rows(2), { roles: { time } })
    expect(results.find(({ subject }) => subject.column === time)).toMatchObject({
      status: 'error',
      message: expect.stringMatching(message),
    })
  })

  test('a time without any value is drift of missing ones, no error', async () => {
    const timeless = dataset(orders(28, 0, 1).map((row) => ({ ...row, created_at: null })))
    const [time] = await compare(timeless, rows(2), { roles: { time: 'created_at' }, columns: ['created_at'] })
    expect(time).toMatchObject({ status: 'fail', message: expect.stringContaining('missing 0 % → 100 %') })
  })

  test('a role of a column that is not there is an error', async () => {
    expect(await only(rows(1), rows(2), { roles: { label: 'chanel' } })).toMatchObject({
      status: 'error',
      message: expect.stringContaining('did you mean "channel"?'),
    })
  })
})

test.each([
  [{ clusterBy: 'channel' }, 'clusterBy'],
  [{ segmentBy: 'channel' }, 'segmentBy'],
  [{ windows: { time: 'channel', every: 'week' } }, 'windows'],
] as const)('a label that rows are grouped by is an error: %j', (options, name) => {
  const rows = dataset(orders(2, 0, 1))
  expect(() => noDriftFrom(rows, rows, { ...options, roles: { label: 'channel' } })).toThrow(
    `got column "channel" as label and in ${name}`,
  )
})

test.each([
  [{ segmentBy: 'channel' }, 'segmentBy'],
  [{ windows: { time: 'channel', every: 'week' } }, 'windows'],
  [{ except: ['channel'] }, 'except'],
  [{ roles: { ignore: 'channel' } }, 'roles.ignore'],
] as const)('so is a column that is named to be compared, and left out: %j', (left, name) => {
  const rows = dataset(orders(2, 0, 1))
  const settings = {
    columns: ['amount', 'channel'],
    limit: { channel: 0.2 },
    method: { channel: 'cramersV' },
    confidence: { channel: 0.9 },
    onInconclusive: { channel: 'fail' },
  } as const
  for (const [setting, value] of Object.entries(settings))
    expect(() => noDriftFrom(rows, rows, { ...left, [setting]: value })).toThrow(
      `got column "channel" in ${setting} and in ${name}`,
    )
})

test.each([
  [{ segmentBy: 'channel' }, 'segmentBy'],
  [{ windows: { time: 'channel', every: 'week' } }, 'windows'],
] as const)('so is the one column that is compared, which has one value within a segment: %j', (cut, name) => {
  const rows = dataset(orders(2, 0, 1))
  expect(() => noDriftFrom(rows.column('channel'), rows.column('channel'), cut)).toThrow(
    `got column "channel" as what is compared and in ${name}`,
  )
})

test('columns that are spelled in another case alone are named, and nothing left to compare is said to be', async () => {
  const rows = (name: string) => dataset(many(300, (i) => ({ [name]: i })))
  expect(await only(rows('Amount'), rows('amount'), { columns: ['amount'] })).toMatchObject({
    status: 'error',
    message: expect.stringContaining('in the current data "amount" is "Amount"'),
  })
  expect(await only(rows('amount'), rows('amount'), { except: ['amount'] })).toMatchObject({
    status: 'error',
    message: expect.stringContaining('no column is left to compare'),
  })
})

test('a column that is spelled in another case is named', async () => {
  const [amount] = await compare(
    dataset(many(300, (i) => ({ Amount: i, x: 1 }))),
    dataset(many(300, (i) => ({ amount: i, x: 1 }))),
  ).then((results) => results.filter(({ subject }) => subject.column === 'amount'))
  expect(amount?.message).toContain('it has "Amount"')
})
