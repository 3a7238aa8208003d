import { describe, expect, test } from 'vitest'
import { fair } from '../../src/behavior/kinds/fair.ts'
import { labelled } from '../../src/behavior/labelled.ts'
import { mft } from '../../src/behavior/mft.ts'
import { noWorseThan } from '../../src/behavior/kinds/noWorseThan.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { scored } from '../../src/behavior/kinds/scored.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { blockOf } from '../../src/results/blocks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { model } from '../../src/models/model.ts'
import { predictions } from '../../src/models/predictions.ts'
import { seeded } from '../../src/stats/random.ts'
import { judge } from '../helpers/judge.ts'

const random = seeded(3)
const rows = Array.from({ length: 300 }, (_, i) => ({
  x: Math.round(random() * 100) / 100,
  shop: ['north', 'south', 'east'][i % 3],
}))
const right = (x: number) => (x > 0.5 ? 'big' : 'small')
const cases = labelled(
  rows.map((row) => ({ ...row, kind: right(row.x) })),
  { expected: 'kind', name: 'kinds' },
)
/** Wrong for a third of one shop. */
const kind = model('kind@1', ({ x, shop }: { x: number; shop: string }) => {
  const big = shop === 'east' && Math.round(x * 100) % 3 === 0 ? 1 - x : x
  return { label: big > 0.5 ? 'big' : 'small', scores: { big, small: 1 - big } }
})

