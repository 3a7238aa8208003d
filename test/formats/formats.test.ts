import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { RecordBatchReader, tableFromArrays, tableFromIPC } from 'apache-arrow'
import { afterAll, expect, test } from 'vitest'
import { evaluate, rowCount, valuesBetween, valuesIncreasing } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../src/dataset/datasetOptions.ts'
import type { DatasetSource } from '../../src/dataset/sources.ts'
import { inferContract } from '../../src/contracts/inferContract.ts'
import { matchesSchema } from '../../src/contracts/matchesSchema.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { createDuckDB } from '../../src/engine/duckdb.ts'
import { id, literal, type Sql, sql } from '../../src/sql/sql.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()
const fixture = (name: string): string => path.resolve('test/fixtures/formats', name)
function written(name: string, content: string | Buffer): string {
  writeFileSync(path.join(folder, name), content)
  return path.join(folder, name)
}
async function query(written: Sql): Promise<void> {
  engine ??= await createDuckDB()
  await engine.query(written)
}
let engine: Engine | undefined
afterAll(() => engine?.close())
async function* streamOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

const records = [
  { id: 1, '': 'x', ID: 1.5, '  ': null, a: true },
  { id: 2, '': 'y', ID: 2.5, '  ': 'z', a: false },
]
const lines = records.map((record) => JSON.stringify(record)).join('\n')
const keyed = ['id', 'column2', 'ID_2', 'column4', 'a']
const placed = [...keyed, 'a_2']
const csv = 'id,,ID,  ,a,a\n1,x,1.5,,true,7\n2,y,2.5,z,false,8\n'

test.each<[what: string, source: () => DatasetSource, names: readonly string[]]>([
  ['CSV', () => written('names.csv', csv), placed],
  ['TSV', () => written('names.tsv', csv.replaceAll(',', '\t')), placed],
  ['Excel', () => fixture('names.xlsx'), placed],
  ['Parquet', () => fixture('names.parquet'), placed],
  ['an Arrow file', () => fixture('names.arrow'), placed],
  ['an Arrow stream', () => fixture('names.arrows'), placed],
  ['an Arrow table', () => tableFromIPC(readFileSync(fixture('names.arrow'))), placed],
  ['record batches', () => streamOf([...RecordBatchReader.from(readFileSync(fixture('names.arrows')))]), placed],
  ['JSON Lines', () => written('names.jsonl', lines), keyed],
  ['JSON', () => written('names.json', JSON.stringify(records)), keyed],
  ['records', () => records, keyed],
  ['a stream of records', () => streamOf(records), keyed],
  ['columns', () => Object.fromEntries(keys(records).map((key) => [key, records.map((one) => one[key])])), keyed],
])('blank, repeated and case-differing names of %s: renamed, a finding each', async (_, source, names) => {
  const strange = dataset(source(), { malformed: 'warn' })
  const [first, second] = await strange.rows()
  const cells = [1, 'x', 1.5, null, true, 7]
  expect(Object.entries(first ?? {}).map(([name, value]) => [name, plain(value)])).toEqual(
    names.map((name, i) => [name, cells[i]]),
  )
  expect(second).toMatchObject({ column2: 'y', ID_2: 2.5, column4: 'z', a: false })
  const found = await (await relationOf(strange)).findings?.()
  expect(found?.first.map(({ kind, column }) => [kind, column])).toEqual(
    names.filter((name) => /column|_2/.test(name)).map((name) => ['header', name]),
  )
  const contract = await inferContract(strange)
  expect(Object.keys(contract.properties as object)).toEqual(names)
  expect(await statuses(strange, matchesSchema(strange, contract))).toEqual(['pass', 'warn'])
})

test.each([
  ['Parquet', () => fixture('names.parquet')],
  ['records', () => records],
])('without a word about it, such names of %s fail every assertion', async (_, source) => {
  const strange = dataset(source())
  expect(await statuses(strange, rowCount(strange, 2))).toEqual(['pass', 'fail'])
})

test.each<[what: string, source: DatasetSource, kind?: DatasetOptions['malformed']]>([
  ['to_csv()', fixture('index.csv')],
  ['to_excel()', fixture('index.xlsx')],
  ['records', [{ '': 0, a: 1, b: 'x' }]],
])('the nameless index that pandas writes with %s is a warning, and a failure when asked', async (_, source) => {
  for (const [malformed, status] of [
    [undefined, 'warn'],
    ['fail', 'fail'],
  ] as const) {
    const frame = dataset(source, malformed ? { malformed } : {})
    const results = await evaluate(rowCount(frame, { min: 1 }))
    expect(results.map((result) => result.status)).toEqual(['pass', status])
    expect(JSON.stringify(results[1])).toContain('as the index that pandas writes has none')
  }
})

