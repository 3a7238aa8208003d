import { describe, expect, test } from 'vitest'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { plannedCalls } from '../../src/behavior/plannedCalls.ts'
import type { TrialOptions } from '../../src/behavior/trialOptions.ts'
import { model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { seeded } from '../../src/stats/random.ts'
import { overallOf } from '../helpers/blocks.ts'
import { judge } from '../helpers/judge.ts'

const cases = (n: number) => mft(Array.from({ length: n }, (_, i) => ({ input: `case ${i}`, expected: 'yes' })))
/** Wrong for the first so many of its cases. */
const wrongFor = (n: number) => model('m@1', (text: string) => (Number(text.slice(5)) < n ? 'no' : 'yes'))
const statusOf = async (wrong: number, n: number, options: TrialOptions) =>
  (await judge(passMft(wrongFor(wrong), cases(n), options))).status

describe('a limit with confidence', () => {
  // The least numbers of trials that show a rate with 95 % confidence, by the binomial distribution itself.
  test.each([
    [0.95, 0, 59],
    [0.95, 1, 93],
    [0.95, 2, 124],
    [0.9, 0, 29],
    [0.9, 1, 46],
    [0.9, 2, 61],
    [0.99, 0, 299],
    [0.99, 1, 473],
  ])('of %d is shown by %d failures in %d cases, and not by one case less', async (min, failures, n) => {
    const options = { passRate: { min }, confidence: 0.95 }
    expect(await statusOf(failures, n, options)).toBe('pass')
    expect(await statusOf(failures, n - 1, options)).toBe('inconclusive')
  })

  test('is refuted where so many failures would be that rare', async () => {
    // P(at most 84 of 100 | 0.9) is 4.0 %, P(at most 85) is 7.3 %.
    const options = { passRate: { min: 0.9 }, confidence: 0.95 }
    expect(await statusOf(16, 100, options)).toBe('fail')
    expect(await statusOf(15, 100, options)).toBe('inconclusive')
  })
})

/** A model that passes each trial of a case with the chance that belongs to the case. */
const moody = (chance: (i: number) => number, random: () => number) =>
  model('moody@1', (text: string) => (random() < chance(Number(text.slice(5))) ? 'yes' : 'no'), { remember: false })

/** A model that does something else each third time that it is asked about a case. */
const everyThird = (otherwise: () => string) => {
  const turns = new Map<string, number>()
  return model('third@1', (text: string) => {
    const turn = turns.get(text) ?? 0
    turns.set(text, turn + 1)
    return turn % 3 === 0 ? otherwise() : 'yes'
  })
}

describe('repeats', () => {
  test('count by all, most or any of their answers, or each with its case', async () => {
    const third = everyThird(() => 'no')
    const status = async (by: 'all' | 'most' | 'any' | 'mean', min: number) =>
      judge(passMft(third, cases(9), { repeats: { times: 3, by }, passRate: { min } }))
    expect(await status('all', 1)).toMatchObject({ status: 'fail', measured: '0 % of 9 cases (0 pass, 9 fail)' })
    expect(await status('most', 1)).toMatchObject({ status: 'pass' })
    expect(await status('any', 1)).toMatchObject({ status: 'pass' })
    const mean = await status('mean', 0.6)
    expect(mean).toMatchObject({
      status: 'pass',
      measured: '66.7 % of 27 answers to cases (18 pass, 9 fail)',
    })
    expect(mean.evidence.find(({ kind }) => kind === 'examples')).toMatchObject({ total: 9 })
  })

  test('an answer that failed is an error of its case only where the verdict of the case hangs on it', async () => {
    const flaky = everyThird(() => {
      throw new Error('busy')
    })
    const of = (by: 'all' | 'most' | 'any') => judge(passMft(flaky, cases(3), { repeats: { times: 3, by } }))
    expect((await of('most')).status).toBe('pass')
    expect((await of('any')).status).toBe('pass')
    expect((await of('all')).status).toBe('error')
  })

  // An answer that passes (y), fails (n) or cannot be told (!): what would decide it either way decides it, else it is an error.
  test.each([
    ['yyn', { all: 'fail', most: 'pass', any: 'pass' }],
    ['ynn', { all: 'fail', most: 'fail', any: 'pass' }],
    ['yn', { all: 'fail', most: 'fail', any: 'pass' }],
    ['nnn', { all: 'fail', most: 'fail', any: 'fail' }],
    ['yy!', { all: 'error', most: 'pass', any: 'pass' }],
    ['y!n', { all: 'fail', most: 'error', any: 'pass' }],
    ['!nn', { all: 'fail', most: 'fail', any: 'error' }],
    ['y!!', { all: 'error', most: 'error', any: 'pass' }],
  ] as const)('%s is a case that comes to %o', async (answers, outcomes) => {
    for (const [by, status] of Object.entries(outcomes)) {
      const left = answers.split('')
      const told = model(
        'told@1',
        () => {
          const next = left.shift()
          if (next === '!') throw new Error('busy')
          return next === 'y' ? 'yes' : 'no'
        },
        { remember: false },
      )
      const repeats = { times: answers.length, by: by as 'all' | 'most' | 'any' }
      expect(await judge(passMft(told, cases(1), { repeats })), by).toMatchObject({ status })
    }
  })

  test('of few cases show less than as many cases: answers to one case belong together', async () => {
    const random = seeded(2)
    // Half of the cases always pass, and half never: ten answers to a case say what one does.
    const chance = (i: number) => (i % 20 === 0 ? 0 : 1)
    const options = { passRate: { min: 0.9 }, confidence: 0.95 } as const
    const repeated = await judge(
      passMft(moody(chance, random), cases(20), { ...options, repeats: { times: 10, by: 'mean' } }),
    )
    expect(repeated.status).toBe('inconclusive')
    expect(await judge(passMft(moody(chance, random), cases(200), options))).toMatchObject({ status: 'pass' })
    const [low] = overallOf(repeated)?.interval ?? [1]
    expect(low).toBeLessThan(0.85)
  })

  test.each<[object, RegExp]>([
    [{ repeats: 0 }, /repeats: 0/],
    [{ repeats: { times: 2.5 } }, /repeats/],
    [{ repeats: { times: 2, by: 'al' } }, /did you mean all/],
    [{ repeats: { times: 2, of: 'all' } }, /repeats/],
    [{ budget: 0, passRate: { min: 0.9 } }, /budget: 0/],
    [{ budget: 4, repeats: 5, passRate: { min: 0.9 } }, /whole number from 5/],
    [{ budget: 100 }, /no sample shows that all cases pass/],
    [{ indifference: 0.05, passRate: { min: 0.9 } }, /indifference: 0.05 without a budget/],
    [{ indifference: 0.9, passRate: { min: 0.9 }, budget: 9 }, /indifference: 0.9 at a limit of 0.9/],
    [{ indifference: 0, passRate: { min: 0.9 }, budget: 9 }, /above 0 and below the limit/],
    [
      { indifference: 0.1, passRate: { min: 0.9 }, budget: 9, repeats: { times: 2, by: 'mean' } },
      /and repeats by 'mean'/,
    ],
  ])('%j is refused', (options, message) => {
    expect(() => passMft(wrongFor(0), cases(3), options)).toThrow(message)
  })
})

describe('a budget', () => {
  const counted = (chance: number, random: () => number) => {
    const calls = { made: 0 }
    const asked = model('counted@1', () => {
      calls.made++
      return random() < chance ? 'yes' : 'no'
    })
    return { calls, asked }
  }

  test('is spent only until the answer is sure, and never overdrawn', async () => {
    const options = { passRate: { min: 0.9 }, budget: 2000 }
    const good = counted(0.995, seeded(4))
    const pass = await judge(passMft(good.asked, cases(5000), options))
    expect(pass.status).toBe('pass')
    expect(good.calls.made).toBeLessThan(150)
    expect(pass.measured).toMatch(new RegExp(`after ${good.calls.made} of at most 2,000 calls$`))
    expect(pass.expected).toBe('at least 90 % of cases, with 95 % confidence, within 2,000 calls')
    const bad = counted(0.5, seeded(5))
    expect(await judge(passMft(bad.asked, cases(5000), options))).toMatchObject({ status: 'fail' })
    expect(bad.calls.made).toBeLessThan(40)
    const close = counted(0.9, seeded(9))
    const undecided = await judge(passMft(close.asked, cases(5000), { ...options, budget: 300 }))
    expect(undecided).toMatchObject({ status: 'inconclusive', blocking: false })
    expect(close.calls.made).toBe(300)
  })

  test('decides near the limit in fewer calls where a little below it either verdict will do', async () => {
    const options = { passRate: { min: 0.9 }, budget: 4000 }
    const [strict, lenient] = [counted(0.94, seeded(4)), counted(0.94, seeded(4))]
    expect(await judge(passMft(strict.asked, cases(5000), options))).toMatchObject({ status: 'pass' })
    const pass = await judge(passMft(lenient.asked, cases(5000), { ...options, indifference: 0.1 }))
    expect(pass.status).toBe('pass')
    expect(pass.expected).toBe('at least 90 % of cases, with 95 % confidence, told from 80 %, within 4,000 calls')
    expect(lenient.calls.made).toBeLessThan(strict.calls.made / 4)
    const bad = counted(0.6, seeded(5))
    expect(await judge(passMft(bad.asked, cases(5000), { ...options, indifference: 0.1 }))).toMatchObject({
      status: 'fail',
    })
    const rare = mft([{ input: 'a', expected: 'yes', capability: 'rare' }])
    const limits = { ...options, indifference: 0.3, capabilities: { rare: { min: 0.2 } } }
    expect(() => passMft(bad.asked, rare, limits)).toThrow('indifference: 0.3 at a limit of 0.2')
    const short = await judge(passMft(lenient.asked, cases(5000), { ...options, budget: 5, indifference: 0.1 }))
    expect(short).toMatchObject({
      status: 'inconclusive',
      message: 'the answers speak neither for 90 % nor for 80 %: more cases would decide',
    })
  })

  test('draws its cases, so that a table in order shows what the whole does', async () => {
    // The first tenth fails: who asks the first cases only sees failures, the last only passes.
    const result = await judge(passMft(wrongFor(500), cases(5000), { passRate: { min: 0.8 }, budget: 1000 }))
    expect(result.status).toBe('pass')
    const rate = overallOf(result)?.rate ?? 0
    expect(rate).toBeGreaterThan(0.8)
    expect(rate).toBeLessThan(1)
  })

  test('goes on until the limits of capabilities are sure, too', async () => {
    const table = mft(
      Array.from({ length: 4000 }, (_, i) => ({
        input: `case ${i}`,
        expected: 'yes',
        capability: i % 2 === 0 ? 'easy' : 'hard',
      })),
    )
    const asked = model('m@1', (text: string) => (Number(text.slice(5)) % 10 === 1 ? 'no' : 'yes'))
    const result = await judge(
      passMft(asked, table, { passRate: { min: 0.5 }, capabilities: { hard: { min: 0.7 } }, budget: 4000 }),
    )
    expect(result.status).toBe('pass')
    const alone = await judge(passMft(asked, table, { passRate: { min: 0.5 }, budget: 4000 }))
    expect(overallOf(result)?.cases).toBeGreaterThan(overallOf(alone)?.cases ?? 0)
  })

  test('holds for inputs with several changed forms', async () => {
    let calls = 0
    const asked = model('m@1', () => (calls++, 'same'), { remember: false })
    const over = Array.from({ length: 400 }, (_, i) => `a text of number ${i}`)
    const result = await judge(
      invariantTo(asked, perturb.typos(), { over, passRate: { min: 0.9 }, budget: 150, onInconclusive: 'fail' }),
    )
    expect(calls).toBeLessThanOrEqual(150)
    expect(result).toMatchObject({ status: 'pass' })
    expect(result.measured).toContain(`after ${calls} of at most 150 calls`)
  })

  test('ends at the first case that does not fit: short ones of later draws would stand for long ones', async () => {
    // Every second unit is a group of 100 questions, and fails; the budget reaches for one of them.
    const table = Array.from({ length: 200 }, (_, unit) =>
      unit % 2 === 0
        ? Array.from({ length: 100 }, (__, i) => ({
            input: `no ${unit} ${i}`,
            expected: 'yes',
            group: `group ${unit}`,
          }))
        : [{ input: `yes ${unit}`, expected: 'yes' }],
    ).flat()
    const asked = model('m@1', (text: string) => text.split(' ')[0] as string)
    const result = await judge(passMft(asked, mft(table), { passRate: { min: 0.6 }, budget: 199 }))
    expect(result.status).toBe('inconclusive')
    expect(overallOf(result)?.cases).toBeLessThan(10)
  })

  test('is told before it is spent', () => {
    const check = passMft(wrongFor(0), cases(50), { repeats: 4 })
    expect(plannedCalls(check)).toBe(200)
    const within = passMft(wrongFor(0), cases(50), { repeats: 4, passRate: { min: 0.9 }, budget: 60 })
    expect(plannedCalls([check, within])).toBe(260)
    const over = ['a', 'b']
    expect(plannedCalls(invariantTo(wrongFor(0), perturb.uppercase(), { over }))).toBeUndefined()
  })
})
