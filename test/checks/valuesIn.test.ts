import { relationOf } from '../../src/dataset/opened.ts'
import { queriesOf } from '../helpers/queries.ts'
import type { AllowedValue } from '../../src/checks/parameters/values.ts'
import { describe, expect, test } from 'vitest'
import { evaluate, valuesIn } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'
import { judge, thrown } from '../helpers/judge.ts'
import { rowsOf } from '../helpers/blocks.ts'

const rows = dataset([
  { id: 1, color: 'red', big: 9007199254740993n, at: new Date('2026-01-01T00:00:00Z'), ok: true, x: 0.5 },
  { id: 2, color: 'Red', big: 9007199254740992n, at: new Date('2026-01-02T12:00:00Z'), ok: false, x: -0 },
  { id: 3, color: null, big: null, at: null, ok: null, x: null },
  { id: 4, color: "'); drop table x; --", big: 1n, at: new Date('2026-01-01T00:00:00Z'), ok: true, x: Number.NaN },
])

test('text is compared exactly, hostile text too, and missing values are not tested', async () => {
  const result = await judge(valuesIn(rows.column('color'), ['red', "'); drop table x; --"]))
  expect(result).toMatchObject({ status: 'fail', counts: { rows: 4, missing: 1, tested: 3, failed: 1 } })
  expect(rowsOf(result)?.rowNumbers).toEqual([2])
  expect((await judge(valuesIn(rows.column('color'), new Set(['red', 'Red', "'); drop table x; --"])))).status).toBe(
    'pass',
  )
})

test('a missing value fails where nulls fail', async () => {
  const result = await judge(valuesIn(rows.column('color'), ['red', 'Red', "'); drop table x; --"], { nulls: 'fail' }))
  expect(result).toMatchObject({ status: 'fail', counts: { rows: 4, missing: 0, tested: 4, failed: 1 } })
  expect(rowsOf(result)?.rowNumbers).toEqual([3])
})

test('mostly is inclusive', async () => {
  const check = (mostly: number) => judge(valuesIn(rows.column('color'), ['red', 'Red'], { mostly }))
  expect((await check(2 / 3)).status).toBe('pass')
  expect((await check(0.67)).status).toBe('fail')
})

test('integers beyond 2^53 are told apart, even beside fractions', async () => {
  const result = await judge(valuesIn(rows.column('big'), [9007199254740992n, 1, 0.5, 1e300]))
  expect(result.counts).toEqual({ rows: 4, missing: 1, tested: 3, failed: 1 })
  expect(rowsOf(result)?.rowNumbers).toEqual([1])
})

test('times are compared as instants, given as Date or text', async () => {
  for (const day of ['2026-01-01', '2026-01-01T00:00', '2026-01-01 01:00:00+01:00', new Date('2026-01-01T00:00:00Z')])
    expect((await judge(valuesIn(rows.column('at'), [day]))).counts).toEqual({
      rows: 4,
      missing: 1,
      tested: 3,
      failed: 1,
    })
})

test('numbers: -0 is 0, NaN is in no set; booleans', async () => {
  expect(rowsOf(await judge(valuesIn(rows.column('x'), [0, 0.5])))?.rowNumbers).toEqual([4])
  expect((await judge(valuesIn(rows.column('ok'), [true]))).counts?.failed).toBe(1)
})

test('in a text file a cell that is not of its type fails, whatever the set', async () => {
  const file = await temporaryFile('n.csv', 'n\n1\n2\n\nx\n')
  const result = await judge(valuesIn(dataset(file, { types: { n: 'integer' } }).column('n'), [1, 2]))
  expect(result).toMatchObject({ status: 'fail', counts: { failed: 1 } })
  expect(rowsOf(result)?.rows).toEqual([['x']])
})

test('nothing to judge is vacuous', async () => {
  const empty = rows.where({ id: -1 })
  expect(await judge(valuesIn(empty.column('color'), ['red']))).toMatchObject({ status: 'vacuous', blocking: true })
  expect((await judge(valuesIn(empty.column('color'), ['red'], { allowEmpty: true }))).status).toBe('pass')
})