const ours = Array.from({ length: 9 }, (_, i) => ({ assay_row: i, __assay_row: 9 - i, __ASSAY_file_row: 'x' }))
const header = Object.keys(ours[0] as object)
const columnsOf = () => Object.fromEntries(keys(ours).map((key) => [key, ours.map((one) => one[key])]))

test.each<[what: string, source: () => DatasetSource | Promise<DatasetSource>]>([
  ['CSV', () => written('ours.csv', [header, ...ours.map(Object.values)].map((row) => `${row.join(',')}\n`).join(''))],
  ['JSON Lines', () => written('ours.jsonl', ours.map((record) => JSON.stringify(record)).join('\n'))],
  ['JSON', () => written('ours.json', JSON.stringify(ours))],
  ['records', () => ours],
  ['a stream of records', () => streamOf(ours)],
  ['columns', columnsOf],
  ['an Arrow table', () => tableFromArrays(columnsOf())],
  [
    'Parquet',
    async () => {
      const file = path.join(folder, 'ours.parquet')
      await query(sql`copy (select unnest(range(9)) as assay_row, 9 - unnest(range(9)) as ${id('__assay_row')},
        'x' as ${id('__ASSAY_file_row')}) to ${literal(file)} (format parquet)`)
      return file
    },
  ],
])('names of %s that are kept for added columns: renamed, and judged as by any other name', async (_, source) => {
  const strange = dataset(await source(), { malformed: 'warn' })
  const renamed = ['assay_row', 'assay_row_2', 'ASSAY_file_row']
  expect((await strange.columns()).map(({ name }) => name)).toEqual(renamed)
  expect((await (await relationOf(strange)).findings?.())?.first.map(({ kind, column }) => [kind, column])).toEqual(
    renamed.slice(1).map((name) => ['header', name]),
  )
  expect(await statuses(strange, valuesIncreasing(strange.column('assay_row')))).toEqual(['pass', 'warn'])
  expect(await statuses(strange, valuesIncreasing(strange.column('assay_row_2')))).toEqual(['fail', 'warn'])
  const contract = await inferContract(strange)
  expect(await statuses(strange, matchesSchema(strange, contract))).toEqual(['pass', 'warn'])
})

test.each<[what: string, source: () => DatasetSource | Promise<DatasetSource>, options?: DatasetOptions]>([
  ['a query', () => sql`select 1 as ${id('__assay_row')}`],
  ['groups of lines', () => written('ours.log', 'a 1\n'), { pattern: /^(?<__assay_row>\S+) (?<b>\d)$/ }],
  [
    'a DuckDB table',
    async () => {
      const file = path.join(folder, 'ours.duckdb')
      await query(sql`attach ${literal(file)} as ours`)
      await query(sql`create table ours.t as select 1 as ${id('__assay_row')}`)
      await query(sql`detach ours`)
      return file
    },
  ],
])('such a name in %s is refused', async (_, source, options) => {
  await expect(dataset(await source(), options).columns()).rejects.toThrow(/a column is called "__assay_row"/)
})

test('a name that a key got is not the one of a key that came later in the stream', async () => {
  const many = Array.from({ length: 10_000 }, () => ({ a: 1, A: 2 }))
  const late = dataset(streamOf<object>([...many, { A_2: 3 }]), { malformed: 'warn' })
  expect((await late.columns()).map(({ name }) => name)).toEqual(['a', 'A_3', 'A_2'])
  const rows = await late.rows()
  expect([rows[0], rows.at(-1)].map((row) => Object.values(row ?? {}).map(plain))).toEqual([
    [1, 2, null],
    [null, null, 3],
  ])
})

test.each([
  [`x > 5`, sql`x > 5`],
  [`f > 5`, sql`f > 5`],
  [`x = 'nan'`, sql`x = cast('nan' as double)`],
  [`not (x <= 5)`, sql`not (x <= 5)`],
  [`s.x > 5`, sql`s.x > 5`],
  [`l[1] > 5`, sql`l[1] > 5`],
])('statistics that leave NaN out, as Arrow writes them, lose no row of where(%s)', async (_, filter) => {
  expect((await dataset(fixture('nan.parquet')).where(filter).rows()).map(({ id }) => plain(id))).toEqual([2])
})

