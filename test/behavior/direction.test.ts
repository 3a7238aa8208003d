import vader from 'vader-sentiment'
import { describe, expect, test } from 'vitest'
import { monotonicIn } from '../../src/behavior/kinds/monotonicIn.ts'
import { movesWith } from '../../src/behavior/kinds/movesWith.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { examplesOf, overallOf } from '../helpers/blocks.ts'
import { judge } from '../helpers/judge.ts'

const sentiment = model('vader@1.1.3', (text: string) => {
  const { compound } = vader.SentimentIntensityAnalyzer.polarity_scores(text)
  const positive = (compound + 1) / 2
  return { label: positive > 0.5 ? 'positive' : 'negative', scores: { positive, negative: 1 - positive } }
})
const reviews = ['The food was good.', 'We waited for an hour.', 'A lovely evening!']

describe('a score that must move', () => {
  const bad = perturb.append('It was awful.')
  test('moves down with a bad ending, and not up', async () => {
    const down = { over: reviews, score: 'positive', direction: 'down' } as const
    expect(await judge(movesWith(sentiment, bad, down))).toMatchObject({
      status: 'pass',
      evidence: [{ test: 'DIR' }, {}],
    })
    const up = await judge(movesWith(sentiment, bad, { ...down, direction: 'up' }))
    expect(overallOf(up)).toMatchObject({ failed: 3, passed: 0 })
    expect(examplesOf(up)?.examples[0]).toMatchObject({ expected: expect.stringMatching(/^more than 0\.7/) })
  })

  test.each([
    ['at all, where it stays', undefined, [0.5, 0.5], 'fail'],
    ['at all, where it moves a little', undefined, [0.5, 0.500001], 'pass'],
    ['by nothing, where it stays', 0, [0.5, 0.5], 'pass'],
    ['by nothing, where it falls', 0, [0.5, 0.4], 'fail'],
    ['by 0.1, exactly', 0.1, [0.3, 0.4], 'pass'],
    ['by 0.1, not quite', 0.1, [0.3, 0.39], 'fail'],
    ['by -0.1, where it falls less', -0.1, [0.5, 0.45], 'pass'],
    ['by 0.3, where a share has no room', 0.3, [0.8, 0.9], 'vacuous'],
    ['at all, where a share is full', undefined, [1, 1], 'vacuous'],
  ])('%s', async (_, by, [was, is], status) => {
    const tested = model('m@1', (text: string) => ({ label: 'a', scores: { a: text === 'x' ? was : is } }))
    const options = { over: ['x'], score: 'a', direction: 'up', ...(by === undefined ? {} : { by }) } as const
    expect((await judge(movesWith(tested, perturb.append('y'), options))).status).toBe(status)
  })

  test('may be the answer itself, a number by its name, or what a function reads; none is an error of its input', async () => {
    const tested = model('m@1', (text: string) => ({ compound: text.length }))
    const ask = async (score?: string | ((answer: { value?: unknown }) => number)) =>
      (
        await judge(
          movesWith(tested, perturb.append('y'), {
            over: ['x'],
            direction: 'up',
            ...(score === undefined ? {} : { score }),
          }),
        )
      ).status
    expect(await ask('compound')).toBe('pass')
    expect(await ask(({ value }) => (value as { compound: number }).compound)).toBe('pass')
    for (const score of [undefined, 'other', () => Number.NaN]) expect(await ask(score)).toBe('error')
    const number = model('n@1', (text: string) => text.length)
    expect((await judge(movesWith(number, perturb.append('y'), { over: ['x'], direction: 'up' }))).status).toBe('pass')
  })

  test('wrong options are named', () => {
    const ask = (options: object) => () => movesWith(sentiment, bad, { over: reviews, ...options } as never)
    expect(ask({})).toThrow('direction: undefined')
    expect(ask({ direction: 'sideways' })).toThrow('direction: sideways')
    expect(ask({ direction: 'up', by: '1' })).toThrow('by: 1')
    expect(ask({ direction: 'up', score: 3 })).toThrow('a number as score')
    expect(ask({ direction: 'up', where: 'x' })).toThrow('a string as where')
    expect(ask({ direction: 'up', scores: 3 })).toThrow('did you mean score?')
  })
})