describe('scores', () => {
  test('each have a result, with value, interval and the commonest mistakes', async () => {
    const results = await evaluate(
      scored(kind, { accuracy: { min: 0.8 }, rocAuc: { min: 0.999 } }, cases, { positive: 'big' }),
    )
    expect(results.map(({ status, title }) => [status, title])).toEqual([
      ['pass', 'accuracy'],
      ['fail', 'rocAuc of "big"'],
    ])
    expect(new Set(results.map(({ id }) => id)).size).toBe(2)
    expect(results[0]?.measured).toMatch(/^0\.8\d+ \(0\.8\d+ to 0\.9\d+ with 95 % confidence\) over 300 cases$/)
    expect(results[0]?.message).toMatch(/commonest mistakes: \d+ × "(big|small)" as/)
  })

  test('and measures of fairness ask anew in the next evaluation where there was no answer in the one before', async () => {
    let isDown = true
    const served = model('served@1', ({ x }: { x: number }) => {
      if (isDown) throw new Error('down')
      return right(x)
    })
    const checks = [
      scored(served, { accuracy: { min: 1 } }, cases),
      fair(served, { demographicParity: { max: 0.9 } }, cases, { by: 'shop', positive: 'big' }),
    ]
    const statuses = async () => (await evaluate(checks)).map(({ status }) => status)
    expect(await statuses()).toEqual(['error', 'error'])
    isDown = false
    expect(await statuses()).toEqual(['pass', 'pass'])
  })

  test('ask the model once about each input, whatever the scores', async () => {
    let calls = 0
    const counted = model('counted@1', ({ x }: { x: number }) => (calls++, right(x)))
    await evaluate(scored(counted, { accuracy: { min: 1 }, f1: { min: 1 }, mcc: { min: 1 } }, cases))
    expect(calls).toBe(new Set(cases.map(({ input }) => JSON.stringify(input))).size)
  })

  test('by slice name those that are clearly weaker, and may have limits of their own', async () => {
    const results = await evaluate(
      scored(kind, { accuracy: { min: 0.5 } }, cases, { sliceBy: 'shop', slices: { accuracy: { min: 0.9 } } }),
    )
    expect(results.map(({ status }) => status)).toEqual(['pass', 'fail'])
    expect(results[0]?.message).toMatch(/clearly weaker: "east"$/)
    expect(results[0]?.message).not.toContain('"north"')
    expect(results[1]?.measured).toMatch(/in the weakest of 3 slices \(2 pass, 1 fail\)/)
    const [small] = await evaluate(
      scored(kind, { accuracy: { min: 0.5 } }, cases, {
        sliceBy: 'shop',
        slices: { accuracy: { min: 0.9 } },
        floor: 101,
      }),
    )
    expect(small?.message).toContain('3 slices too small')
  })

  test('are found weak over several fields and every two of them, where one alone is not', async () => {
    const shops = labelled(
      Array.from({ length: 800 }, (_, i) => ({
        shop: i % 2 === 0 ? 'north' : 'south',
        device: i % 4 < 2 ? 'phone' : 'desk',
        amount: i,
        kind: 'a',
      })),
      { expected: 'kind' },
    )
    /** Wrong for the small amounts of one shop on one device. */
    const partly = model('partly@1', ({ shop, device, amount }: { shop: string; device: string; amount: number }) =>
      shop === 'south' && device === 'desk' && amount < 200 ? 'b' : 'a',
    )
    const weak = async (sliceBy: string | readonly string[]) => {
      const result = await judge(scored(partly, { accuracy: { min: 0.5 } }, shops, { sliceBy }))
      return blockOf(result, 'slices')?.slices.flatMap((slice) => (slice.weak ? [slice.name] : []))
    }
    expect((await weak(['shop', 'device']))?.[0]).toBe('shop: south, device: desk')
    expect((await weak('*'))?.[0]).toMatch(/^(shop: south|device: desk), amount: 0 to 199$/)
    expect(await weak('*')).toContain('amount: 0 to 199')
    expect(() => scored(partly, { accuracy: { min: 0.5 } }, shops, { sliceBy: ['shop', 'shop'] })).toThrow(
      'each field once',
    )
    expect(() => scored(partly, { accuracy: { min: 0.5 } }, shops, { sliceBy: ['shop', 'town'] })).toThrow('in "town"')
  })

  test('that do not vary by slice name none: the intervals are corrected for how many slices there are', async () => {
    const noisy = model('noisy@1', ({ x, shop }: { x: number; shop: string }) =>
      (Math.round(x * 100) * 7 + shop.length) % 5 === 0 ? 'big' : right(x),
    )
    const result = await judge(
      scored(noisy, { accuracy: { min: 0.5 } }, cases, {
        sliceBy: ({ input }) => Math.round((input as { x: number }).x * 100) % 9,
      }),
    )
    expect(result.message).toContain('no slice of at least 20 cases is clearly weaker')
  })

  test('under a confidence are passed, failed or undecided by their interval', async () => {
    const status = async (min: number) =>
      (await judge(scored(kind, { accuracy: { min } }, cases, { confidence: 0.95 }))).status
    expect(await status(0.5)).toBe('pass')
    expect(await status(0.9)).toBe('inconclusive')
    expect(await status(0.99)).toBe('fail')
  })

  test('of numbers read the answer, one of its numbers, or cells of a file', async () => {
    const numbers = mft([1, 2, 3, 4].map((n) => ({ input: n, expected: n * 2 })))
    const near = model('near@1', (n: number) => ({ price: n * 2 + 0.5 }))
    const [mae] = await evaluate(scored(near, { mae: { max: 0.5 } }, numbers, { score: 'price' }))
    expect(mae).toMatchObject({ status: 'pass', value: 0.5 })
    const made = predictions(numbers.map(({ input }) => ({ input, prediction: Number(input) * 2 })))
    const exact = await evaluate(scored(made, { rmse: { max: 0 }, r2: { min: 1 } }, numbers))
    expect(exact.map(({ status }) => status)).toEqual(['pass', 'pass'])
  })

  test('of lists read ranked answers', async () => {
    const search = model('search@1', (query: string) => (query === 'a' ? ['y', 'x'] : ['x', 'y']))
    const lists = mft([
      { input: 'a', expected: ['x'] },
      { input: 'b', expected: { x: 3, y: 1 } },
    ])
    expect(
      (await evaluate(scored(search, { mrr: { min: 0.75 }, ndcg: { min: 0.8 }, map: { min: 0.75 } }, lists))).map(
        ({ status }) => status,
      ),
    ).toEqual(['pass', 'pass', 'pass'])
  })
})

test('values of personal columns stay out of what scores say', async () => {
  const people = dataset(
    Array.from({ length: 8 }, (_, i) => ({ mail: `p${i}@example.org`, kind: i % 2 ? 'a' : 'b' })),
    { name: 'people', pii: 'mail' },
  )
  const personal = labelled(await people.rows(), { expected: 'kind' })
  const echo = model('echo@1', ({ mail }: { mail: string }) => mail)
  const list = model('list@1', ({ mail }: { mail: string }) => [mail])
  for (const result of [
    ...(await evaluate(scored(echo, { accuracy: { min: 1 }, mae: { max: 1 } }, personal))),
    ...(await evaluate(scored(list, { accuracy: { min: 1 } }, personal))),
    ...(await evaluate(passMft(echo, personal))),
  ])
    expect(JSON.stringify(result)).not.toContain('@example.org')
})

