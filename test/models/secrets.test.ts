import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chat } from '../../src/models/chat.ts'
import { http, mlflow } from '../../src/models/http.ts'
import { predicted } from '../helpers/predicted.ts'

const SECRET = /s3cr3t/i

/** Answers with all it was told, in one way or another. */
const server = createServer((request, response) => {
  const { pathname, search } = new URL(request.url ?? '', 'http://host')
  const { authorization = '', 'x-key': key = '' } = request.headers
  const basic = Buffer.from(String(authorization).replace('Basic ', ''), 'base64').toString()
  const echo = `no: ${search} ${decodeURIComponent(search)} ${authorization} ${basic} ${String(key)}`
  const status = Number(pathname.slice(1)) || 200
  const body = pathname === '/json' ? JSON.stringify({ echo }) : echo
  request.resume().on('end', () => response.writeHead(status, { location: `/moved/${String(key)}` }).end(body))
})
let host: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const wholly = (error: unknown): string => {
  const { message, hint = '' } = error as { message: string; hint?: string }
  return `${message} ${hint}`
}
const thrownBy = (made: () => unknown): string => {
  try {
    made()
  } catch (error) {
    return wholly(error)
  }
  return 'nothing'
}

const address = 'http://h/p'
test.each<[string, () => unknown, string]>([
  ['a header of two lines', () => http(address, { headers: { 'x-key': 'a s3cr3t\nabc' } }), '"x-key" whose value'],
  ['a header of other letters', () => http(address, { headers: { 'x-key': 's3cr3t€' } }), '"x-key" whose value'],
  ['a header with a secret as name', () => http(address, { headers: { 's3cr3t\n': 'a' } }), 'a header whose name'],
  ['a key of two lines', () => chat(address, { model: 'm', key: 's3cr3t\nkey' }), '"authorization" whose value'],
  ['MLflow with such a key', () => mlflow(address, { headers: { 'x-key': 's3cr3t\nkey' } }), '"x-key" whose value'],
  ...[
    ['htp://h/p?key=s3cr3t', '"htp://h/p"'],
    ['htp://h/p#s3cr3t', '"htp://h/p"'],
    ['http://u:s3cr3t@:x/p?key=s3cr3t', '"http://:x/p"'],
    ['http://u:a/s3cr3t@:x/p', '"http://:x/p"'],
    ['http://u:a?s3cr3t@:x/p', '"http://…"'],
    ['http://u:a@s3cr3t@:x/p', '"http://:x/p"'],
    ['s3cr3t:@h/p', '"h/p"'],
    ['//s3cr3t@h/p', '"h/p"'],
  ].map(([url = '', shown = '']): [string, () => unknown, string] => [url, () => http(url), `got ${shown} as address`]),
  ['an address of a chat', () => chat('htp://h?key=s3cr3t', { model: 'm' }), 'got "htp://h" as address'],
])('%s is refused without its secret', (_, made, words) => {
  const told = thrownBy(made)
  expect(told).toContain(words)
  expect(told).not.toMatch(SECRET)
})

test.each(['/401', '/503', '/302', '/text', '/json'])(
  'an endpoint that tells its secrets at %s tells none',
  async (at) => {
    const options = {
      headers: { 'x-key': 'a-s3cr3t-key', accept: 'application/json' },
      retries: 0,
      backoff: 1,
      response: at === '/json' ? 'label' : 'echo',
    }
    for (const [user, headers] of [
      ['us%2Fs3cr3t:pass%40s3cr3t@', {}],
      ['', { authorization: 'Bearer s3cr3t.abc' }],
    ] as const) {
      const asked = http(`http://${user}${host}${at}?token=s3cr3t%2Fq&b=s3cr3t2`, {
        ...options,
        headers: { ...options.headers, ...headers },
      })
      const error = (await predicted(asked, ['x'])).errors.get(0)
      expect(error).toMatch(/answered/)
      expect(error).toContain('[redacted]')
      expect(error).not.toMatch(SECRET)
    }
  },
)

test('what response() says of an answer is told without secrets, and other words are as they are', async () => {
  const asked = http(`http://${host}/json`, {
    headers: { 'x-key': 'a-s3cr3t-key', accept: 'application/json' },
    response: ({ echo }: { echo: string }) => {
      throw new Error(`no application/json: ${echo}`)
    },
  })
  expect((await predicted(asked, ['x'])).errors.get(0)).toMatch(/no application\/json: no: .*\[redacted\]$/)
})

test('an address that is not heard is told without secrets', async () => {
  const nobody = http('http://us3cr3t:s3cr3tpw@127.0.0.1:9/?key=s3cr3tq', { retries: 0 })
  const error = (await predicted(nobody, ['x'])).errors.get(0)
  expect(error).toMatch(/could not be reached/)
  expect(error).not.toMatch(SECRET)
})
