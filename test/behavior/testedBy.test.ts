import { describe, expect, test } from 'vitest'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { movesWith } from '../../src/behavior/kinds/movesWith.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { testedBy } from '../../src/behavior/kinds/testedBy.ts'
import { type Model, model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { ratesOf } from '../helpers/blocks.ts'
import { judge } from '../helpers/judge.ts'

const positive = (text: string) => (/good|love/.test(text) ? 0.9 : /bad|hate/.test(text) ? 0.1 : 0.4)
const sentiment = model('sentiment@1', (text: string) => ({
  label: positive(text) > 0.5 ? 'positive' : 'negative',
  scores: { positive: positive(text) },
}))
const texts = ['good food', 'bad food', 'we love it', 'we hate it', 'so bad', 'all good', 'no food', 'love this']
const cases = mft(texts.map((input) => ({ input, expected: positive(input) > 0.5 ? 'positive' : 'negative' })))

describe('tests of the tests', () => {
  test('pass where a model that knows nothing fails each of them', async () => {
    let calls = 0
    const counted = model('counted@1', (text: string) => (calls++, sentimentOf(text)))
    const result = await judge(
      testedBy(counted, (m) => [
        passMft(m, cases),
        invariantTo(m, perturb.append('!'), { over: texts }),
        movesWith(m, perturb.append('I hate it.'), {
          over: ['all good', 'love this'],
          score: 'positive',
          direction: 'down',
          passRate: { min: 0.5 },
        }),
      ]),
    )
    expect(result).toMatchObject({ status: 'pass', value: 1 })
    expect(result.measured).toBe('3 of 3 tests can fail, tried with 11 models that know nothing')
    // The cases, their changed forms and two changed ones more, each asked once.
    expect(calls).toBe(2 * texts.length + 2)
  })

  test('name those that no model fails, and models that pass all', async () => {
    const result = await judge(
      testedBy(sentiment, (m) => [
        passMft(m, cases, { passRate: { min: 0.01 } }),
        invariantTo(m, perturb.append('!'), { over: texts }),
        passMft(m, mft([{ input: 'a', expected: (answer: unknown) => answer !== 'nothing' }])),
      ]),
    )
    expect(result).toMatchObject({ status: 'fail', blocking: true })
    expect(result.measured).toContain('of 3 tests can fail')
    expect(result.message).toContain('cannot fail: answers "a"')
    expect(result.message).toContain('a constant model passes all of them')
    expect(ratesOf(result)?.parts.map(({ name }) => name)).toHaveLength(3)
  })

  test('that cannot be judged are an error, not a test that can fail', async () => {
    const result = await judge(
      testedBy(sentiment, (m) => [passMft(m, cases), invariantTo(m, perturb.numbers(), { over: texts })]),
    )
    expect(result).toMatchObject({ status: 'error', blocking: true })
    expect(result.message).toContain('changed none of the 8 inputs')
  })

  test('cannot fail where an error is all that keeps a model from passing: one that the real model makes, too', async () => {
    const refusing = model('refusing@1', (text: string) => {
      if (text === 'so bad') throw new Error('refused')
      return sentimentOf(text)
    })
    const anything = mft(texts.map((input) => ({ input, expected: () => true })))
    const result = await judge(testedBy(refusing, (m) => passMft(m, anything)))
    expect(result).toMatchObject({ status: 'fail', measured: expect.stringMatching(/^0 of 1 test/) })
    expect(result.message).toMatch(/cannot fail: .*, as far as it could be judged: not for 5 models/)
    expect(ratesOf(result)?.parts).toMatchObject([{ cases: 11, passed: 0, failed: 6, errors: 5 }])
  })

  test.each<[() => unknown, RegExp]>([
    [() => testedBy({} as Model, () => []), /needs a model/],
    [() => testedBy(sentiment, [] as never), /in place of a function/],
    [() => testedBy(sentiment, () => []), /got no check/],
    [() => testedBy(sentiment, (m) => passMft(m, cases), { draws: 0 }), /draws: 0/],
  ])('wrong arguments are named: %s', (make, message) => {
    expect(make).toThrow(message)
  })
})

function sentimentOf(text: string) {
  return { label: positive(text) > 0.5 ? 'positive' : 'negative', scores: { positive: positive(text) } }
}
