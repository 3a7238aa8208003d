import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answersAll } from '../../src/behavior/kinds/answersAll.ts'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { respondsWithin } from '../../src/behavior/kinds/respondsWithin.ts'
import { answer } from '../../src/models/answer.ts'
import { chat } from '../../src/models/chat.ts'
import { exec } from '../../src/models/exec.ts'
import { model } from '../../src/models/model.ts'
import { onnx } from '../../src/models/onnx/onnx.ts'
import { predictions } from '../../src/models/predictions.ts'
import { recorded } from '../../src/models/recorded.ts'
import { checkedBudget, readSpent } from '../../src/models/runBudget.ts'
import { folderWith } from '../helpers/files.ts'
import { judge } from '../helpers/judge.ts'

let file: string
beforeEach(async () => {
  file = path.join(await folderWith({}), 'spent.json')
  vi.stubEnv('ASSAY_BUDGET_FILE', file)
})
afterEach(() => vi.unstubAllEnvs())

const yes = (n: number, from = 0) =>
  mft(Array.from({ length: n }, (_, i) => ({ input: `case ${from + i}`, expected: 'yes' })))

describe('a budget of calls', () => {
  beforeEach(() => vi.stubEnv('ASSAY_BUDGET_CALLS', '10'))

  test('is of all assertions together, and one that it does not reach for asks nothing and shows nothing', async () => {
    let calls = 0
    const counted = model('counted@1', () => (calls++, 'yes'))
    expect((await judge(passMft(counted, yes(6)))).status).toBe('pass')
    const options = { passRate: { min: 0.1 }, confidence: 0.9, onInconclusive: 'pass' } as const
    expect(await judge(passMft(counted, yes(5, 100), options))).toMatchObject({
      status: 'inconclusive',
      blocking: true,
      measured: 'not asked',
      message: expect.stringContaining(
        'the budget of the run does not reach: 6 of 10 calls were made, and this takes 5',
      ),
    })
    expect(calls).toBe(6)
    // What was answered is known, and what is left serves a smaller question.
    expect((await judge(passMft(counted, yes(6)))).status).toBe('pass')
    expect((await judge(passMft(counted, yes(4, 200)))).status).toBe('pass')
    expect(calls).toBe(10)
    expect(await readSpent(file)).toEqual({ calls: 10, cost: 0 })
    expect((await judge(passMft(counted, yes(1, 300)))).status).toBe('inconclusive')
  })

  test.each([
    [
      'answers',
      () =>
        answersAll(
          model('m@1', () => 1),
          { on: Array.from({ length: 11 }, (_, i) => i) },
        ),
    ],
    [
      'times',
      () =>
        respondsWithin(
          model('m@1', () => 1),
          { p50: 1e6 },
          { on: Array.from({ length: 11 }, (_, i) => i) },
        ),
    ],
    [
      'repeats',
      () =>
        passMft(
          model('m@1', () => 'yes'),
          yes(4),
          { repeats: 3 },
        ),
    ],
    [
      'a budget of its own',
      () =>
        passMft(
          model('m@1', () => 'yes'),
          yes(99),
          { passRate: { min: 0.9 }, budget: 60 },
        ),
    ],
    ['a process', () => passMft(exec('cat', { name: 'cat' }), yes(11))],
    ['an ONNX model', () => passMft(onnx(path.join(import.meta.dirname, '../fixtures/onnx/iris.onnx')), yes(11))],
  ])('holds %s, too', async (_, check) => {
    expect(await judge(check())).toMatchObject({ status: 'inconclusive', blocking: true })
  })

  test('is not spent on what costs nothing: predictions in a file, and recorded answers', async () => {
    const made = predictions(yes(30).map(({ input }) => ({ input: input as string, prediction: 'yes' })))
    expect((await judge(passMft(made, yes(30)))).status).toBe('pass')
    const folder = await folderWith({})
    const kept = () =>
      recorded(
        model('kept@1', () => 'yes', { fingerprint: '1' }),
        { folder, mode: 'auto' },
      )
    for (let i = 0; i < 3; i++) expect((await judge(passMft(kept(), yes(8)))).status).toBe('pass')
    expect((await readSpent(file)).calls).toBe(8)
  })

  test('is never passed by calls made at the same time', async () => {
    let calls = 0
    const models = Array.from({ length: 12 }, (_, i) => model(`m@${i}`, () => (calls++, 'yes')))
    const results = await Promise.all(models.map((one) => judge(passMft(one, yes(3)))))
    expect(results.filter(({ status }) => status === 'pass')).toHaveLength(3)
    expect(calls).toBe(9)
  })
})

