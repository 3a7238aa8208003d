import { expect, test } from 'vitest'
import { checkFromJSON, checkToJSON, evaluate, satisfiesCondition } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { assertionLabel } from '../../matchers/label.ts'
import { id, type Sql, sql } from '../../src/sql/sql.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'

const orders = dataset(
  [
    { id: 1, billed: 10, paid: 10, channel: 'web', at: new Date('2026-11-01') },
    { id: 2, billed: 10, paid: 12.5, channel: 'web', at: new Date('2026-11-02') },
    { id: 3, billed: null, paid: 4, channel: 'shop', at: new Date('2026-11-03') },
    { id: 4, billed: 8, paid: 9, channel: 'shop', at: new Date('2026-11-04') },
  ],
  { name: 'orders' },
)
const judge = async (condition: Sql, options?: Parameters<typeof satisfiesCondition>[2], data: Dataset = orders) =>
  (await evaluate(satisfiesCondition(data, condition, options)))[0]

test('rows that break a condition are counted and shown, those without an answer are not tested', async () => {
  const result = await judge(sql`paid <= billed + ${0.5} -- a tip`)
  expect(result).toMatchObject({
    status: 'fail',
    title: 'rows where paid <= billed + 0.5 -- a tip',
    counts: { rows: 4, missing: 1, tested: 3, failed: 2 },
  })
  expect(rowsOf(result)).toMatchObject({ rowNumbers: [2, 4], total: 2 })
  expect(rowsOf(await judge(sql`paid <= billed`, { nulls: 'fail' }))).toMatchObject({ rowNumbers: [2, 3, 4], total: 3 })
  expect(await judge(sql`channel = ${'web'} or "at" > ${new Date('2026-11-02')}`)).toMatchObject({ status: 'pass' })
  expect(await judge(sql`paid <= billed + ${0.5}`, { mostly: 0.3, severity: 'warn' })).toMatchObject({ status: 'pass' })
  expect(await judge(sql`billed > 0`, {}, orders.where({ id: 3 }))).toMatchObject({ status: 'vacuous', blocking: true })
})

test('what is no condition over the columns of a row is an error that says so', async () => {
  const said = async (condition: Sql, data: Dataset = orders) => {
    const result = await judge(condition, {}, data)
    expect(result?.status).toBe('error')
    return result?.message
  }
  const refused: readonly (readonly [Sql, RegExp])[] = [
    [sql`payd > 1`, /there is no column "payd"\n.*"paid"/],
    [sql`t is not null`, /there is no column "t"/],
    [sql`1 = 1`, /names no column/],
    [sql`'paid' <> ''`, /names no column/],
    [sql`paid >`, /cannot be parsed/],
    [sql`paid > 1) or (paid < 1`, /cannot be parsed/],
    [sql`paid > 1 order by paid`, /more than one condition/],
    [sql`paid > 1 limit 1`, /more than one condition/],
    [sql`paid > 1 union select 1`, /more than one condition/],
    [sql`paid > 1 window w as (order by paid)`, /./],
    [sql`paid > 1; select 1`, /more than one condition/],
    [sql`paid > (select 1)`, /a query in it/],
    [sql`paid > (from range(1))`, /a query in it/],
    [sql`paid > avg(paid)`, /aggregate/i],
    [sql`row_number() over (order by paid) > 1`, /window/i],
    [sql`least(*columns(*)) > 0`, /stand for many columns/],
    [sql`channel = current_setting('home_directory')`, /may not call/],
    [sql`rowid > 0`, /no column "rowid"/],
    [sql`channel + 1 > 0`, /./],
  ]
  for (const [condition, words] of refused) expect(await said(condition)).toMatch(words)
  expect(() => satisfiesCondition(orders, 'paid > 1' as never)).toThrow(/write it with the tag/)
  expect(() => satisfiesCondition(orders, ((row: object) => row) as never)).toThrow(/toSatisfyRows/)
  expect(() => satisfiesCondition(orders, sql`paid in (select id from ${orders})`)).toThrow(/a table of a query/)
  expect(() => satisfiesCondition(orders, sql`  `)).toThrow(/no condition/)
})

