import { expect, test } from 'vitest'
import { deterministic } from '../../src/behavior/kinds/deterministic.ts'
import { respondsWithin } from '../../src/behavior/kinds/respondsWithin.ts'
import { model } from '../../src/models/model.ts'
import { overallOf } from '../helpers/blocks.ts'
import { seeded } from '../../src/stats/random.ts'
import { judge } from '../helpers/judge.ts'

const on = Array.from({ length: 40 }, (_, i) => `text ${i}`)

test('a model that draws at random is told from one that does not, whatever it said before', async () => {
  const random = seeded(1)
  const steady = model('steady@1', (text: string) => ({ label: 'a', scores: { a: text.length } }))
  const scores = model('scores@1', () => ({ label: 'a', scores: { a: random() } }))
  expect((await judge(deterministic(steady, { on }))).status).toBe('pass')
  for (let i = 0; i < 2; i++)
    expect(await judge(deterministic(scores, { on }))).toMatchObject({
      status: 'fail',
      evidence: [{ overall: { failed: 40 } }, {}],
    })
  let calls = 0
  const rare = model('rare@1', () => (++calls % 50 === 0 ? 'b' : 'a'))
  const result = await judge(deterministic(rare, { on, repeats: 5, passRate: { min: 0.8 } }))
  expect(result.status).toBe('pass')
  expect(overallOf(result)?.failed).toBe(4)
})

test('an answer that is missing once is an error', async () => {
  let calls = 0
  const flaky = model('flaky@1', () => (++calls === 3 ? undefined : 'a'))
  expect((await judge(deterministic(flaky, { on: ['x'] }))).status).toBe('error')
  expect(() => deterministic(flaky, { on, repeats: 1 })).toThrow('takes two answers')
  expect(() => deterministic(flaky, { on: [] })).toThrow('needs inputs')
})

/** Answers of a model whose clock is told. */
function clocked(times: readonly (number | undefined)[]) {
  let at = 0
  return {
    ...model('clocked@1', () => 'a'),
    predict: async (inputs: readonly unknown[]) =>
      inputs.map(() => {
        const latency = times[at++ % times.length]
        return latency === undefined ? { error: 'did not answer' } : { value: 'a', latency }
      }),
  }
}

test('shares of the calls are held to their limits, the first call apart', async () => {
  const made = clocked([900, ...Array.from({ length: 39 }, (_, i) => i + 1)])
  const tested = Object.defineProperty(made, Symbol.for('assay.model'), { value: true })
  const result = await judge(respondsWithin(tested, { p50: 20, p95: 38, max: 39 }, { on }))
  expect(result).toMatchObject({ status: 'pass', measured: 'p50 20 ms, p95 38 ms, max 39 ms over 39 calls' })
  expect(result.evidence).toMatchObject([
    {
      kind: 'calls',
      calls: 40,
      errors: 0,
      first: 900,
      latency: [
        { share: 0.5, ms: 20, limit: 20 },
        { share: 0.95, ms: 38, limit: 38 },
        { share: 1, ms: 39, limit: 39 },
      ],
    },
  ])
  const late = await judge(respondsWithin(tested, { p50: 20, p95: 37 }, { on }))
  expect(late).toMatchObject({ status: 'fail', value: 38 })
})

test('calls without an answer fail above the share that may', async () => {
  const made = clocked([1, undefined, 1, 1])
  const tested = Object.defineProperty(made, Symbol.for('assay.model'), { value: true })
  expect((await judge(respondsWithin(tested, { p50: 20 }, { on }))).status).toBe('fail')
  const some = await judge(respondsWithin(tested, { p50: 20 }, { on, errorRate: 0.3 }))
  expect(some.status).toBe('pass')
  expect(some.message).toContain('10 of 40 without an answer')
  expect(
    (
      await judge(
        respondsWithin(
          model('m@1', () => undefined),
          { p50: 1 },
          { on },
        ),
      )
    ).status,
  ).toBe('error')
})

test('a model is timed for real, and asked again for it', async () => {
  let calls = 0
  const slow = model('slow@1', async () => (calls++, new Promise((resolve) => setTimeout(() => resolve('a'), 15))))
  expect((await judge(respondsWithin(slow, { p50: 60_000 }, { on: ['x', 'y', 'z'] }))).status).toBe('pass')
  expect((await judge(respondsWithin(slow, { p50: 1 }, { on: ['x', 'y', 'z'] }))).status).toBe('fail')
  expect(calls).toBe(6)
})

test.each<[() => unknown, string]>([
  [
    () =>
      respondsWithin(
        model('m@1', () => 1),
        {},
        { on },
      ),
    'no limit',
  ],
  [
    () =>
      respondsWithin(
        model('m@1', () => 1),
        { p96: 1 } as never,
        { on },
      ),
    'did you mean p9',
  ],
  [
    () =>
      respondsWithin(
        model('m@1', () => 1),
        { p95: 0 },
        { on },
      ),
    'p95: 0',
  ],
  [
    () =>
      respondsWithin(
        model('m@1', () => 1),
        { p95: 1 },
        { on, errorRate: 1 },
      ),
    'errorRate: 1',
  ],
])('wrong limits are named: %s', (make, message) => {
  expect(make).toThrow(message)
})