describe('a score that grows with a field', () => {
  const people = [
    { income: 1000, age: 30 },
    { income: 9000, age: 60 },
  ]
  test('is asked at values over its range, and the failing pair is the smallest change that still fails', async () => {
    const dip = model('dip@1', ({ income }: { income: number }) => (income >= 4321 ? income - 5000 : income))
    const result = await judge(monotonicIn(dip, 'income', { over: people, increasing: true }))
    expect(result.status).toBe('fail')
    const deep = model('deep@1', ({ income }: { income: number }) => (income >= 4321 ? income - 5000 : income))
    const failed = await judge(monotonicIn(deep, 'income', { over: people, increasing: true }))
    expect(examplesOf(failed)?.examples[0]).toMatchObject({
      input: '{"income":4320,"age":30}',
      perturbed: '{"income":4321,"age":30}',
      before: '4,320',
      got: '-679',
      reason: 'from 4,320 to 4,321 the score goes from 4,320 to -679',
    })
    expect((await judge(monotonicIn(deep, 'income', { over: people, increasing: true, tolerance: 5000 }))).status).toBe(
      'pass',
    )
  })

  test.each([0.8, 0.5, 0.11])('moves the wrong way in all steps together: by %d', async (fall) => {
    const over = [{ n: 0 }, { n: 50 }, { n: 100 }]
    const slow = model(`slow@${fall}`, ({ n }: { n: number }) => 1 - (n / 100) * fall)
    const up = model(`up@${fall}`, ({ n }: { n: number }) => (n / 100) * fall)
    for (const values of [[0, 100], undefined, Array.from({ length: 90 }, (_, i) => i)]) {
      const options = { over, tolerance: 0.1, ...(values ? { values } : {}) }
      expect((await judge(monotonicIn(slow, 'n', { ...options, increasing: true }))).status).toBe('fail')
      expect((await judge(monotonicIn(up, 'n', { ...options, increasing: false }))).status).toBe('fail')
      expect((await judge(monotonicIn(slow, 'n', { ...options, increasing: true, tolerance: fall }))).status).toBe(
        'pass',
      )
    }
  })

  test('of many failing inputs those are shown whose change was made small', async () => {
    const steep = model('steep@1', ({ age }: { age: number }) => (age > 50 ? 0 : 1))
    const over = Array.from({ length: 100 }, (_, i) => ({ age: i }))
    const result = await judge(monotonicIn(steep, 'age', { over, increasing: true }))
    expect(result.measured).toMatch(/^0 % of 100 inputs/)
    const examples = examplesOf(result)?.examples ?? []
    expect(examples).toHaveLength(20)
    for (const shown of examples) expect(shown).toMatchObject({ input: '{"age":50}', perturbed: '{"age":51}' })
  })

  test('one value alone says how others are named', async () => {
    const flat = model('flat@1', () => 1)
    const check = monotonicIn(flat, 'age', { over: [{ age: 40 }, { age: 40 }], increasing: true })
    expect(await judge(check)).toMatchObject({
      status: 'vacuous',
      message:
        'there is one value of "age" alone, so nothing was shown: say which to ask about, e.g. values: [1, 2, 3]',
    })
  })

  test('may have to fall, stays where it stays, and reads rows of a dataset', async () => {
    const falls = model('falls@1', ({ age }: { age: number }) => (age > 50 ? 0 : 1))
    const over = dataset(people, { name: 'people' })
    expect((await judge(monotonicIn(falls, 'age', { over, increasing: false }))).status).toBe('pass')
    expect((await judge(monotonicIn(falls, 'age', { over, increasing: true }))).status).toBe('fail')
    expect((await judge(monotonicIn(falls, 'income', { over, increasing: true }))).status).toBe('pass')
  })

  test('an input without the number is not tested, one without the field is an error', async () => {
    const plain = model('m@1', ({ x }: { x: number }) => x)
    expect((await judge(monotonicIn(plain, 'x', { over: [{ x: null }], increasing: true }))).status).toBe('vacuous')
    expect((await judge(monotonicIn(plain, 'x', { over: [{ y: 1 }], increasing: true }))).status).toBe('error')
    const misspelt = await judge(monotonicIn(plain, 'incme', { over: [{ income: 1 }], increasing: true }))
    expect(misspelt.status).toBe('error')
    expect(JSON.stringify(misspelt.evidence)).toContain(String.raw`its input has no field \"incme\": is it \"income\"?`)
    expect((await judge(monotonicIn(plain, 'x', { over: ['text'], increasing: true }))).status).toBe('error')
    expect((await judge(monotonicIn(plain, 'x', { over: [{ x: 1 }], increasing: true }))).status).toBe('vacuous')
    expect((await judge(monotonicIn(plain, 'x', { over: [{ x: 1 }], increasing: true, values: [0, 5] }))).status).toBe(
      'pass',
    )
    const two = { over: [{ x: 0 }], values: [0, 5] }
    expect((await judge(monotonicIn(plain, 'x', { ...two, increasing: true }))).status).toBe('pass')
    expect((await judge(monotonicIn(plain, 'x', { ...two, increasing: false }))).status).toBe('fail')
  })

  test('wrong options are named', () => {
    const ask = (options: object) => () => monotonicIn(sentiment, 'x', { over: people, ...options } as never)
    expect(ask({})).toThrow('increasing: undefined')
    expect(ask({ increasing: true, tolerance: -1 })).toThrow('tolerance: -1')
    expect(ask({ increasing: true, values: [] })).toThrow('as values')
    expect(ask({ increasing: true, values: [1, Number.NaN] })).toThrow('as values')
    expect(() => monotonicIn(sentiment, '' as never, { over: people, increasing: true })).toThrow('as field')
  })
})