describe('wrong questions', () => {
  test('are errors at the call', () => {
    const column = rows.column('color')
    expect(thrown(() => valuesIn(column, []))).toMatch(/wrong-argument: valuesIn got no value at all/)
    expect(thrown(() => valuesIn(column, 'red' as never))).toMatch(/got "red", not an array/)
    expect(thrown(() => valuesIn(column, [null] as never))).toMatch(/cannot look for null/)
    expect(thrown(() => valuesIn(column, [Number.NaN]))).toMatch(/cannot look for NaN/)
    expect(thrown(() => valuesIn(column, ['red'], { mosly: 1 } as never))).toMatch(/does not know the option "mosly"/)
    expect(thrown(() => valuesIn(column, ['red'], { mostly: 0 }))).toMatch(/mostly: 0/)
    expect(thrown(() => valuesIn(column, ['red'], { nulls: 'no' } as never))).toMatch(/nulls: "no"/)
  })
  test('a value that the type cannot hold is an error that names the type', async () => {
    const result = await judge(valuesIn(rows.column('id'), ['1']))
    expect(result).toMatchObject({ status: 'error', blocking: true })
    expect(result.message).toMatch(/"id" holds integer values \(BIGINT\), not "1"\n {2}hint: list numbers/)
    expect((await judge(valuesIn(rows.column('at'), ['2026-02-30']))).message).toMatch(/not "2026-02-30"/)
  })
  test('a column that is not there is an error with the nearest name', async () => {
    expect((await judge(valuesIn(rows.column('colour' as string), ['red']))).message).toMatch(/did you mean "color"/)
  })
})

const day = (i: number) => new Date(Date.UTC(2000, 0, 1) + i * 86_400_000)
const wordy = ["it's", '"', '\\', '', ' ', 'é', '😀', 'a\u0000b', '\u{1}', '[1]', 'null', '$1', "'); drop table t; --"]

test.each<[string, readonly unknown[], readonly AllowedValue[]]>([
  [
    'text',
    [...wordy, 'v1', 'v7', 'gone', null],
    [...wordy.slice(2), ...Array.from({ length: 400 }, (_, i) => `v${i}`)],
  ],
  ['integers', [0, 5, 399, 400, -1, null], Array.from({ length: 400 }, (_, i) => i)],
  [
    'big integers',
    [2n ** 60n, 2n ** 60n + 1n, 2n ** 60n + 400n, null],
    Array.from({ length: 400 }, (_, i) => 2n ** 60n + BigInt(2 * i)),
  ],
  [
    'doubles',
    [0.1, 0.30000000000000004, 0.3, 1e300, -0, 12.5, null],
    [...Array.from({ length: 400 }, (_, i) => i / 10), 0.1 + 0.2],
  ],
  ['dates', [day(0), day(399), day(400), null], Array.from({ length: 400 }, (_, i) => day(i))],
])('a long list of %s finds what a set of them does', async (_, cells, allowed) => {
  const key = (value: unknown) => (value instanceof Date ? value.getTime() : value)
  const members = new Set(allowed.map(key))
  const data = dataset(cells.map((x) => ({ x: x as string | null })))
  const [result] = await evaluate(valuesIn(data.column('x'), allowed))
  const present = cells.filter((cell) => cell !== null)
  expect(result?.counts).toMatchObject({ missing: 1, failed: present.filter((cell) => !members.has(key(cell))).length })
  expect(await data.where({ x: [...allowed] as never }).rows()).toHaveLength(
    present.filter((cell) => members.has(key(cell))).length,
  )
})

test('a long list is one parameter of its query, however many values it has', async () => {
  const data = dataset([{ x: 'a' }])
  const relation = await relationOf(data)
  const seen = await queriesOf(relation, () =>
    evaluate(
      valuesIn(
        data.column('x'),
        Array.from({ length: 5000 }, (_, i) => `v${i}`),
      ),
    ),
  )
  expect(seen.some((text) => text.includes('from_json('))).toBe(true)
  expect(seen.every((text) => (text.match(/, 'v\d/g) ?? []).length < 10)).toBe(true)
})
