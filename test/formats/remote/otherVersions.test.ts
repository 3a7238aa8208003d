import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluate, maxBetween, minBetween, sumBetween } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../../src/engine/duckdb.ts'
import { literal, sql } from '../../../src/sql/sql.ts'
import { temporaryFile } from '../../helpers/files.ts'

const installed = await (await sharedDuckDB()).query(sql`load httpfs`).then(
  () => true,
  () => false,
)

let answer: (request: IncomingMessage, response: ServerResponse) => void
const server = createServer((request, response) => answer(request, response))
let root = ''
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('Parquet whose server puts another version in its place', () => {
  const versions = new Map<number, Buffer>()
  beforeAll(async () => {
    const file = await temporaryFile('v.parquet', '')
    for (const version of [1, 2]) {
      const rows = sql`select ${version} as a, hash(i) as b from range(100000) as t(i)`
      await (await sharedDuckDB()).query(
        sql`copy (${rows}) to ${literal(file)} (format parquet, compression uncompressed, row_group_size 10000)`,
      )
      versions.set(version, await readFile(file))
    }
    expect(versions.get(1)?.length).toBe(versions.get(2)?.length)
  })

  /** What each server says of versions. */
  const servers: Readonly<Record<string, (version: number) => Readonly<Record<string, string>>>> = {
    'a tag': (version) => ({ etag: `"${version}"` }),
    'a weak tag': (version) => ({ etag: `W/"${version}"` }),
    'a time': (version) => ({ 'last-modified': new Date(1.7e12 + version * 60_000).toUTCString() }),
    nothing: () => ({}),
  }
  test.each(Object.keys(servers).flatMap((says) => [0, 1, 3, 5, 8].map((after) => [says, after] as const)))(
    'and says %s of it: no answer is about half of each (changed %i requests later)',
    async (says, after) => {
      let version = 1
      let left = Number.POSITIVE_INFINITY
      answer = (request, response) => {
        if (left-- === 0) version = 2
        const body = versions.get(version) as Buffer
        const [, from, to] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? []
        const start = Number(from ?? 0)
        const part = body.subarray(start, to ? Number(to) + 1 : undefined)
        const range = `bytes ${start}-${start + part.length - 1}/${body.length}`
        response.writeHead(from === undefined ? 200 : 206, {
          'content-length': part.length,
          ...servers[says]?.(version),
          ...(from === undefined ? {} : { 'content-range': range }),
        })
        response.end(request.method === 'HEAD' ? undefined : part)
      }
      const data = dataset(`${root}/v.parquet`)
      const seen = async () => {
        const asked = [minBetween, maxBetween].map((check) => check(data.column('a'), { min: 1 }))
        const results = await evaluate([...asked, sumBetween(data.column('a'), { min: 1 })])
        for (const { status, message } of results)
          if (status === 'error') expect(message).toMatch(/changed while it was read/)
        return [
          ...new Set(
            results.flatMap(({ value }, i) => (value == null ? [] : [i === 2 ? Number(value) / 100_000 : value])),
          ),
        ]
      }
      expect(await seen()).toEqual([1])
      left = after
      expect((await seen()).length).toBeLessThan(2)
      left = 0
      // What is copied is read once, what is read in parts again.
      const latest = installed && says !== 'nothing' ? 2 : 1
      await seen()
      expect(await seen()).toEqual([latest])
    },
  )
})