test('parameters of a lambda are no columns, and names of functions no cells', async () => {
  const lists = dataset([{ sizes: [1, 2, 3], year: 2026, day: new Date('2026-01-01') }], { name: 'lists' })
  expect(await judge(sql`len(list_filter(sizes, size -> size > 1)) = 2`, {}, lists)).toMatchObject({ status: 'pass' })
  const failed = await judge(sql`year(day) = 2025`, {}, lists)
  expect(rowsOf(failed)).toMatchObject({ columns: ['day', 'sizes', 'year'], marked: [0] })
})

test('in a contract it is text: the same question, with the same words', async () => {
  const check = satisfiesCondition(orders, sql`paid <= billed + ${0.5} and channel <> ${"o'hara"}`, { mostly: 0.9 })
  const json = checkToJSON(check)
  expect(json).toEqual({
    kind: 'satisfiesCondition',
    condition: "paid <= billed + 0.5 and channel <> 'o''hara'",
    mostly: 0.9,
  })
  const [ours, theirs] = await evaluate([check, checkFromJSON(orders, json)])
  expect({ ...theirs, ms: 0 }).toEqual({ ...ours, ms: 0 })
  expect(() => checkFromJSON(orders, { kind: 'satisfiesCondition', condition: 5 })).toThrow(/write SQL as text/)
  const reading = checkFromJSON(orders, {
    kind: 'satisfiesCondition',
    condition: "paid > (select count(*) from read_text('/etc/passwd'))",
    segmentBy: 'channel',
  })
  const results = await evaluate(reading)
  expect(results.map(({ status }) => status)).toEqual(['error', 'error'])
  expect(results.map(({ message }) => message).join()).toMatch(/a query in it/)
  expect(await evaluate(checkFromJSON(orders, { ...json, segmentBy: 'channel', mostly: 1 }))).toMatchObject([
    { status: 'fail', subject: { slice: 'channel = "shop"' }, counts: { rows: 2, missing: 1, tested: 1, failed: 1 } },
    { status: 'fail', subject: { slice: 'channel = "web"' }, counts: { rows: 2, missing: 0, tested: 2, failed: 1 } },
  ])
})

test('a cell of a text file that is not of its type fails, whatever the condition makes of a missing one', async () => {
  const many = Array.from({ length: 6000 }, (_, i) => `${i},${i + 1}`)
  const file = dataset(await temporaryFile('ab.csv', ['a,b', ...many, '7.5,9', 'x,3', ',4', '9,8'].join('\n')))
  expect(await judge(sql`a < b`, {}, file)).toMatchObject({
    status: 'fail',
    counts: { rows: 6004, missing: 1, tested: 6003, failed: 2 },
    evidence: [{ rowNumbers: [6002, 6004] }],
  })
  expect(await judge(sql`a is null or a < b`, {}, file)).toMatchObject({
    counts: { rows: 6004, missing: 0, tested: 6004, failed: 2 },
  })
})

test('no value of a personal column is told by the words of a condition', async () => {
  const people = dataset([{ mail: 'ada@example.org', age: 3 }], { name: 'people', pii: ['mail'] })
  const result = await judge(sql`Mail <> 'ada@example.org' and age < ${30}`, {}, people)
  expect(result).toMatchObject({ status: 'fail' })
  expect(JSON.stringify(result)).not.toContain('ada@')
  expect(result?.title).toMatch(/^rows where Mail <> /)
  const label = (column: string) =>
    assertionLabel('toSatisfyCondition', people, [sql`${id(column)} <> ${'ada@example.org'}\n  and age < 30`], false)
  expect(label('mail')).toBe('expect(people).toSatisfyCondition(sql`mail <> [redacted] and age < [redacted]`)')
  expect(label('name')).toBe('expect(people).toSatisfyCondition(sql`name <> "ada@example.org" and age < 30`)')
})
