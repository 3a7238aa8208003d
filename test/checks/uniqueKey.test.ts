import { expect, test } from 'vitest'
import { uniqueKey } from '../../src/checks/index.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { raw, sql } from '../../src/sql/sql.ts'
import { queriesOf } from '../helpers/queries.ts'
import { judge, thrown } from '../helpers/judge.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { newTables } from '../helpers/tables.ts'

const rows = dataset(
  [
    { id: 1, a: 'x', b: 1.5 },
    { id: 2, a: 'x', b: null },
    { id: 3, a: 'y', b: Number.NaN },
    { id: 4, a: 'x', b: 1.5 },
    { id: 5, a: 'x', b: 1.5 },
    { id: 6, a: 'y', b: Number.NaN },
    { id: 7, a: null, b: 2 },
  ],
  { key: 'id' },
)

test('the key of the dataset is the default', async () => {
  expect(await judge(uniqueKey(rows))).toMatchObject({
    status: 'pass',
    subject: { column: 'id' },
    counts: { tested: 7 },
  })
})

test('every member of a duplicate group fails, the excess is told, null keys are missing, NaN equals NaN', async () => {
  const result = await judge(uniqueKey(rows, ['a', 'b']))
  expect(result).toMatchObject({
    status: 'fail',
    counts: { rows: 7, missing: 2, tested: 5, failed: 5 },
    message: '5 rows share 2 combinations: 3 too many',
  })
  expect(rowsOf(result)).toMatchObject({ rowNumbers: [1, 3, 4, 5, 6], total: 5 })
  expect(rowsOf(result)?.columns.slice(0, 3)).toEqual(['id', 'a', 'b'])
})

test('a row is a key only where every column of it has a value, whichever is missing', async () => {
  const pairs = dataset([
    { a: 1, b: null },
    { a: 1, b: null },
    { a: null, b: 1 },
    { a: null, b: 1 },
    { a: 1, b: 1 },
  ])
  for (const key of [
    ['a', 'b'],
    ['b', 'a'],
  ])
    expect(await judge(uniqueKey(pairs, key))).toMatchObject({
      status: 'pass',
      counts: { rows: 5, missing: 4, tested: 1, failed: 0 },
    })
})

test('nulls may fail, and mostly counts', async () => {
  const result = await judge(uniqueKey(rows, 'a', { nulls: 'fail' }))
  expect(result.counts).toEqual({ rows: 7, missing: 0, tested: 7, failed: 7 })
  expect(rowsOf(result)?.rowNumbers).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect((await judge(uniqueKey(rows, 'b', { mostly: 1 / 6 }))).status).toBe('pass')
})

test('in a text file a key that is not of its type fails', async () => {
  const file = await temporaryFile('k.csv', 'id,t\n1,a\n2,b\nx,c\n,d\n')
  const result = await judge(uniqueKey(dataset(file, { types: { id: 'integer' } }), 'id'))
  expect(result).toMatchObject({ status: 'fail', counts: { rows: 4, missing: 1, tested: 3, failed: 1 } })
  expect(rowsOf(result)?.rowNumbers).toEqual([3])
})

/** Texts of keys with the value that each is, some written in several ways. */
const keys: Readonly<Record<string, readonly (readonly [text: string, value: unknown])[]>> = {
  integer: [
    ['5', 5],
    ['+5', 5],
    ['7', 7],
    ['-7', -7],
    ['170141183460469231731687303715884105727', 1],
  ],
  string: [
    ['5', '5'],
    ['+5', '+5'],
    ['ä', 'ä'],
    ['z'.repeat(600), 'z'],
  ],
  number: [
    ['1.5', 1.5],
    ['1.50', 1.5],
    ['0.10000000000000000001', '0.10000000000000000001'],
    ['0.1', 0.1],
  ],
  decimal: [
    ['1.5', 1.5],
    ['1.50', 1.5],
    ['2', 2],
  ],
  boolean: [
    ['true', true],
    ['TRUE', true],
    ['f', false],
  ],
  date: [
    ['2026-01-01', '1'],
    ['2026-01-02', '2'],
  ],
  timestamp: [
    ['2026-01-01 00:00:00', '1'],
    ['2026-01-01T00:00', '1'],
    ['2026-01-01 00:00:01', '2'],
  ],
}

test.each(
  Object.entries(keys).flatMap(([type, values]) => [
    { type, values, every: 1, rows: 90 },
    { type, values: values.slice(0, 1), every: 3, rows: 70 },
    ...(['integer', 'string', 'timestamp'].includes(type) ? [{ type, values, every: 2, rows: 24_000 }] : []),
  ]),
)('keys of type $type in $rows rows of a text file repeat by their values, and are told as texts', async (asked) => {
  const { type, values, every, rows: count } = asked
  const texts = Array.from({ length: count }, (_, i) =>
    i % every === 0 ? (values[(i / every) % values.length] as readonly [string, unknown]) : ['', null],
  ) as (readonly [string, unknown])[]
  const file = await temporaryFile('keys.csv', `n,k\n${texts.map(([text], i) => `${i},${text}`).join('\n')}\n`)
  const result = await judge(uniqueKey(dataset(file, { types: { k: type as 'integer' } }), 'k'))
  const shown = texts.flatMap(([text, value], i) => (value === null ? [] : [{ row: i + 1, text }]))
  const counts = new Map<string, number>()
  for (const { text } of shown) counts.set(text, (counts.get(text) ?? 0) + 1)
  const commonest = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  expect(result.counts).toEqual({
    rows: count,
    missing: count - shown.length,
    tested: shown.length,
    failed: shown.length,
  })
  const found = rowsOf(result)
  expect(found?.rowNumbers).toEqual(shown.slice(0, 20).map(({ row }) => row))
  expect(found?.values).toEqual(
    commonest
      .slice(0, 8)
      .map(([text, n]) => ({ cells: [text.length > 500 ? `${text.slice(0, 500)}…` : text], count: n })),
  )
})

