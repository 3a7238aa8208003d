import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { agreesWith } from '../../src/behavior/kinds/agreesWith.ts'
import { answersAll } from '../../src/behavior/kinds/answersAll.ts'
import { deterministic } from '../../src/behavior/kinds/deterministic.ts'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { noWorseThan } from '../../src/behavior/kinds/noWorseThan.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { respondsWithin } from '../../src/behavior/kinds/respondsWithin.ts'
import { scored } from '../../src/behavior/kinds/scored.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { http } from '../../src/models/http.ts'
import { model, type Model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { predicted } from '../helpers/predicted.ts'
import { judge } from '../helpers/judge.ts'

const inputs = Array.from({ length: 500 }, (_, i) => `input ${i}`)
const cases = mft(inputs.map((input) => ({ input, expected: 'yes' })))

/** A model that falls silent after so many answers. */
function silent(after = 0, concurrency = 4) {
  const calls = { count: 0 }
  const tested = model(
    'silent@1',
    async () => {
      if (++calls.count <= after) return 'yes'
      return new Promise(() => {})
    },
    { timeout: 20, concurrency },
  )
  return { calls, tested }
}

describe('a model that does not answer', () => {
  test('is given up over all the rounds of a budget', async () => {
    const { calls, tested } = silent(0, 8)
    const result = await judge(passMft(tested, cases, { passRate: { min: 0.9 }, budget: 400 }))
    expect(result).toMatchObject({ status: 'error', message: expect.stringContaining('calls in a row had no answer') })
    expect(calls.count).toBeLessThan(30)
  })

  test('is given up by all assertions that ask it together', async () => {
    const { calls, tested } = silent()
    const results = await evaluate([passMft(tested, cases), answersAll(tested, { on: inputs }), passMft(tested, cases)])
    expect(results.map(({ status }) => status)).toEqual(['error', 'error', 'error'])
    expect(calls.count).toBeLessThan(40)
  })

  test.each<[string, (tested: Model) => Parameters<typeof evaluate>[0]]>([
    ['minimum functionality', (tested) => passMft(tested, cases, { passRate: { min: 0.01 } })],
    ['invariance', (tested) => invariantTo(tested, perturb.uppercase(), { over: inputs, passRate: { min: 0.01 } })],
    ['scores', (tested) => scored(tested, { accuracy: { min: 0.01 } }, cases)],
    [
      'a comparison',
      (tested) =>
        noWorseThan(
          tested,
          model('yes@1', () => 'yes'),
          { on: cases, margin: 0.99 },
        ),
    ],
    [
      'a comparison with it',
      (tested) =>
        noWorseThan(
          model('yes@1', () => 'yes'),
          tested,
          { on: cases },
        ),
    ],
    [
      'agreement',
      (tested) =>
        agreesWith(
          tested,
          model('yes@1', () => 'yes'),
          { on: inputs, passRate: { min: 0.01 } },
        ),
    ],
    ['answers to all', (tested) => answersAll(tested, { on: inputs, passRate: { min: 0.01 } })],
    ['times', (tested) => respondsWithin(tested, { p50: 1000 }, { on: inputs, errorRate: 0.99 })],
    ['sameness', (tested) => deterministic(tested, { on: inputs, repeats: 2, passRate: { min: 0.01 } })],
  ])('is not asked for every input by %s, and that is an error', async (_, check) => {
    const { calls, tested } = silent(20)
    const found = await judge(check(tested))
    expect(found.status).toBe('error')
    expect(calls.count).toBeLessThan(60)
    expect(`${found.measured} ${found.message}`).toMatch(
      /silent@1 was asked \d+ of [\d,]+ inputs, and no more: \d+ calls in a row had no answer, the last since it did not answer within 20 ms/,
    )
  })

  test('is asked a few times more than calls are under way, and again by the next assertion', async () => {
    const { calls, tested } = silent(0, 4)
    expect((await judge(passMft(tested, cases))).message).toMatch(/asked (9|1\d) of 500 inputs/)
    const before = calls.count
    expect((await judge(passMft(tested, cases))).status).toBe('error')
    expect(calls.count - before).toBeLessThanOrEqual(8)
  })

  test('is asked on where it answers between', async () => {
    let count = 0
    const slow = model('slow@1', () => (++count % 4 === 0 ? Promise.resolve('yes') : new Promise(() => {})), {
      timeout: 2,
      concurrency: 1,
    })
    const some = inputs.slice(0, 60)
    const { errors } = await predicted(slow, some)
    expect(count).toBe(60)
    expect(errors.size).toBe(45)
  })

  test('keeps what it answered before', async () => {
    const { calls, tested } = silent(100)
    expect((await judge(passMft(tested, cases))).status).toBe('error')
    const before = calls.count
    const first = mft(inputs.slice(0, 90).map((input) => ({ input, expected: 'yes' })))
    expect((await judge(passMft(tested, first))).status).toBe('pass')
    expect(calls.count).toBe(before)
  })

  test('of few inputs has errors, as before', async () => {
    const { tested } = silent()
    const { errors } = await predicted(tested, inputs.slice(0, 5))
    expect([...errors.values()]).toEqual(Array(5).fill('did not answer within 20 ms'))
  })
})

describe('an endpoint', () => {
  const served = async (status: number) => {
    let count = 0
    const server = createServer((_, response) => {
      count++
      response.writeHead(status).end('"no"')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return {
      url: `http://127.0.0.1:${port}/`,
      count: () => count,
      close: () => new Promise((resolve) => server.close(resolve)),
    }
  }

  test('that is not there is asked a few times', async () => {
    const { url, close } = await served(200)
    await close()
    const found = await judge(passMft(http(url, { name: 'gone@1', retries: 0 }), cases))
    expect(found.status).toBe('error')
    expect(found.message).toMatch(
      /gone@1 was asked \d\d of 500 inputs, and no more: .*could not be reached: .*ECONNREFUSED/,
    )
  })

  test.each([401, 403, 404, 429, 503])('that answers all with status %i is asked a few times', async (status) => {
    const { url, count, close } = await served(status)
    const found = await judge(passMft(http(url, { name: 'closed@1', retries: 0 }), cases))
    expect(found.status).toBe('error')
    expect(found.message).toContain(`answered with status ${status}`)
    expect(count()).toBeLessThan(30)
    await close()
  })

  test('that refuses inputs is asked for all: each may be wrong by itself', async () => {
    const { url, count, close } = await served(422)
    const found = await judge(
      answersAll(http(url, { name: 'strict@1', retries: 0 }), { on: inputs.slice(0, 60), refusal: /status 4/ }),
    )
    expect(found.status).toBe('pass')
    expect(count()).toBe(60)
    await close()
  })

  test('is asked on where a call that was under way shows that it is back', async () => {
    let [refused, isBack] = [0, false]
    let release = (): void => {}
    const back = new Promise<void>((resolve) => (release = resolve))
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (part) => (body += String(part)))
      request.on('end', async () => {
        if (body === '0') {
          await back
          isBack = true
        }
        if (!isBack && ++refused === 7) setTimeout(release, 50)
        response.writeHead(isBack ? 200 : 503, { 'content-type': 'application/json' }).end('"yes"')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const tested = http(url, { name: 'restarted@1', retries: 0, concurrency: 2 })
    const { values, errors } = await predicted(
      tested,
      Array.from({ length: 40 }, (_, i) => i),
    )
    expect([...errors.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect([values[0], values[8], values[39]]).toEqual(['yes', 'yes', 'yes'])
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})