describe('bad answers', () => {
  test.each<[string, (input: { x: number }) => unknown, object, RegExp]>([
    [
      'a label nobody declared',
      () => 'huge',
      { labels: ['big', 'small'] },
      /300 cases of 300 could not be scored.*"huge", a label nobody declared/,
    ],
    ['no answer', () => undefined, {}, /answered undefined/],
    ['a list for a label', () => ['big'], {}, /answered \["big"\], which is no label/],
    [
      'one crash among them',
      ({ x }) => {
        if (x === rows[0]?.x) throw new Error('no')
        return 'big'
      },
      {},
      /a score of the others is none of all/,
    ],
  ])('%s makes the score an error', async (_, predict, options, message) => {
    const result = await judge(scored(model('m@1', predict), { accuracy: { min: 0.1 } }, cases, options))
    expect(result).toMatchObject({ status: 'error', blocking: true })
    expect(result.message).toMatch(message)
  })

  test('a score that is not defined is an error, and so is one that needs scores of labels', async () => {
    const plain = model('m@1', () => 'a')
    const one = mft([1, 2].map((input) => ({ input, expected: 'a' })))
    expect((await judge(scored(plain, { kappa: { min: 0.1 } }, one))).message).toContain('kappa is not defined')
    const three = model('m@2', () => ({ label: 'a', scores: { a: 0.5, b: 0.3, c: 0.2 } }))
    const two = mft(['a', 'b'].map((label, input) => ({ input, expected: label })))
    for (const score of ['rocAuc', 'prAuc'] as const)
      expect((await judge(scored(three, { [score]: { min: 0.1 } }, two))).message).toBe(
        `${score} is not defined for these cases: none of them has the label "c" that answers score, so add some, or say average: 'micro', or positive`,
      )
    expect((await judge(scored(plain, { logLoss: { max: 1 } }, one))).message).toContain('has no scores of the labels')
    expect((await judge(scored(plain, { mae: { max: 1 } }, one))).message).toContain('expects a, which is no number')
    expect((await judge(scored(plain, { mrr: { min: 0.5 } }, one))).message).toContain('which is no list')
  })
})

test.each<[() => unknown, RegExp]>([
  [() => scored(kind, {}, cases), /without a score/],
  [() => scored(kind, { acuracy: { min: 1 } } as never, cases), /did you mean accuracy/],
  [() => scored(kind, { accuracy: { min: 0 } }, cases), /limits that every accuracy meets/],
  [() => scored(kind, { mae: { min: 0 } }, cases), /limits that every mae meets.*\n.*mae is at least 0$/],
  [() => scored(kind, { r2: { max: 1 } }, cases), /r2 is at most 1$/],
  [() => scored(kind, { accuracy: { min: 90 } }, cases), /limits that no accuracy meets.*90/],
  [() => scored(kind, { f1: { gt: 1 } }, cases), /limits that no f1 meets/],
  [() => scored(kind, { mcc: { max: -2 } }, cases), /limits that no mcc meets/],
  [() => scored(kind, { accuracy: 0.9 } as never, cases), /as limits/],
  [() => scored(kind, { accuracy: { min: 1 } }, []), /needs labelled cases/],
  [
    () => scored(kind, { accuracy: { min: 1 } }, mft([{ input: 1, expected: 'a|b', compare: 'oneOf' }])),
    /compares by oneOf/,
  ],
  [
    () => scored(kind, { accuracy: { min: 1 } }, cases, { sliceBy: 'shopp' }),
    /no case has a value to slice by in "shopp"/,
  ],
  [() => scored(kind, { accuracy: { min: 1 } }, cases, { slices: { accuracy: { min: 1 } } }), /without sliceBy/],
  [() => scored(kind, { accuracy: { min: 1 } }, cases, { average: 'binary' }), /without positive/],
  [() => scored(kind, { accuracy: { min: 1 } }, cases, { k: 0 }), /k: 0/],
  [() => scored({} as never, { accuracy: { min: 1 } }, cases), /needs a model/],
  [() => labelled([{ a: 1 }], { expected: 'b' }), /no record has the field "b"/],
  [() => labelled([{ a: null }], { expected: 'a' }), /no record has a right answer/],
  [() => labelled(3 as never, { expected: 'a' }), /got a number/],
])('wrong arguments are named: %s', (make, message) => {
  expect(make).toThrow(message)
})