test.for([
  ['csv', (lines: readonly (readonly [number, number])[]) => `n,k\n${lines.map((line) => line.join()).join('\n')}\n`],
  ['jsonl', (lines: readonly (readonly [number, number])[]) => lines.map(([n, k]) => `{"n":${n},"k":${k}}`).join('\n')],
] as const)(
  'of a %s file whose key is none, two things are read: all of it once, and its first rows',
  async ([ending, textOf]) => {
    const lines = Array.from({ length: 24_000 }, (_, i) => [i, i % 1000] as const)
    const data = dataset(await temporaryFile(`twice.${ending}`, textOf(lines)))
    const { engine } = await relationOf(data)
    const made = await newTables(engine, { named: /^assay_(listed|repeated)/ })
    const seen = await queriesOf(await relationOf(data), async () => {
      expect(await judge(uniqueKey(data, 'k'))).toMatchObject({ status: 'fail', counts: { failed: 24_000 } })
    })
    expect(seen.filter((query) => /read_(csv|json)/.test(query)).map((query) => query.slice(0, 30))).toEqual([
      expect.stringContaining('create temp table "assay_liste'),
      expect.stringContaining('create temp table "assay_held_'),
    ])
    expect(await made()).toEqual([])
  },
)

test.for<readonly [string, readonly unknown[]]>([
  ['integers', [1, -5, 0, 9007199254740991]],
  ['integers of more than 64 bits', [18446744073709551615n, 18446744073709551616n, -3n]],
  ['numbers', [0.1, 1e300, -2.5, 3]],
  ['texts', ['a', 'A', '', ' a', '💡', '"q"', '1']],
  ['booleans', [true, false]],
  ['values of several types', [1, '1', true, 'true', 2.5]],
  ['lists and objects', [[1, 2], [2, 1], { a: 1 }, {}, []]],
])('%s of a JSON Lines file repeat by their values', async ([, values]) => {
  // Every value but the first is there several times, among rows without one.
  const cells = Array.from({ length: 60 }, (_, i) =>
    i === 7 ? values[0] : i % 4 === 0 ? null : values[1 + (i % (values.length - 1))],
  )
  const written = (value: unknown) => (typeof value === 'bigint' ? String(value) : JSON.stringify(value))
  const data = dataset(
    await temporaryFile('keys.jsonl', cells.map((value, n) => `{"n":${n},"k":${written(value)}}`).join('\n')),
  )
  const result = await judge(uniqueKey(data, 'k'))
  const shared = cells.flatMap((value, i) =>
    value !== null && cells.some((other, at) => at !== i && written(other) === written(value)) ? [i + 1] : [],
  )
  const missing = cells.filter((value) => value === null).length
  expect(result.counts).toEqual({ rows: 60, missing, tested: 60 - missing, failed: shared.length })
  expect(rowsOf(result)?.rowNumbers).toEqual(shared.slice(0, 20))
})

test('wrong questions', async () => {
  const bare = dataset([{ a: 1 }], { name: 'bare' })
  expect(thrown(() => uniqueKey(bare))).toMatch(/dataset "bare" has no key\n.*declare them/)
  expect(thrown(() => uniqueKey(bare, []))).toMatch(/got no column/)
  expect(thrown(() => uniqueKey(bare, ['a', 'a']))).toMatch(/a column twice/)
  expect(await judge(uniqueKey(bare, 'b'))).toMatchObject({ status: 'error' })
  expect(await judge(uniqueKey(bare.where({ a: 2 }), 'a'))).toMatchObject({ status: 'vacuous' })
})

test('0 and -0 are one key, and each is told as it stands, whichever comes first', async () => {
  const engine = await sharedDuckDB()
  const x = sql`case when i % 500 > 0 then i + 0.5 else cast(if(i % 1000 > 0, '-0', '0') as double) end`
  for (const order of ['i', '-i']) {
    const file = await temporaryFile('zeros.parquet', '')
    // More rows than are looked at first, whose groups the engine holds.
    const ordered = sql`select ${x} as x from range(21000) as t(i) order by ${raw(order)}`
    await engine.query(sql`copy (${ordered}) to ${file} (format parquet)`)
    const result = await judge(uniqueKey(dataset(file), ['x']))
    expect(result).toMatchObject({ counts: { failed: 42 }, message: '42 rows share 1 value: 41 too many' })
    expect(rowsOf(result)?.values).toEqual(['-0.0', '0.0'].map((cell) => ({ cells: [cell], count: 21 })))
  }
})
