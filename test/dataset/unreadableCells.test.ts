import { expect, test } from 'vitest'
import { evaluate, noMissing, rowCount } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'
import { textFiles } from '../formats/text/helpers.ts'
import { rowsOf } from '../helpers/blocks.ts'

const file = textFiles()

/** A text that is no value of its column, by the column's type. */
const cells = [
  ['integer', '1', '9.4'],
  ['number', '1.5', '1,5'],
  ['date', '2024-01-05', '2024-02-30'],
  ['timestamp', '2024-01-05 10:00:00', '2024-01-05 10:00:00+02'],
  ['time', '10:00:00', '25:00:00'],
  ['boolean', 'true', 'yes'],
] as const

const open = (type: string, usual: string, text: string, options = {}) =>
  dataset(file(`${type}.csv`, `v,w\n"${usual}",x\n"${text}",y\n,z\n`), { types: { v: type as 'integer' }, ...options })

test.each(cells)('of a column of %s, rows() hands over %s as a value and %s as text', async (type, usual, text) => {
  const rows = await open(type, usual, text).rows()
  expect(rows[1]).toEqual({ v: text, w: 'y' })
  expect(rows[2]).toEqual({ v: null, w: 'z' })
  expect(rows[0]?.v).not.toBeNull()
})

test.each(cells)('of a column of %s, toArrow() refuses what is no %s: %s', async (type, usual, text) => {
  await expect(open(type, usual, text).toArrow()).rejects.toThrow(
    `toArrow(): column "v" of row 2 holds ${JSON.stringify(text)}, which is no ${type}\n  hint: say what it is: { types:`,
  )
  expect((await open(type, usual, text).where({ w: 'x' }).toArrow()).numRows).toBe(1)
})

test.each(cells)(
  'of a column of %s, where() takes neither %s for %s nor that for missing',
  async (type, usual, text) => {
    const data = open(type, usual, text)
    expect(await data.where({ v: null }).rows()).toEqual([{ v: null, w: 'z' }])
  },
)

test.each(cells)('a query over a column of %s with %s and %s fails its assertions', async (type, usual, text) => {
  const input = open(type, usual, text, { name: 'orders' })
  const [judged, finding] = await evaluate(rowCount(dataset(sql`select v from ${input}`), 3))
  expect(judged).toMatchObject({ status: 'pass' })
  const an = type === 'integer' ? 'an integer' : `a ${type}`
  expect(finding).toMatchObject({ kind: 'wellFormed', status: 'fail', value: 1 })
  expect(rowsOf(finding)?.rows[0]).toEqual([
    '3',
    'v',
    `1 cell of "v" in "orders", not written like ${an}, is null in the query`,
    text,
    expect.stringContaining(`${type}.csv`),
  ])
})

test('a query is only told of cells that it may read', async () => {
  const input = open('integer', '1', '9.4', { name: 'orders' })
  const findings = async (query: ReturnType<typeof sql>) =>
    (await evaluate(rowCount(dataset(query), { min: 1 }))).slice(1).map(({ status }) => status)
  for (const query of [
    sql`select * from ${input}`,
    sql`from ${input}`,
    sql`select t.* from ${input} t`,
    sql`select sum(V) from ${input}`,
    sql`select w from ${input} where v is null`,
    sql`select a.w from ${input} a join ${input} b using (v) right join ${input} c on true`,
  ])
    expect(await findings(query)).toEqual(['fail'])
  for (const query of [
    sql`select w from ${input}`,
    sql`select count(*) from ${input}`,
    sql`select 2 * 3 from ${input}`,
  ])
    expect(await findings(query)).toEqual([])
})

test("malformed: 'warn' of the input or the query reports them, and rows() goes on", async () => {
  const warned = open('date', '2024-01-05', '2024-02-30', { malformed: 'warn' })
  const strict = open('date', '2024-01-05', '2024-02-30')
  await expect(dataset(sql`select v from ${strict}`).rows()).rejects.toThrow(
    /^1 cell of "query" cannot be read; the first finding: line 3 of ".*date.csv", 1 cell of "v"/,
  )
  for (const query of [
    dataset(sql`select v from ${warned}`),
    dataset(sql`select v from ${strict}`, { malformed: 'warn' }),
  ]) {
    expect((await query.rows()).length).toBe(3)
    expect((await evaluate(noMissing(query.column('w'), {})))[0]?.status).toBe('error')
    expect((await evaluate(rowCount(query, 3))).map(({ status }) => status)).toEqual(['pass', 'warn'])
  }
})

test('records that an input lost are told of its query', async () => {
  const input = dataset(file('lost.jsonl', '{"a":1}\n{"a":\n{"a":3}\n'))
  const [, finding] = await evaluate(rowCount(dataset(sql`select a from ${input}`), 2))
  expect(finding).toMatchObject({ status: 'fail', measured: '1 finding, 1 record is left out' })
})

test('a personal cell is not told', async () => {
  const input = open('integer', '1', 'secret', { pii: 'v' })
  const results = await evaluate(rowCount(dataset(sql`select w from ${input} where v is null`, { pii: [] }), 2))
  expect(results).toHaveLength(2)
  expect(JSON.stringify(results)).not.toContain('secret')
})

test('nested values of JSON are handed over as arrays and objects, with every digit of their integers', async () => {
  const text =
    '{"tags":["x",1,12345678901234567890],"o":{"a":{"b":null}},"mixed":[1]}\n{"tags":[],"o":{},"mixed":"x"}\n'
  const expected = [
    { tags: ['x', 1, 12345678901234567890n], o: { a: { b: null } }, mixed: '[1]' },
    { tags: [], o: {}, mixed: 'x' },
  ]
  expect(await dataset(file('nested.jsonl', text)).rows()).toEqual(expected)
  expect(await dataset(file('nested.json', `[${text.trim().replace('\n', ',')}]`)).rows()).toEqual(expected)
  const records = [
    { tags: ['x', 1], o: { a: 1 } },
    { tags: [{ b: 2 }], o: { a: 'text "1234567890123456789"' } },
  ]
  expect(await dataset(records).rows()).toEqual(records)
})

test('a number that is written with more digits than a double holds is handed over as its text', async () => {
  const rows = `${'1.5,x\n'.repeat(5000)}0.30000000000000000001,y\n0.30000000000000004,y\n`
  const data = dataset(file('digits.csv', `v,w\n${rows}`)).where({ w: 'y' })
  expect((await data.rows()).map(({ v }) => v)).toEqual(['0.30000000000000000001', 0.30000000000000004])
})
