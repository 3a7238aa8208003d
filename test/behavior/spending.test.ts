import { describe, expect, test } from 'vitest'
import { respondsWithin } from '../../src/behavior/kinds/respondsWithin.ts'
import type { ServingLimits } from '../../src/behavior/serving/servingLimits.ts'
import { answer } from '../../src/models/answer.ts'
import { model } from '../../src/models/model.ts'
import { blockOf } from '../../src/results/blocks/index.ts'
import { judge } from '../helpers/judge.ts'

/** Costs a thousandth a letter, reads a token a letter and writes two. */
const dear = model('dear@1', (text: string) =>
  answer({ value: 'ok', usage: { cost: text.length / 1000, inputTokens: text.length, outputTokens: 2 } }),
)
const on = ['a', 'four', 'a text of 20 letters']
const [mean, most] = [(1 + 4 + 20) / 3, 20]

describe('what calls use', () => {
  test.each<[ServingLimits, 'pass' | 'fail', number]>([
    [{ cost: 0.0084 }, 'pass', mean / 1000],
    [{ cost: 0.0083 }, 'fail', mean / 1000],
    [{ maxCost: 0.02 }, 'pass', most / 1000],
    [{ maxCost: 0.0199 }, 'fail', most / 1000],
    [{ tokens: 10.4 }, 'pass', mean + 2],
    [{ tokens: 10.3 }, 'fail', mean + 2],
    [{ maxTokens: 22 }, 'pass', most + 2],
    [{ maxTokens: 21 }, 'fail', most + 2],
    [{ maxTokens: 21, cost: 1 }, 'fail', most + 2],
  ])('is held to %j', async (limits, status, value) => {
    const found = await judge(respondsWithin(dear, limits, { on }))
    expect([found.status, found.title]).toEqual([status, 'costs no more than it may'])
    expect(found.value).toBeCloseTo(value, 12)
    expect(found.measured).toMatch(/over 3 calls$/)
  })

  test.each([
    [[0.1, 0.2, 0.3], 0.2],
    [Array<number>(10).fill(0.1), 0.1],
    [[0.7, 1.1, 1.2], 1],
  ])('of which the mean is its limit holds: %j', async (costs, limit) => {
    const inputs = costs.map((cost, i) => ({ cost, i }))
    const priced = model('priced@1', (input: { cost: number }) => answer({ value: 'ok', usage: { cost: input.cost } }))
    const found = await judge(respondsWithin(priced, { cost: limit }, { on: inputs }))
    expect([found.status, found.value]).toEqual(['pass', limit])
    expect((await judge(respondsWithin(priced, { cost: limit * 0.999999 }, { on: inputs }))).status).toBe('fail')
  })

  test('is told with times, summed over all calls', async () => {
    const found = await judge(respondsWithin(dear, { p95: 60_000, cost: 0.01, tokens: 50 }, { on }))
    expect(found.expected).toBe(
      'p95 at most 60,000 ms, mean cost of a call at most 0.01, mean tokens of a call at most 50',
    )
    expect(found.measured).toMatch(/^p95 .* ms, mean cost 0\.008333, mean tokens 10\.33 over 2 calls$/)
    expect(blockOf(found, 'calls')).toMatchObject({ cost: 0.025, inputTokens: 25, outputTokens: 6 })
  })

  test('is an error where answers do not tell it, never a pass', async () => {
    const silent = model('silent@1', (text: string) =>
      answer({ value: 'ok', usage: text === 'a' ? {} : { cost: 0.001, inputTokens: 1 } }),
    )
    for (const [limits, words] of [
      [{ cost: 1 }, '1 answer of 3 tells no cost'],
      [{ maxTokens: 9 }, '3 answers of 3 tell no tokens'],
    ] as const) {
      const found = await judge(respondsWithin(silent, limits, { on }))
      expect([found.status, found.measured]).toEqual(['error', words])
    }
    const plain = await judge(
      respondsWithin(
        model('plain@1', () => 'ok'),
        { cost: 1 },
        { on },
      ),
    )
    expect(plain.status).toBe('error')
    const times = await judge(respondsWithin(silent, { p95: 60_000 }, { on }))
    expect(times.status).toBe('pass')
    expect(blockOf(times, 'calls')).not.toHaveProperty('cost')
  })

  test.each([0, -1, Number.NaN, Infinity, '1'])('is held to no %j', (cost) => {
    expect(() => respondsWithin(dear, { cost } as ServingLimits, { on })).toThrow(/got cost: .*\n.*a number above 0/)
  })
})