describe('a budget of cost', () => {
  beforeEach(() => vi.stubEnv('ASSAY_BUDGET_COST', '1'))
  const priced = (cost: (i: number) => number | undefined, calls = { count: 0 }) => ({
    calls,
    tested: model('priced@1', () => {
      const own = cost(calls.count++)
      return answer({ value: 'yes', ...(own === undefined ? {} : { usage: { cost: own } }) })
    }),
  })

  test('is spent as answers tell their cost, and never passed while they cost what they did', async () => {
    const { tested, calls } = priced(() => 0.03)
    expect((await judge(passMft(tested, yes(20)))).status).toBe('pass')
    expect(await readSpent(file)).toEqual({ calls: 20, cost: expect.closeTo(0.6, 9) })
    expect(await judge(passMft(tested, yes(20, 100)))).toMatchObject({
      status: 'inconclusive',
      blocking: true,
      message: expect.stringMatching(/does not reach: 0\.99 of 1 is gone, and a call costs up to 0\.03/),
    })
    expect(calls.count).toBe(33)
    expect(await readSpent(file)).toEqual({ calls: 33, cost: expect.closeTo(0.99, 9) })
  })

  test.each([
    ['0.3', 0.1, 3],
    ['0.7', 0.1, 7],
    ['5', 0.01, 500],
  ])('%s reaches for all calls that cost it together, but for rounding: %s each', async (whole, each, count) => {
    vi.stubEnv('ASSAY_BUDGET_COST', whole)
    const { tested, calls } = priced(() => each)
    expect((await judge(passMft(tested, yes(count)))).status).toBe('pass')
    expect((await judge(passMft(tested, yes(1, 1000)))).status).toBe('inconclusive')
    expect(calls.count).toBe(count)
  })

  test('is not spent on one call after another of a model that has no answer', async () => {
    let calls = 0
    const silent = model('silent@1', () => (calls++, new Promise(() => {})), { timeout: 5, concurrency: 2 })
    expect(await judge(passMft(silent, yes(100)))).toMatchObject({
      status: 'error',
      message: expect.stringContaining('silent@1 was asked 7 of 100 inputs, and no more'),
    })
    expect(calls).toBe(7)
  })

  test('asks one input first, which tells what they cost', async () => {
    const { tested, calls } = priced(() => 0.9)
    expect((await judge(passMft(tested, yes(3)))).status).toBe('inconclusive')
    expect(calls.count).toBe(1)
  })

  test('asks models that cost nothing at once', async () => {
    const { tested, calls } = priced(() => undefined)
    expect((await judge(passMft(tested, yes(5000)))).status).toBe('pass')
    expect(calls.count).toBe(5000)
  })

  test('a chat without a price is refused, since nobody would know what it cost', async () => {
    const silent = chat('http://127.0.0.1:9/v1', { model: 'small-1' })
    expect(await judge(passMft(silent, yes(1)))).toMatchObject({
      status: 'error',
      message: expect.stringContaining('small-1 tells no cost, and the run has a budget of cost'),
    })
  })
})

test.each([
  ['ASSAY_BUDGET_CALLS', '10x'],
  ['ASSAY_BUDGET_CALLS', ''],
  ['ASSAY_BUDGET_CALLS', '-1'],
  ['ASSAY_BUDGET_CALLS', '1.5'],
  ['ASSAY_BUDGET_COST', 'much'],
])('%s=%s is an error, not a run without a budget', async (name, value) => {
  vi.stubEnv(name, value)
  expect(
    await judge(
      passMft(
        model('m@1', () => 'yes'),
        yes(1),
      ),
    ),
  ).toMatchObject({
    status: 'error',
    message: expect.stringContaining('ASSAY_BUDGET_CALLS or ASSAY_BUDGET_COST got'),
  })
})

test('in a script, which is one process, a budget is of all that it asks', async () => {
  vi.stubEnv('ASSAY_BUDGET_CALLS', '10')
  vi.stubEnv('ASSAY_BUDGET_FILE', undefined)
  vi.stubEnv('VITEST_WORKER_ID', undefined)
  const asked = model('scripted@1', () => 'yes')
  const statuses = []
  for (const from of [0, 100]) statuses.push((await judge(passMft(asked, yes(6, from)))).status)
  expect(statuses).toEqual(['pass', 'inconclusive'])
})

test('in a run without the plugin, which keeps it, a budget is an error', async () => {
  vi.stubEnv('ASSAY_BUDGET_CALLS', '10')
  vi.stubEnv('ASSAY_BUDGET_FILE', undefined)
  expect(
    await judge(
      passMft(
        model('m@1', () => 'yes'),
        yes(1),
      ),
    ),
  ).toMatchObject({
    status: 'error',
    message: expect.stringContaining('is kept by its plugin'),
  })
})

test.each([[{}], [{ calls: 1.5 }], [{ calls: '3' }], [{ cost: Number.NaN }], [{ cost: -1 }], [{ calls: 3, cots: 2 }]])(
  'a budget %j is refused',
  (budget) => {
    expect(() => checkedBudget(budget, 'assay({ budget })')).toThrow('assay({ budget })')
  },
)
