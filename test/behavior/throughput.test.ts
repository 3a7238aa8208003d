import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { respondsWithin } from '../../src/behavior/kinds/respondsWithin.ts'
import { exec } from '../../src/models/exec.ts'
import { http } from '../../src/models/http.ts'
import { model } from '../../src/models/model.ts'
import { judge } from '../helpers/judge.ts'

/** Milliseconds that the server takes for an answer, whatever else it does: no more than 100 a second come one after another. */
const DELAY = 10
let server: Server
let url: string
let asked: string[] = []
let underWay: number[] = []
let under = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked.push(body)
      underWay.push(++under)
      setTimeout(() => {
        under--
        response.writeHead(body.includes('bad') ? 400 : 200).end('"yes"')
      }, DELAY)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
beforeEach(() => {
  asked = []
  underWay = []
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const on = Array.from({ length: 40 }, (_, i) => `text ${i}`)

test.each([
  ['its own', undefined, 5],
  ['that of the assertion', 8, 8],
  ['one', 1, 1],
])('answers a second are counted at a concurrency, %s, the first call apart', async (_, concurrency, atOnce) => {
  const served = http(url, { name: 'served@1', concurrency: 5 })
  const options = { on, ...(concurrency === undefined ? {} : { concurrency }) }
  const result = await judge(respondsWithin(served, { throughput: 0.1, p95: 60_000 }, options))
  expect(result).toMatchObject({
    status: 'pass',
    expected: `p95 at most 60,000 ms, at least 0.1 answers a second${atOnce === 1 ? '' : ` at ${atOnce} a time`}`,
    evidence: [{ kind: 'calls', calls: 40, errors: 0, perSecondLimit: 0.1, concurrency: atOnce }],
  })
  expect(underWay[0]).toBe(1)
  expect(underWay[1]).toBe(1)
  expect(Math.max(...underWay)).toBe(atOnce)
  // No clock lets a server that takes so long answer more.
  const most = (1.2 * atOnce * 1000) / DELAY
  const slow = await judge(respondsWithin(served, { throughput: most }, options))
  expect(slow).toMatchObject({ status: 'fail', measured: expect.stringMatching(/answers a second.* over 39 calls$/) })
  expect(slow.value).toBeLessThan(most)
})

test('calls without an answer are no answers, and their share has an interval', async () => {
  const some = on.map((text, i) => (i % 4 === 3 ? `bad ${text}` : text))
  const served = http(url, { retries: 0 })
  const failed = await judge(respondsWithin(served, { throughput: 0.1 }, { on: some }))
  expect(failed).toMatchObject({
    status: 'fail',
    message: '10 of 40 without an answer: 25 % (14.2 % to 40.2 % with 95 % confidence)',
    evidence: [{ errors: 10, errorInterval: [expect.closeTo(0.142, 3), expect.closeTo(0.402, 3)] }],
  })
  expect((await judge(respondsWithin(served, { throughput: 0.1 }, { on: some, errorRate: 0.3 }))).status).toBe('pass')
})

test('each input is asked, the same one too', async () => {
  const result = await judge(respondsWithin(http(url), { p50: 60_000 }, { on: on.map(() => 'the same') }))
  expect(result.measured).toMatch(/over 39 calls$/)
  expect(asked).toHaveLength(40)
})

test('a concurrency that was never reached is an error, not a rate', async () => {
  const few = await judge(respondsWithin(http(url), { throughput: 0.1 }, { on: on.slice(0, 16), concurrency: 16 }))
  expect(few).toMatchObject({
    status: 'error',
    message: '16 calls at a time were never under way: give at least 17 inputs',
  })
  const one = await judge(
    respondsWithin(
      model('m@1', () => 1),
      { throughput: 0.1 },
      { on: ['x'], concurrency: 1 },
    ),
  )
  expect(one.status).toBe('error')
})

test.each<[() => unknown, string]>([
  [() => respondsWithin(http(url), { throughput: 0 }, { on }), 'got throughput: 0'],
  [() => respondsWithin(http(url), { throughputs: 1 } as never, { on }), 'did you mean throughput?'],
  [() => respondsWithin(http(url), { p50: 1 }, { on, concurrency: 1.5 }), 'got concurrency: 1.5'],
  [() => respondsWithin(exec('cat'), { p50: 1 }, { on, concurrency: 2 }), 'cat is asked one input after another'],
])('a wrong question %# says what to give', (question, message) => {
  expect(question).toThrow(message)
})
