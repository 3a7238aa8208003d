import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { evaluate, noMissing, valuesBetween } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { onRead } from '../../../src/bytes/reads.ts'
import { sharedDuckDB } from '../../../src/engine/duckdb.ts'
import { literal, raw, sql } from '../../../src/sql/sql.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { temporaryFolder } from '../../helpers/files.ts'

const folder = temporaryFolder()
const at = (name: string) => path.join(folder, name)

async function write(name: string, query: string): Promise<string> {
  mkdirSync(path.dirname(at(name)), { recursive: true })
  const engine = await sharedDuckDB()
  await engine.query(sql`copy (${raw(query)}) to ${literal(at(name))} (format parquet)`)
  return at(name)
}

beforeAll(async () => {
  await write('2026-01.parquet', 'select 1 as id, 10.5 as price union all select 2, 11.5')
  await write('2026-02.parquet', 'select 12.5 as price, 3 as id')
  await write('more/a.parquet', 'select 1 as id')
  await write('more/b.parquet', `select 2 as id, 'x' as note`)
  await write('types/a.parquet', 'select 1 as id')
  await write('types/b.parquet', `select '2' as id`)
  await write('hive/year=2025/a.parquet', 'select 1 as id')
  await write('hive/year=2026/a.parquet', 'select 2 as id')
})

const openError = (source: string | readonly string[]) =>
  relationOf(dataset(source)).then(
    () => 'no error',
    (error: Error) => error.message,
  )

test('files whose columns stand in another order are one table; a failing row says its file', async () => {
  const data = dataset(at('2026-*.parquet'))
  expect(data.name).toBe('2026')
  expect((await data.rows()).map(({ id }) => id)).toEqual([1, 2, 3])
  const [result] = await evaluate(valuesBetween(data.column('id'), { max: 2 }))
  expect(result).toMatchObject({ evidence: [{ files: [expect.stringMatching(/2026-02\.parquet$/)], rowNumbers: [1] }] })
})

test.each([
  ['data/2026-*.parquet', '2026'],
  ['data/*.parquet', 'data'],
  ['data/**/*.parquet', 'data'],
  ['data/year=*/part.parquet', 'year'],
  ['data/flights.jsonl.gz', 'flights'],
])('%s is called %s', (source, name) => {
  expect(dataset(source).name).toBe(name)
})

test('a file with other columns is an error that names both, and a union when asked', async () => {
  expect(await openError(at('more/*.parquet'))).toMatch(
    /b\.parquet" has a column "note", and ".*a\.parquet" has none\n.*union: true/,
  )
  expect(await openError([at('more/b.parquet'), at('more/a.parquet')])).toMatch(/a\.parquet" has no column "note"/)
  expect(await openError(at('types/*.parquet'))).toMatch(
    /column "id" is VARCHAR in ".*b\.parquet" and INTEGER in ".*a\.parquet"/,
  )
  expect(await dataset(at('more/*.parquet'), { union: true }).rows()).toEqual([
    { id: 1, note: null },
    { id: 2, note: 'x' },
  ])
})

test('folders called name=value are columns only when asked', async () => {
  expect(await dataset(at('hive/*/a.parquet')).rows()).toEqual([{ id: 1 }, { id: 2 }])
  expect(await dataset(at('hive/*/a.parquet'), { hive: true }).rows()).toEqual([
    { id: 1, year: 2025n },
    { id: 2, year: 2026n },
  ])
})

test('columns of a file that have the names of the engine are themselves', async () => {
  const select = (n: number) => `select ${n} as file_row_number, 'mine' as filename, null::int as x`
  const one = await write('own/a.parquet', select(70))
  const two = await write('own/b.parquet', select(80))
  expect(await dataset(one).rows()).toEqual([{ file_row_number: 70, filename: 'mine', x: null }])
  const data = dataset([one, two])
  expect((await data.rows()).map(({ file_row_number: own }) => own)).toEqual([70, 80])
  const [result] = await evaluate(noMissing(data.column('x')))
  expect(result).toMatchObject({ evidence: [{ files: [one, two], rowNumbers: [1, 1] }] })
})

test('a damaged page and an encrypted file are named', async () => {
  const good = await write('damaged/a.parquet', 'select i as n from range(100000) t(i)')
  const bytes = readFileSync(good)
  bytes.fill(0xff, 200, bytes.length - 1000)
  writeFileSync(at('damaged/b.parquet'), bytes)
  const [result] = await evaluate(valuesBetween(dataset(at('damaged/*.parquet')).column('n'), { min: 0 }))
  expect(result).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/b\.parquet" cannot be read as Parquet: (?!Invalid)\w/),
  })
  for (const ask of ['rows', 'toArrow'] as const)
    await expect(dataset(at('damaged/*.parquet'))[ask]()).rejects.toThrow(
      /^"[^"]*b\.parquet" cannot be read as Parquet: (?!Invalid)\w/,
    )
  writeFileSync(at('secret.parquet'), Buffer.concat([Buffer.from('PARE'), Buffer.alloc(50), Buffer.from('PARE')]))
  expect(await openError(at('secret.parquet'))).toMatch(/secret\.parquet" is an encrypted Parquet file/)
})

test('files and the globs that named them are told to whoever watches', async () => {
  const files: string[] = []
  const patterns: string[] = []
  const stop = onRead({ file: (file) => files.push(file), pattern: (pattern) => patterns.push(pattern) })
  await relationOf(dataset(at('2026-*.parquet')))
  stop()
  expect(files).toEqual([at('2026-01.parquet'), at('2026-02.parquet')])
  expect(new Set(patterns)).toEqual(new Set([at('2026-*.parquet')]))
})

test.each([
  ['version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n', /is a Git LFS pointer.*\n.*git lfs pull/],
  ['outs:\n- md5: 0123456789abcdef0123456789abcdef\n  path: a\n', /is a DVC pointer.*\n.*dvc pull/],
  ['/annex/objects/SHA256E-s1--0.csv\n', /is a git-annex pointer.*\n.*git annex get/],
])('a pointer in place of any file says so', async (content, expected) => {
  for (const ending of ['parquet', 'csv', 'json', 'jsonl', 'log']) {
    writeFileSync(at(`pointer.${ending}`), content)
    expect(await openError(at(`pointer.${ending}`))).toMatch(expected)
  }
})

test('a missing file with a DVC pointer beside it says how to get it', async () => {
  writeFileSync(at('gone.parquet.dvc'), 'outs:\n- md5: 0\n')
  expect(await openError(at('gone.parquet'))).toMatch(
    /there is no file.*\n.*gone\.parquet\.dvc" points to it: run `dvc pull`/,
  )
})
