import vader from 'vader-sentiment'
import { describe, expect, test } from 'vitest'
import { agreesWith } from '../../src/behavior/kinds/agreesWith.ts'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { beatsBaseline } from '../../src/behavior/kinds/beatsBaseline.ts'
import { mft } from '../../src/behavior/mft.ts'
import { noWorseThan } from '../../src/behavior/kinds/noWorseThan.ts'
import { model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { blockOf } from '../../src/results/blocks/index.ts'
import { predictions } from '../../src/models/predictions.ts'
import { examplesOf } from '../helpers/blocks.ts'
import { judge } from '../helpers/judge.ts'

/** Cases of which `before` and `after` are right in so many. */
function pair({ both = 0, broke = 0, fixed = 0, neither = 0 }) {
  const kinds = { both, broke, fixed, neither }
  const on = mft(
    Object.entries(kinds).flatMap(([kind, n]) =>
      Array.from({ length: n }, (_, i) => ({ input: `${kind} ${i}`, expected: 'yes', capability: kind })),
    ),
  )
  const said = (right: readonly string[]) => (text: string) => (right.includes(text.split(' ')[0] ?? '') ? 'yes' : 'no')
  return { on, before: model('m@1', said(['both', 'broke'])), after: model('m@2', said(['both', 'fixed'])) }
}
const asked = async (counts: Parameters<typeof pair>[0], options = {}) => {
  const { on, before, after } = pair(counts)
  return judge(noWorseThan(after, before, { on, ...options }))
}

describe('a release against the one before', () => {
  test.each([
    ['nothing changed', { both: 10, neither: 3 }, {}, 'pass'],
    ['only better', { both: 10, fixed: 3 }, {}, 'pass'],
    ['nothing changed in one case, with a margin', { both: 1 }, { margin: 0.01 }, 'inconclusive'],
    ['nothing changed in few cases, with a margin', { both: 10, neither: 3 }, { margin: 0.02 }, 'inconclusive'],
    ['nothing changed in many cases, with a margin', { both: 150, neither: 50 }, { margin: 0.02 }, 'pass'],
    ['nothing changed, with a confidence', { both: 200 }, { confidence: 0.95 }, 'inconclusive'],
    ['nothing changed, where too little is to fail', { both: 200 }, { onInconclusive: 'fail' }, 'pass'],
    ['only better in few cases, with a margin', { both: 10, fixed: 1 }, { margin: 0.02 }, 'inconclusive'],
    ['clearly better, with a confidence', { both: 100, fixed: 20 }, { confidence: 0.95 }, 'pass'],
    ['one case worse', { both: 100, broke: 1 }, {}, 'inconclusive'],
    ['clearly worse', { both: 100, broke: 20 }, {}, 'fail'],
    ['clearly better', { both: 100, broke: 11, fixed: 53 }, {}, 'pass'],
    ['worse by less than a margin', { both: 1000, broke: 8, fixed: 6 }, { margin: 0.02 }, 'pass'],
    ['worse by more than a margin', { both: 100, broke: 60 }, { margin: 0.02 }, 'fail'],
    ['as often right, other cases', { both: 300, broke: 95, fixed: 86 }, {}, 'inconclusive'],
  ] as const)('%s', async (_, counts, options, status) => {
    expect((await asked(counts, options)).status).toBe(status)
  })

  test('a case without an answer, on which nothing hangs, does not make a pass of cases that neither has right', async () => {
    const { on, before, after } = pair({ neither: 100 })
    const silent = model('m@3', (text: string) => (text.endsWith(' 7') ? undefined : 'no'))
    const margin = 0.1
    for (const [one, other] of [
      [after, silent],
      [silent, before],
    ] as const)
      expect(await judge(noWorseThan(one, other, { on, margin }))).toMatchObject({
        status: 'vacuous',
        message: expect.stringContaining('is right in any of 99 cases') as string,
      })
    expect(await judge(noWorseThan(silent, before, { on }))).toMatchObject({ status: 'error' })
  })

  test('where none broke, says what that shows of others', async () => {
    const passed = await asked({ both: 200 })
    expect(passed.status).toBe('pass')
    expect(passed.expected).toBe(
      'nothing broken, or a difference of at least 0 in share of right cases, with 95 % confidence',
    )
    // 3.84 / (200 + 3.84), Tango's bound at no change.
    expect(passed.message).toBe(
      'none of 200 cases broke; of others the share that is right may have fallen by up to 0.019, at 95 % confidence',
    )
    const unsure = await asked({ both: 200 }, { margin: 0.01 })
    expect(unsure.expected).toBe('a difference of at least −0.01 in share of right cases, with 95 % confidence')
    expect(unsure.message).toMatch(/more cases would decide\n.*none of 200 cases broke/s)
  })

  test('by weight, what counts more breaks more', async () => {
    const weighed = (heavy: 'broke' | 'fixed') => {
      const { on, before, after } = pair({ both: 200, broke: 10, fixed: 10 })
      const cases = mft(
        on.map(({ input, expected, capability }) => ({
          input,
          expected,
          ...(capability === undefined ? {} : { capability }),
          weight: capability === heavy ? 8 : 1,
        })),
      )
      return judge(noWorseThan(after, before, { on: cases, margin: 0.01 }))
    }
    const [worse, better] = [await weighed('broke'), await weighed('fixed')]
    // 80 broke and 10 were fixed of a weight of 290.
    expect(worse.measured).toMatch(/^10 broke, 10 fixed of 220 cases by weight: −0\.2414 /)
    expect(worse.status).toBe('fail')
    expect(better.status).toBe('pass')
  })

  test('tells what broke and was fixed, by capability, with McNemar’s p', async () => {
    const result = await asked({ both: 500, broke: 74, fixed: 29 })
    expect(result.measured).toMatch(/^74 broke, 29 fixed of 603 cases: −0\.07\d+ \(.*\), p = 1\.1e-5$/)
    const changes = blockOf(result, 'changes')
    expect(changes).toMatchObject({ broke: { total: 74 }, fixed: { total: 29 }, cases: 603 })
    expect(changes?.parts.filter(({ broke, fixed }) => broke + fixed > 0)).toEqual([
      { name: 'broke', cases: 74, broke: 74, fixed: 0 },
      { name: 'fixed', cases: 29, broke: 0, fixed: 29 },
    ])
    expect(changes?.fixed.examples[0]).toMatchObject({ input: 'fixed 0' })
    expect(examplesOf(result)?.examples[0]).toMatchObject({
      input: 'broke 0',
      expected: 'yes',
      got: 'no',
      before: 'yes',
    })
    expect(examplesOf(result)?.failing).toHaveLength(74)
  })

  test('a baseline for other inputs is an error, and so are cases that the verdict hangs on', async () => {
    const { on, after } = pair({ both: 10, broke: 5 })
    const other = predictions([{ input: 'another', prediction: 'yes' }], { name: 'm@1' })
    const none = await judge(noWorseThan(after, other, { on }))
    expect(none).toMatchObject({ status: 'error', blocking: true })
    expect(none.message).toContain('m@1 has no answer to any of these 15 cases: is it about others?')
    const some = predictions(
      on.slice(0, 12).map(({ input }) => ({ input, prediction: 'yes' })),
      { name: 'm@1' },
    )
    const partly = await judge(
      noWorseThan(
        model('m@2', () => 'yes'),
        some,
        { on },
      ),
    )
    expect(partly).toMatchObject({ status: 'error' })
    expect(partly.message).toMatch(/hangs on 3 cases that could not be predicted, 3 of them not by m@1/)
  })

  test('is asked of rules as of labels', async () => {
    const on = mft([{ input: 'a', expected: '^y', compare: 'matches' }])
    const result = await judge(
      noWorseThan(
        model('m@2', () => 'yes'),
        model('m@1', () => 'yo'),
        { on },
      ),
    )
    expect(result.status).toBe('pass')
  })
})

describe('by a score', () => {
  const on = mft(Array.from({ length: 200 }, (_, i) => ({ input: i, expected: i })))
  const off = (by: number) => model(`off@${by}`, (n: number) => n + by * (n % 2 ? 1 : -1))
  test.each([
    ['lower errors', 1, 2, {}, 'pass'],
    ['higher errors', 2, 1, {}, 'fail'],
    ['higher errors within a margin', 1.2, 1, { margin: 0.5 }, 'pass'],
    ['the same errors', 1, 1, {}, 'pass'],
    ['no error at all', 0, 0, {}, 'pass'],
    ['the same errors, with a margin for which the cases suffice', 1, 1, { margin: 0.1 }, 'pass'],
    ['the same errors, with a margin for which they do not', 1, 1, { margin: 0.01 }, 'inconclusive'],
    ['no error at all, with a margin for which the cases do not suffice', 0, 0, { margin: 0.01 }, 'inconclusive'],
  ] as const)('%s', async (_, after, before, options, status) => {
    expect((await judge(noWorseThan(off(after), off(before), { on, score: 'mae', ...options }))).status).toBe(status)
  })

  test.each(['accuracy', 'f1', 'mcc', 'mae', 'r2'] as const)(
    'the same %s over three cases is no guarantee of others',
    async (score) => {
      const few = mft([1, 2, 3].map((n) => ({ input: n, expected: n })))
      const same = (name: string) => model(name, (n: number) => n)
      const ask = (options: object) => judge(noWorseThan(same('m@2'), same('m@1'), { on: few, score, ...options }))
      expect((await ask({})).status).toBe('pass')
      expect((await ask({ margin: 0.05 })).status).toBe('inconclusive')
      const wrong = model('wrong@1', () => 7)
      expect((await judge(beatsBaseline(same('m@2'), 'majority', { on: few, score }))).status).not.toBe('fail')
      expect((await judge(noWorseThan(wrong, same('m@1'), { on: few, score, margin: 0.05 }))).status).not.toBe('pass')
    },
  )

  test('a case without an answer is an error', async () => {
    const broken = model('broken@1', (n: number) => (n === 7 ? undefined : n))
    const result = await judge(noWorseThan(broken, off(1), { on, score: 'mae' }))
    expect(result).toMatchObject({ status: 'error' })
    expect(result.message).toContain(
      '1 case of 200 could not be scored for broken@1; the first: "7" answered undefined',
    )
  })
})

describe('what is known without looking', () => {
  const labels = mft(Array.from({ length: 90 }, (_, i) => ({ input: i, expected: i % 3 === 0 ? 'fizz' : 'no' })))
  const numbers = mft(Array.from({ length: 90 }, (_, i) => ({ input: i, expected: i })))
  test('is beaten by what looks, and not by what does not', async () => {
    const good = model('good@1', (n: number) => (n % 3 === 0 ? 'fizz' : 'no'))
    expect((await judge(beatsBaseline(good, 'majority', { on: labels }))).status).toBe('pass')
    expect(
      (
        await judge(
          beatsBaseline(
            model('lazy@1', () => 'no'),
            'majority',
            { on: labels },
          ),
        )
      ).status,
    ).toBe('fail')
    expect(
      (
        await judge(
          beatsBaseline(
            model('half@1', (n: number) => n * 0.9),
            'mean',
            { on: numbers },
          ),
        )
      ).status,
    ).toBe('pass')
    expect(
      (
        await judge(
          beatsBaseline(
            model('lazy@1', () => 44.5),
            'median',
            { on: numbers },
          ),
        )
      ).status,
    ).toBe('fail')
  })

  test('is what is commonest, and in the middle, by weight', async () => {
    const cases = mft([
      { input: 1, expected: 10, weight: 1 },
      { input: 2, expected: 20, weight: 1 },
      { input: 3, expected: 30, weight: 3 },
      { input: 4, expected: 40 },
    ])
    const said: unknown[] = []
    const score = async (baseline: 'majority' | 'mean' | 'median') => {
      const found = await judge(
        beatsBaseline(
          model('m@1', (n: number) => 10 * n),
          baseline,
          { on: cases, score: 'mae' },
        ),
      )
      said.push(found.measured.match(/after ([\d.]+)/)?.[1])
    }
    await score('majority')
    await score('mean')
    await score('median')
    // 30, (10 + 20 + 90 + 40) / 6 and 30: mean distances by weight.
    expect(said).toEqual(['6.667', '7.778', '6.667'])
  })

  test('may come of other cases, and is named', async () => {
    const train = mft([{ input: 0, expected: 'fizz' }])
    const result = await judge(
      beatsBaseline(
        model('lazy@1', () => 'no'),
        'majority',
        { on: labels, train },
      ),
    )
    expect(result).toMatchObject({
      status: 'pass',
      title: 'better than the majority',
      subject: { reference: 'the majority' },
    })
    expect(() =>
      beatsBaseline(
        model('m@1', () => 1),
        'mean',
        { on: labels },
      ),
    ).toThrow('expects no number')
    expect(() =>
      beatsBaseline(
        model('m@1', () => 1),
        'mode' as never,
        { on: labels },
      ),
    ).toThrow('mode as baseline')
  })
})

describe('two models', () => {
  const on = ['good', 'bad', 'chair', 'awful food']
  const full = model('vader@1.1.3', (text: string) => vader.SentimentIntensityAnalyzer.polarity_scores(text).compound)
  const coarse = model(
    'coarse@1',
    (text: string) => Math.round(vader.SentimentIntensityAnalyzer.polarity_scores(text).compound * 10) / 10,
  )
  test('agree within a tolerance, for a share of the inputs', async () => {
    const status = async (options: object) => (await judge(agreesWith(coarse, full, { on, ...options }))).status
    expect(await status({ tolerance: 0.05 })).toBe('pass')
    expect(await status({})).toBe('fail')
    expect(await status({ passRate: { min: 0.25 } })).toBe('pass')
  })

  test('an input without an answer is an error', async () => {
    const silent = model('silent@1', () => undefined)
    expect((await judge(agreesWith(full, silent, { on }))).status).toBe('error')
  })
})

test.each<[() => unknown, string]>([
  [() => noWorseThan(pair({ both: 1 }).after, {} as never, { on: [] }), 'needs a model'],
  [() => noWorseThan(pair({ both: 1 }).after, pair({ both: 1 }).before, { on: [] }), 'needs cases'],
  [
    () => noWorseThan(pair({ both: 1 }).after, pair({ both: 1 }).before, { ...pair({ both: 1 }), margin: -1 } as never),
    'know the option',
  ],
  [
    () => noWorseThan(pair({ both: 1 }).after, pair({ both: 1 }).before, { on: pair({ both: 1 }).on, margin: -1 }),
    'margin: -1',
  ],
  [
    () => noWorseThan(pair({ both: 1 }).after, pair({ both: 1 }).before, { on: pair({ both: 1 }).on, margin: 1 }),
    'margin: 1, and no two models differ by more',
  ],
  [
    () =>
      noWorseThan(pair({ both: 1 }).after, pair({ both: 1 }).before, {
        on: pair({ both: 1 }).on,
        score: 'brier',
        margin: 2,
      }),
    'margin: 2, and no two models differ by more',
  ],
  [
    () =>
      noWorseThan(pair({ both: 1 }).after, pair({ both: 1 }).before, {
        on: pair({ both: 1 }).on,
        score: 'mea' as never,
      }),
    'did you mean mae',
  ],
  [() => agreesWith(pair({ both: 1 }).after, pair({ both: 1 }).before, { on: [] }), 'needs inputs'],
])('wrong arguments are named: %s', (make, message) => {
  expect(make).toThrow(message)
})

test('a label with scores agrees with the label alone, unless a tolerance asks about the scores', async () => {
  const on = ['a', 'b']
  const plain = model('plain@1', (text: string) => text.toUpperCase())
  const scored = model('scored@1', (text: string) => ({ label: text.toUpperCase(), scores: { A: 0.6, B: 0.4 } }))
  const other = model('other@1', () => ({ label: 'A', scores: { A: 1, B: 0 } }))
  for (const [one, two] of [
    [plain, scored],
    [scored, plain],
  ] as const) {
    expect(await judge(agreesWith(one, two, { on }))).toMatchObject({ status: 'pass' })
    expect(await judge(agreesWith(one, two, { on, tolerance: 0.1 }))).toMatchObject({ status: 'fail' })
  }
  expect(await judge(agreesWith(plain, other, { on }))).toMatchObject({ status: 'fail', value: 0.5 })
  const swap = perturb.of((text: string) => (text === 'a' ? 'b' : 'a'))
  const becomes = { A: 'B', B: 'A' }
  expect(await judge(invariantTo(scored, swap, { over: on, becomes }))).toMatchObject({ status: 'pass' })
  expect(await judge(invariantTo(other, swap, { over: on, becomes }))).toMatchObject({ status: 'fail' })
})