test('NaN in Parquet fails limits, and its rows are told', async () => {
  for (const name of ['x', 'f']) {
    const [result] = await evaluate(valuesBetween(dataset(fixture('nan.parquet')).column(name), { max: 5 }))
    expect(result).toMatchObject({ status: 'fail', counts: { failed: 1 }, evidence: [{ rowNumbers: [2] }] })
  }
})

test.each([
  ['decimals60.parquet', 'total'],
  ['decimalsNested.parquet', 'total'],
])(
  'decimals of Parquet that the engine reads as other numbers are an error that names them: %s',
  async (name, column) => {
    await expect(dataset(fixture(name)).rows()).rejects.toThrow(
      new RegExp(`decimals of 60 digits in "${column}", which the engine reads as other numbers\\n.*or as text`),
    )
  },
)

test('decimals of Parquet of 32 bytes are the nearest doubles, in filters too', async () => {
  const totals = dataset(fixture('decimals76.parquet'))
  expect((await totals.rows()).map(({ total }) => total)).toEqual([250.25, -2.5])
  expect((await totals.where(sql`total > 250`).rows()).map(({ total }) => total)).toEqual([250.25])
})

test('the geometry of GeoParquet is the bytes that the file holds', async () => {
  const places = dataset(fixture('geo.parquet'))
  expect((await places.columns()).map(({ type }) => type)).toEqual(['integer', 'binary'])
  const [{ geometry } = {}, second] = await places.rows()
  expect(Buffer.from(geometry as Uint8Array).toString('hex')).toBe('0101000000000000000000f03f0000000000000040')
  expect(second?.geometry).toBeNull()
})

test('big-endian Arrow is refused', async () => {
  await expect(relationOf(dataset(fixture('bigEndian.arrows')))).rejects.toThrow(
    /is big-endian Arrow, and only little-endian Arrow is read\n.*Parquet/,
  )
})

test('a number that is no day of Excel is missing, and a finding; its days before March 1900 are those it shows', async () => {
  const days = dataset(fixture('dates.xlsx'), { malformed: 'warn' })
  expect((await days.columns())[1]).toEqual({ name: 'day', type: 'date' })
  expect((await days.rows()).map(({ day }) => day && (day as Date).toISOString().slice(0, 10))).toEqual([
    '2024-01-05',
    '1900-01-01',
    '1900-02-28',
    '1900-03-01',
    '9999-12-31',
    null,
    null,
    null,
  ])
  const found = await (await relationOf(days)).findings?.()
  expect(found?.first.map(({ kind, line, column }) => [kind, line, column])).toEqual([
    ['date', 7, 'day'],
    ['date', 8, 'day'],
    ['date', 9, 'day'],
  ])
})

test.each<[ending: string, content: () => Buffer]>([
  ['csv', () => Buffer.from('id\n1\n2\n')],
  ['tsv', () => Buffer.from('id\n1\n2\n')],
  ['jsonl', () => Buffer.from('{"id":1}\n{"id":2}\n')],
  ['json', () => Buffer.from('[{"id":1},{"id":2}]')],
  ['parquet', () => readFileSync(fixture('geo.parquet'))],
  ['arrow', () => readFileSync(path.resolve('test/fixtures/fidelity/integers.polars.arrow'))],
  ['arrows', () => readFileSync(path.resolve('test/fixtures/fidelity/integers.polars.arrows'))],
  ['xlsx', () => readFileSync(fixture('index.xlsx'))],
])('gzip is told by its bytes in a file called .%s, and one that is called so is read too', async (ending, content) => {
  const plainFile = written(`plain.${ending}`, content())
  const rows = await dataset(plainFile).rows()
  expect(rows.length).toBeGreaterThan(1)
  for (const name of [`bytes.${ending}`, `named.${ending}.gz`]) {
    const packed = dataset(written(name, gzipSync(content())))
    expect(await packed.rows()).toEqual(rows)
    expect(packed.source).toContain(name)
  }
})

function keys<T extends object>([first]: readonly T[]): (keyof T & string)[] {
  return Object.keys(first as T) as (keyof T & string)[]
}
const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)

async function statuses(_: Dataset, checks: Parameters<typeof evaluate>[0]): Promise<readonly string[]> {
  const results = await evaluate(checks)
  const own = results.filter(({ kind }) => kind !== 'wellFormed').map(({ status }) => status)
  return [...new Set(own), ...results.filter(({ kind }) => kind === 'wellFormed').map(({ status }) => status)]
}
