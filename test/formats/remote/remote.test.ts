import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { evaluate, noMissing } from '../../../src/checks/index.ts'
import { type Dataset, dataset } from '../../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../../src/engine/duckdb.ts'
import { literal, sql } from '../../../src/sql/sql.ts'
import { temporaryFile } from '../../helpers/files.ts'
import { relationOf } from '../../../src/dataset/opened.ts'

afterEach(() => vi.unstubAllEnvs())

const installed = await (await sharedDuckDB()).query(sql`load httpfs`).then(
  () => true,
  () => false,
)

const openError = (source: string | Dataset) =>
  relationOf(typeof source === 'string' ? dataset(source) : source).then(
    () => 'no error',
    (error: Error) => error.message,
  )

test.each(['https://example.org/data/flights.parquet', 's3://bucket/flights.csv', 'hf://datasets/a/b/c.jsonl'])(
  '%s takes an extension, which is never installed by itself',
  async (source) => {
    if (installed) return
    expect(await openError(source)).toMatch(
      /reading ".*" takes DuckDB's extension httpfs, which (is not installed|cannot be loaded)[\s\S]*hint: install it once, by hand: run INSTALL httpfs in duckdb v\d/,
    )
  },
)

test('an address shows neither password nor signature', async () => {
  const signed = 'https://user:pass@example.org/a/flights.parquet?X-Amz-Signature=secret'
  const data = dataset(signed)
  expect([data.name, data.source]).toEqual(['flights', 'https://example.org/a/flights.parquet'])
  expect(await openError(signed)).not.toMatch(/pass|secret/)
})

test('a format that is not read from elsewhere says so', async () => {
  expect(await openError('https://example.org/a.arrow')).toMatch(
    /no source reads "arrow" from ".*a\.arrow"\n.*download it/,
  )
})

describe.skipIf(!installed)('where the extension is installed', () => {
  const files = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const body = files.get(new URL(request.url ?? '', 'http://x').pathname)
    if (!body) return void response.writeHead(404).end()
    const [, from, to] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? []
    const part = from === undefined ? body : body.subarray(Number(from), to ? Number(to) + 1 : undefined)
    response.writeHead(from === undefined ? 200 : 206, {
      'accept-ranges': 'bytes',
      'content-length': part.length,
      ...(from === undefined
        ? {}
        : { 'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${body.length}` }),
    })
    response.end(request.method === 'HEAD' ? undefined : part)
  })
  let root = ''
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const file = await temporaryFile('a.parquet', '')
    await (await sharedDuckDB()).query(
      sql`copy (select 1 as id union all select null) to ${literal(file)} (format parquet)`,
    )
    files.set('/a.parquet', await readFile(file))
    files.set('/a.csv', Buffer.from('id,zip\n1,007\n,8\n'))
    files.set('/a.jsonl', Buffer.from('{"id":1}\n{"id":\n{"id":null}\n'))
  })
  afterAll(() => server.close())

  test('Parquet, CSV and JSON Lines are read as from a disk', async () => {
    const parquet = dataset(`${root}/a.parquet?signature=1`)
    expect(await parquet.rows()).toEqual([{ id: 1 }, { id: null }])
    const [result] = await evaluate(noMissing(parquet.column('id')))
    expect(result).toMatchObject({ status: 'fail', sample: { rowNumbers: [2] } })
    expect(await dataset(`${root}/a.csv`).rows()).toEqual([
      { id: 1n, zip: '007' },
      { id: null, zip: '8' },
    ])
    const lines = dataset(`${root}/a.jsonl`)
    expect(await lines.rows()).toEqual([{ id: 1n }, { id: null }])
    expect(await (await relationOf(lines)).findings?.()).toMatchObject({ total: 1, first: [{ line: 2 }] })
  })

  test('one stands in a query, which reads no other address', async () => {
    const remote = dataset(`${root}/a.parquet`)
    expect(await dataset(sql`select count(*) as n from ${remote}`).rows()).toEqual([{ n: 2n }])
    expect(await openError(dataset(sql`select * from ${remote}, read_csv(${`${root}/a.csv`})`))).toMatch(/may not read/)
  })

  test('what is not there is an error with the address', async () => {
    expect(await openError(`${root}/b.parquet?signature=hunter2`)).toMatch(
      /"http:.*\/b\.parquet" cannot be read: .*404/,
    )
  })
})
