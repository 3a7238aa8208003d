import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { signature } from '../../../src/bytes/storeRequest.ts'
import { evaluate, noMissing, rowCount } from '../../../src/checks/index.ts'
import { type Dataset, dataset } from '../../../src/dataset/dataset.ts'
import { filesOf, relationOf } from '../../../src/dataset/opened.ts'
import { sharedDuckDB } from '../../../src/engine/duckdb.ts'
import { literal, sql } from '../../../src/sql/sql.ts'
import { temporaryFile } from '../../helpers/files.ts'
import { readdirSync } from 'node:fs'
import { temporaryFolder } from '../../../src/engine/temporary.ts'
import { until } from '../../helpers/until.ts'

afterEach(() => vi.unstubAllEnvs())

const installed = await (await sharedDuckDB()).query(sql`load httpfs`).then(
  () => true,
  () => false,
)

const openError = (source: string | Dataset) =>
  Promise.resolve()
    .then(() => relationOf(typeof source === 'string' ? dataset(source) : source))
    .then(
      () => 'no error',
      (error: Error) => error.message,
    )

const files = new Map<string, Buffer>()
/** How a server can misbehave, by path. */
const tricks = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>()
let sent = 0
let tagged = true
const seen: IncomingMessage[] = []
const server = createServer((request, response) => {
  seen.push(request)
  const place = new URL(request.url ?? '', 'http://x').pathname
  const trick = tricks.get(place)
  if (trick) return trick(request, response)
  const body = files.get(place)
  if (!body) return void response.writeHead(404).end()
  const [, from, to] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? []
  const part = from === undefined ? body : body.subarray(Number(from), to ? Number(to) + 1 : undefined)
  sent += request.method === 'HEAD' ? 0 : part.length
  response.writeHead(from === undefined ? 200 : 206, {
    'accept-ranges': 'bytes',
    'content-length': part.length,
    ...(tagged ? { etag: '"v1"' } : {}),
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
  const engine = await sharedDuckDB()
  await engine.query(sql`copy (select 1 as id union all select null) to ${literal(file)} (format parquet)`)
  files.set('/a.parquet', await readFile(file))
  await engine.query(
    sql`copy (select i, hash(i) as h, hash(-i) as g from range(200000) as t(i)) to ${literal(file)} (format parquet)`,
  )
  files.set('/large.parquet', await readFile(file))
  files.set('/a.csv', Buffer.from('id,zip\n1,007\n,8\n'))
  files.set('/packed.csv', gzipSync('id;zip\n1;007\n'))
  files.set('/broken.csv', Buffer.from('a,b\n1,2\n1,2,3\n'))
  files.set('/a.jsonl', Buffer.from('{"id":1}\n{"id":\n{"id":null}\n'))
  files.set('/a.json', Buffer.from('{"rows":[{"id":1},{"id":2}],"none":[]}'))
  files.set('/bucket/odd name(1).csv', Buffer.from('id\n1\n'))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('text, JSON and compressed files are read as from a disk, with their options and findings', async () => {
  expect(await dataset(`${root}/a.csv?signature=1`, { types: { zip: 'string' } }).rows()).toEqual([
    { id: 1n, zip: '007' },
    { id: null, zip: '8' },
  ])
  expect(await dataset(`${root}/packed.csv`, { delimiter: ';', types: { zip: 'string' } }).rows()).toEqual([
    { id: 1n, zip: '007' },
  ])
  expect(await dataset(`${root}/a.json`, { at: 'rows' }).rows()).toEqual([{ id: 1n }, { id: 2n }])
  const lines = dataset(`${root}/a.jsonl`)
  expect(await (await relationOf(lines)).findings?.()).toMatchObject({
    total: 1,
    first: [{ line: 2, file: `${root}/a.jsonl` }],
  })
  const results = await evaluate(rowCount(dataset(`${root}/broken.csv`), 1))
  expect(results.map(({ kind, status }) => [kind, status])).toEqual([
    ['rowCount', 'pass'],
    ['wellFormed', 'fail'],
  ])
})

test('an object is asked for once; its fingerprint is that of a file with its bytes', async () => {
  sent = 0
  const remote = dataset(`${root}/a.csv`)
  await evaluate([rowCount(remote, 2), noMissing(remote.column('id'))])
  expect(sent).toBe(files.get('/a.csv')?.length)
  expect(await remote.fingerprint()).toBe(
    await dataset(await temporaryFile('a.csv', 'id,zip\n1,007\n,8\n')).fingerprint(),
  )
  expect(sent).toBe(files.get('/a.csv')?.length)
})

test('a row count of Parquet, with all that its result says, asks for no more than the object, once', async () => {
  sent = 0
  const [result] = await evaluate(rowCount(dataset(`${root}/large.parquet`), 200_000))
  expect(result).toMatchObject({ status: 'pass' })
  expect(result?.lineage.datasets[0]?.fingerprint).toMatch(/^etag:/)
  const size = files.get('/large.parquet')?.length ?? 0
  expect(size).toBeGreaterThan(1_000_000)
  // With the extension the footer is enough; without it the object comes as a copy, and a byte to learn its size and its tag.
  expect(sent).toBeLessThan(installed ? size / 4 : size + 3)
})

test('where nothing tells the content but a read of all of it, no fingerprint is made up', async () => {
  tagged = false
  const { remoteObject } = await import('../../../src/bytes/http.ts')
  expect(await remoteObject(`${root}/large.parquet`)).toEqual({ size: files.get('/large.parquet')?.length })
  tagged = true
  const before = sent
  expect(await remoteObject(`${root}/large.parquet`)).toMatchObject({
    stamp: expect.stringMatching(/^etag:[0-9a-f]{32}$/),
  })
  expect(sent - before).toBe(1)
})

describe('a server that', () => {
  test.each<[string, (request: IncomingMessage, response: ServerResponse) => void, RegExp]>([
    [
      'closes halfway',
      (_, response) =>
        void response.writeHead(200, { 'content-length': 1000 }).write('id\n1\n', () => response.destroy()),
      /the connection broke off after 5 of 1,000 bytes/,
    ],
    [
      'closes in the middle of chunks',
      (_, response) => void response.writeHead(200).write('id\n1\n', () => response.destroy()),
      /the connection broke off after 5 bytes/,
    ],
    [
      'redirects to a file',
      (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /redirects to what is no web address/,
    ],
    [
      'redirects to itself',
      (request, response) => void response.writeHead(302, { location: request.url }).end(),
      /redirect count exceeded/,
    ],
    [
      'answers with an error',
      (_, response) => void response.writeHead(403).end('secret'),
      /its server answers 403 Forbidden/,
    ],
    ['answers no HTTP', (_, response) => void response.socket?.end('hello\r\n\r\n'), /cannot be read: /],
    ['sends nothing', (_, response) => void response.writeHead(200).end(), /is empty/],
    ['sends a page instead', (_, response) => void response.writeHead(200).end('\0'.repeat(100)), /is no UTF-8 text/],
  ])('%s is an error that names the address, and leaves no copy', async (name, trick, words) => {
    const place = `/${name.replaceAll(' ', '-')}.csv`
    tricks.set(place, trick)
    const before = readdirSync(temporaryFolder('a test')).length
    const message = await openError(`${root.replace('//', '//me:hunter2@')}${place}?signature=hunter2`)
    expect(message).toMatch(words)
    expect(message).toContain(`${root}${place}`)
    expect(message).not.toContain('hunter2')
    // What came whole goes with the dataset, whatever was in it.
    if (!/empty|UTF-8/.test(message)) expect(readdirSync(temporaryFolder('a test')).length).toBeLessThanOrEqual(before)
  })

  test('never ends is left when the work is stopped, and its copy with it', async () => {
    let open = 0
    tricks.set('/endless.csv', (_, response) => {
      open++
      response.on('close', () => open--)
      // Node 26 tells of a connection that is gone by the error alone.
      const more = (error?: Error | null): void => {
        if (!error && !response.destroyed) response.write('1\n'.repeat(1000), more)
      }
      response.writeHead(200)
      more()
    })
    const before = readdirSync(temporaryFolder('a test')).length
    const stop = new AbortController()
    const { stoppedBy } = await import('../../../src/engine/running.ts')
    const work = stoppedBy(stop.signal, () => openError(`${root}/endless.csv`))
    await until(() => open > 0)
    stop.abort(new Error('enough'))
    expect(await work).toMatch(/enough|stopped/)
    await until(() => open === 0)
    expect(readdirSync(temporaryFolder('a test')).length).toBeLessThanOrEqual(before)
  })
})

test('a name and a password are sent as such, and to nobody else', async () => {
  seen.length = 0
  tricks.set(
    '/elsewhere.csv',
    (_, response) =>
      void response.writeHead(302, { location: `${root.replace('127.0.0.1', 'localhost')}/a.csv` }).end(),
  )
  await dataset(`${root.replace('//', '//me:p%40ss@')}/elsewhere.csv`).rows()
  expect(seen.map(({ headers }) => headers.authorization)).toEqual([
    `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    undefined,
  ])
})

test('objects of S3 are asked for with the credentials of the environment, at its endpoint', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', root)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hunter2')
  vi.stubEnv('AWS_SESSION_TOKEN', 'token')
  vi.stubEnv('AWS_REGION', 'eu-west-1')
  tricks.set('/bucket/odd%20name%281%29.csv', (request, response) => {
    seen.push(request)
    response.end(files.get('/bucket/odd name(1).csv'))
  })
  seen.length = 0
  const data = dataset('s3://bucket/odd name(1).csv')
  expect(await data.rows()).toEqual([{ id: 1n }])
  expect(seen[0]?.headers).toMatchObject({
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-west-1\/s3\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    ),
    'x-amz-security-token': 'token',
  })
  expect(await filesOf(data)).toEqual(['s3://bucket/odd name(1).csv'])
})

// The example of "Authenticating Requests: Using the Authorization Header" in the manual of Amazon S3.
test('a request is signed as Amazon signs its example', () => {
  const headers = {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-amz-date': '20130524T000000Z',
  }
  const key = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
  expect(
    signature(new URL('https://examplebucket.s3.amazonaws.com/test.txt'), headers, {
      ...key,
      region: 'us-east-1',
      time: '20130524T000000Z',
    }),
  ).toMatch(/Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41$/)
})

test('an address shows neither password nor signature', async () => {
  const signed = 'https://user:pass@example.org/a/flights.parquet?X-Amz-Signature=secret'
  const data = dataset(signed)
  expect([data.name, data.source]).toEqual(['flights', 'https://example.org/a/flights.parquet'])
})

test('an ending that no format has says what to try', async () => {
  expect(await openError('https://example.org/a.xyz')).toMatch(
    /no source reads "xyz" from ".*a\.xyz"\n.*say the format/,
  )
  for (const name of ['nope.csv', 'nope.parquet'])
    expect(await openError(dataset(`${root}/${name}?signature=hunter2`))).toMatch(
      new RegExp(`^"http:.*/${name}" cannot be read: .*404`),
    )
  expect(await openError(dataset(`${root}/*.csv`))).toMatch(
    /\*\.csv" cannot be read: .*404.*\n.*globs are not looked up/,
  )
})

test('a list of addresses is refused, and shows no signature', async () => {
  const data = dataset(['a', 'b'].map((name) => `${root}/${name}.csv?signature=hunter2`))
  expect(JSON.stringify([data.name, data.source])).not.toContain('hunter2')
  expect(await openError(data)).toMatch(/^a list of addresses cannot be read: .*\n.*union all by name/)
})

test('an option of another format is refused at once', () => {
  expect(() => dataset(`${root}/a.parquet`, { delimiter: ';' })).toThrow(/delimiter is an option of .*\.csv/)
  expect(() => dataset(`${root}/a.csv`, { format: 'csv', sheet: 2 })).toThrow(/sheet is an option of \.xlsx files/)
})

test('a time of change tells the content once the second it says is over', async () => {
  const { remoteObject } = await import('../../../src/bytes/http.ts')
  const stampAfter = async (seconds: number, headers = {}) => {
    const asked = Date.UTC(2026, 0, 1)
    tricks.set('/timed.parquet', (_, response) => {
      const changed = new Date(asked - 1000 * seconds).toUTCString()
      response.writeHead(200, { date: new Date(asked).toUTCString(), 'last-modified': changed, ...headers }).end('PAR1')
    })
    return (await remoteObject(`${root}/timed.parquet`)).stamp
  }
  expect(await stampAfter(0)).toBeUndefined()
  expect(await stampAfter(1)).toBeUndefined()
  expect(await stampAfter(2)).toMatch(/^etag:/)
  expect(await stampAfter(3)).not.toBe(await stampAfter(2))
  expect(await stampAfter(0, { etag: 'W/"a"' })).toBe(await stampAfter(1, { etag: 'W/"a"' }))
  expect(await stampAfter(0, { etag: 'W/"a"' })).not.toBe(await stampAfter(0, { etag: 'W/"b"' }))
})

describe.skipIf(!installed)('where the extension is installed', () => {
  test('Parquet is read in parts', async () => {
    const parquet = dataset(`${root}/a.parquet?signature=1`)
    expect(await parquet.rows()).toEqual([{ id: 1 }, { id: null }])
    const [result] = await evaluate(noMissing(parquet.column('id')))
    expect(result).toMatchObject({ status: 'fail', evidence: [{ rowNumbers: [2] }] })
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

test('a copy of an object stands in a query, which reads nothing else', async () => {
  const remote = dataset(`${root}/a.csv`)
  expect(await dataset(sql`select count(*) as n from ${remote}`).rows()).toEqual([{ n: 2n }])
})

test.skipIf(installed)(
  'Parquet that is too large for a copy takes the extension, which is never installed by itself',
  async () => {
    tricks.set(
      '/huge.parquet',
      (_, response) => void response.writeHead(206, { 'content-range': 'bytes 0-0/900000000' }).end('P'),
    )
    expect(await openError(`${root}/huge.parquet`)).toMatch(
      /reading ".*" takes DuckDB's extension httpfs, which (is not installed|cannot be loaded)[\s\S]*hint: install it once, by hand: run INSTALL httpfs in duckdb v\d/,
    )
  },
)