describe('evidence', () => {
  test('is the number, of labels the confusion matrix, of probabilities their reliability or risk, and the slices', async () => {
    const results = await evaluate(
      scored(kind, { accuracy: { min: 0.5 }, ece: { max: 0.9 }, aurc: { max: 0.9 }, rocAuc: { min: 0.5 } }, cases, {
        sliceBy: 'shop',
      }),
    )
    expect(results.map(({ evidence }) => evidence.map((block) => block.kind))).toEqual([
      ['number', 'matrix', 'slices'],
      ['number', 'curve', 'slices'],
      ['number', 'curve', 'slices'],
      ['number', 'slices'],
    ])
    const [accuracy] = results
    const matrix = accuracy && blockOf(accuracy, 'matrix')
    expect(matrix).toMatchObject({ down: 'expected', across: 'predicted', rows: ['big', 'small'] })
    expect(matrix?.counts.flat().reduce((sum, count) => sum + count)).toBe(300)
    expect(accuracy && blockOf(accuracy, 'slices')).toMatchObject({
      slices: [{ name: 'east', cases: 100, weak: true }, { cases: 100 }, { cases: 100 }],
    })
  })

  test('of few cases is wide, also where every answer is right', async () => {
    const right3 = model('right@1', ({ x }: { x: number }) => right(x))
    for (const name of ['accuracy', 'f1', 'mcc', 'balancedAccuracy'] as const)
      for (const n of [4, 20]) {
        const [result] = await evaluate(
          scored(right3, { [name]: { min: 0.9 } }, cases.slice(0, n), { confidence: 0.95 }),
        )
        expect(result?.status, `${name} of ${n}`).toBe('inconclusive')
      }
    const [many] = await evaluate(scored(right3, { f1: { min: 0.9 } }, cases, { confidence: 0.95 }))
    expect(many?.status).toBe('pass')
  })

  test.each<[string, object, RegExp]>([
    ['a score above 1', { big: 2.5, small: 0 }, /scores "big" 2\.5, which is no probability/],
    ['no score of the answer', { small: 0.5 }, /has no score of its own label "big"/],
  ])('%s is no probability: an error', async (_, shares, message) => {
    const odd = model('odd@1', () => ({ label: 'big', scores: shares }))
    const results = await evaluate(scored(odd, { ece: { max: 0.5 }, logLoss: { max: 1 } }, cases))
    for (const result of results) {
      expect(result.status).toBe('error')
      expect(result.message).toMatch(message)
    }
  })

  test('probabilities that come to more than 1 are none of labels of which one is right: log loss would take each for sure', async () => {
    const of = async (small: number, score: 'logLoss' | 'ece', others: Readonly<Record<string, number>> = {}) => {
      const scores = { big: 1, small, ...others }
      const sure = model('sure@1', ({ x }: { x: number }) => ({ label: right(x), scores }))
      const [result] = await evaluate(scored(sure, { [score]: { max: 0.9 } }, cases))
      return [result?.status, result?.message] as const
    }
    expect(await of(1, 'logLoss')).toEqual([
      'error',
      expect.stringContaining('scores its labels 2 together, where those of which one is right come to 1'),
    ])
    // As sixteen bits round them.
    expect((await of(0.009, 'logLoss'))[0]).not.toBe('error')
    // Many labels, each rounded to two digits.
    const seldom = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`label ${i}`, 0.01]))
    expect((await of(0, 'logLoss', { ...seldom, big: 0.7 }))[0]).not.toBe('error')
    expect((await of(0, 'logLoss', { ...seldom, big: 0.8 }))[0]).toBe('error')
    expect((await of(1, 'ece'))[0]).not.toBe('error')
  })

  test('an abstaining model is told its label', async () => {
    expect(() => scored(kind, { answeredShare: { min: 0.5 } }, cases)).toThrow(/answeredShare without abstain/)
    const shy = model('shy@1', ({ x }: { x: number }) => (x > 0.4 && x < 0.6 ? 'unknown' : right(x)))
    const results = await evaluate(
      scored(shy, { answeredShare: { min: 0.6 }, answeredAccuracy: { min: 1 } }, cases, { abstain: 'unknown' }),
    )
    expect(results.map(({ status }) => status)).toEqual(['pass', 'pass'])
  })
})

test.each(['brier', 'ece', 'mce', 'recall', 'rocAuc'] as const)(
  '%s of a label that no case expects is an error: a model that never answers it would be right',
  (score) => {
    expect(() => scored(kind, { [score]: { max: 0.5 } }, cases, { positive: 'bgi' })).toThrow(
      /got positive: "bgi", which no case expects\n.*did you mean big\?/,
    )
    expect(() => noWorseThan(kind, kind, { on: cases, score, positive: 'bgi' })).toThrow(/which no case expects/)
  },
)
