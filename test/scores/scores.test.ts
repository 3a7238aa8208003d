import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { picked } from '../../src/behavior/gathered.ts'
import { type ScoreName, scores } from '../../src/scores/index.ts'
import { type Average, defaultSettings, type Answered } from '../../src/scores/score.ts'
import { seeded } from '../../src/stats/random.ts'

interface Fixture {
  readonly truth?: readonly (string | number)[]
  readonly answers?: readonly (string | number)[]
  readonly labels?: readonly string[]
  readonly shares?: readonly (readonly number[])[]
  readonly gains?: readonly (readonly number[])[]
  readonly ranked?: readonly (readonly number[])[]
  readonly weights?: readonly number[]
  readonly scores: Readonly<Record<string, number>>
}
const settings = defaultSettings
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/scores/${name}.json`, import.meta.url), 'utf8'))
const fixtures = read('scikit-learn') as Fixture[]
const weighted = (read('weighted') as { table: number; weights: number[]; scores: Record<string, number> }[]).map(
  ({ table, ...own }): Fixture => ({ ...fixtures[table], ...own }),
)

const saidOf = ({ truth, answers, labels = [], shares, gains, ranked, weights }: Fixture): Answered => ({
  truth: truth ?? (gains ?? []).map(() => ''),
  answers: answers ?? [],
  ...(weights ? { weights } : {}),
  ...(shares ? { shares: shares.map((row) => Object.fromEntries(row.map((share, i) => [labels[i], share]))) } : {}),
  ...(gains ? { gains: gains.map((row) => new Map(row.map((gain, i) => [String(i), gain]))) } : {}),
  ...(ranked ? { ranked: ranked.map((row) => row.map(String)) } : {}),
})

const all = [...fixtures, ...weighted].flatMap((fixture, i) =>
  Object.entries(fixture.scores).map(([key, value]) => ({
    key,
    i: fixture.weights ? `${i - fixtures.length} by weight` : i,
    value,
    said: saidOf(fixture),
  })),
)

test.each(all)('$key of table $i is what scikit-learn says', ({ key, value, said }) => {
  const [word = '', how, pairs] = key.split(' ')
  const name = (word === 'f2' ? 'f1' : word) as ScoreName
  const found = scores[name].of(said, {
    ...settings,
    ...(how?.startsWith('c') ? { positive: how, average: 'binary' as const } : {}),
    ...(['micro', 'macro', 'weighted'].includes(how ?? '') ? { average: how as Average } : {}),
    ...(Number(how) >= 1 ? { k: Number(how) } : { quantile: Number(how ?? 0.5) }),
    beta: word === 'f2' ? 2 : 1,
    ...(pairs === 'ovo' ? { multiClass: 'ovo' as const } : {}),
    ...(how === 'linear' || how === 'quadratic' ? { kappaWeights: how, labels: ['c0', 'c1', 'c2', 'c3', 'c4'] } : {}),
  })
  expect(Math.abs(found - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)))
})

test('every score stands in a table of scikit-learn, or has its value here', () => {
  const told = new Set(all.map(({ key }) => key.split(' ')[0]))
  const calibration = /^(ece|mce|aurc|riskAtCoverage|coverageAtRisk|(over|under)confidence|answered\w+)$/
  expect(Object.keys(scores).filter((name) => !told.has(name) && !calibration.test(name))).toEqual([
    'bias',
    'mrr',
    'recallAtK',
    'precisionAtK',
    'hitRate',
  ])
  const said: Answered = {
    truth: ['a', 'a', 'b', 'b'],
    answers: ['a', 'b', 'b', 'b'],
    shares: [{ a: 0.95 }, { b: 0.75 }, { b: 0.72 }, { b: 0.55 }],
  }
  // Bins (0.9, 1], (0.7, 0.8] and (0.5, 0.6]: |0.95 - 1|, |1.47 - 1| and |0.55 - 1|, over four cases.
  expect(scores.ece.of(said, settings)).toBeCloseTo((0.05 + 0.47 + 0.45) / 4, 12)
  const lists: Answered = {
    truth: ['', '', ''],
    answers: [],
    gains: [
      new Map([['x', 1]]),
      new Map([
        ['x', 2],
        ['y', 1],
      ]),
      new Map([['z', 1]]),
    ],
    ranked: [['a', 'x'], ['x', 'b', 'y'], ['a']],
  }
  expect(scores.mrr.of(lists, settings)).toBeCloseTo((1 / 2 + 1 + 0) / 3, 12)
  expect(scores.recallAtK.of(lists, { ...settings, k: 2 })).toBeCloseTo((1 + 1 / 2 + 0) / 3, 12)
  expect(scores.precisionAtK.of(lists, { ...settings, k: 3 })).toBeCloseTo((1 / 3 + 2 / 3 + 0) / 3, 12)
  expect(scores.hitRate.of(lists, { ...settings, k: 1 })).toBeCloseTo(1 / 3, 12)
  expect(scores.bias.of({ truth: [1, 2, 3], answers: [0, 1, 3.5] }, settings)).toBeCloseTo(0.5, 12)
})

test('a case of weight n is n cases, to every score that knows weights; an answer of weight near 0 is none', () => {
  const random = seeded(5)
  const n = 60
  const weights = Array.from({ length: n }, () => 1 + Math.floor(random() * 4))
  const label = () => ['a', 'b', 'c'][Math.floor(random() * 3)] as string
  const [truth, answers] = [Array.from({ length: n }, label), Array.from({ length: n }, label)]
  const shares = answers.map((answer) => {
    const [own, other] = [0.4 + Math.round(random() * 6) / 10, Math.round(random() * 10) / 10]
    const left = 1 - own
    const [one, two] = ['a', 'b', 'c'].filter((name) => name !== answer) as [string, string]
    return { [answer]: own, [one]: left * other, [two]: left * (1 - other) }
  })
  const lists = truth.map(() => ['x', 'y', 'z'].filter(() => random() < 0.7))
  const gains = truth.map(
    () =>
      new Map([
        ['x', random() < 0.5 ? 2 : 0],
        ['y', 1],
      ]),
  )
  const places = weights.flatMap((weight, i) => Array.from({ length: weight }, () => i))
  const numbers = truth.map(() => random())
  const guesses = numbers.map((number) => number + random() - 0.5)
  for (const score of Object.values(scores)) {
    const isAbout = score.reads === 'numbers'
    const answered: Answered = {
      truth: isAbout ? numbers : truth,
      answers: isAbout ? guesses : answers,
      shares,
      gains,
      ranked: lists,
    }
    const own = { ...settings, k: 2, abstain: 'c' }
    if (score.unweighted !== undefined) continue
    expect(score.of({ ...answered, weights }, own), score.name).toBeCloseTo(score.of(picked(answered, places), own), 12)
    const faint = weights.map((_, i) => (i < 40 ? 1 : 1e-14))
    const first = picked(
      answered,
      Array.from({ length: 40 }, (_, i) => i),
    )
    // The worst bin is the worst however little its cases count.
    if (score.name === 'mce') continue
    expect(score.of({ ...answered, weights: faint }, own), score.name).toBeCloseTo(score.of(first, own), 9)
  }
  expect(Object.values(scores).flatMap(({ name, unweighted }) => (unweighted === undefined ? [] : [name]))).toEqual([
    'aurc',
    'riskAtCoverage',
  ])
})

test('of no case, and of one class where it takes two, nothing is a score', () => {
  for (const { name, of } of Object.values(scores))
    expect(of({ truth: [], answers: [], shares: [], gains: [], ranked: [] }, settings), name).toBeNaN()
  const one: Answered = { truth: ['a', 'a'], answers: ['a', 'a'], shares: [{ a: 1 }, { a: 1 }] }
  for (const name of ['rocAuc', 'kappa'] as const) expect(scores[name].of(one, settings)).toBeNaN()
  expect(scores.r2.of({ truth: [3], answers: [3] }, settings)).toBeNaN()
  // Their mean is rounded to 0.10000000000000002.
  expect(scores.r2.of({ truth: [0.1, 0.1, 0.1], answers: [0.1, 0.2, 0.1] }, settings)).toBeNaN()
  const uneven = { ...one, answers: ['b', 'b'], weights: [0.1, 0.7] }
  expect(scores.mcc.of(uneven, settings)).toBe(0)
})

test.each([1e-170, 1e-158, 1e-80, 1e80, 1e158, 1e300])(
  'errors of numbers in a unit of %f are those of the same in another',
  (unit) => {
    const truth = [1, -2, 3, 5, -4]
    const answers = [1.5, -2.25, 2.5, 4.5, -4.75]
    const of = (name: ScoreName, own: number, weights?: readonly number[]) =>
      scores[name].of(
        {
          truth: truth.map((value) => value * own),
          answers: answers.map((value) => value * own),
          ...(weights ? { weights } : {}),
        },
        settings,
      )
    for (const weights of [undefined, [1, 2, 3, 0.5, 1]]) {
      expect(of('rmse', unit, weights) / unit).toBeCloseTo(of('rmse', 1, weights), 12)
      expect(of('r2', unit, weights)).toBeCloseTo(of('r2', 1, weights), 12)
      expect(of('mape', unit, weights)).toBeCloseTo(of('mape', 1, weights), 12)
      expect(of('mae', unit, weights) / unit).toBeCloseTo(of('mae', 1, weights), 12)
    }
  },
)

test('errors of small numbers are seen beside large ones without any, and of numbers that lie far apart', () => {
  const small = { truth: [1e300, 1e-170], answers: [1e300, 3e-170] }
  expect(scores.rmse.of(small, settings) / 1e-170).toBeCloseTo(Math.SQRT2, 12)
  const wide = { truth: [1.5e308, -1.5e308, 0], answers: [-1.5e308, -1.5e308, 0] }
  expect(scores.r2.of(wide, settings)).toBeCloseTo(-1, 12)
  expect(scores.mape.of({ truth: [0, 1], answers: [1, 1] }, settings)).toBe(2 ** 51)
})

test('among equal shares the right label comes last, and one without a share is not among the first', () => {
  const one = (shares: Readonly<Record<string, number>>, k: number) =>
    scores.topK.of({ truth: ['a'], answers: ['a'], shares: [shares] }, { ...settings, k })
  expect(one({ a: 0.4, b: 0.3, c: 0.3 }, 1)).toBe(1)
  expect(one({ a: 0.4, b: 0.4, c: 0.2 }, 1)).toBe(0)
  expect(one({ a: 0.4, b: 0.4, c: 0.2 }, 2)).toBe(1)
  expect(one({ a: 0, b: 0, c: 0 }, 2)).toBe(0)
  expect(one({ b: 0.4, c: 0.2 }, 5)).toBe(0)
})

test('a right label that was given no share at all costs much, and not everything', () => {
  const one = (share: number | undefined) =>
    scores.logLoss.of(
      { truth: ['a'], answers: ['b'], shares: [share === undefined ? { b: 1 } : { a: share, b: 1 - share }] },
      settings,
    )
  expect(one(0)).toBeCloseTo(-Math.log(2 ** -52), 9)
  expect(one(undefined)).toBe(one(0))
  expect(one(1)).toBeGreaterThan(0)
  expect(one(0.25)).toBeCloseTo(Math.log(4), 12)
})

test('labels that are called like what every object has are labels like others', () => {
  const random = seeded(8)
  const pick = (names: readonly string[]) => names[Math.floor(random() * names.length)] as string
  const truth = Array.from({ length: 60 }, () => pick(['a', 'b', 'c']))
  const answers = truth.map(() => pick(['a', 'b']))
  // None scores what is right in a third of the cases.
  const shares = answers.map((answer) => ({ [answer]: 0.6, [answer === 'a' ? 'b' : 'a']: 0.4 }))
  const names: Readonly<Record<string, string>> = { a: '__proto__', b: 'toString', c: 'constructor' }
  const named = (label: string) => names[label] as string
  const renamed: Answered = {
    truth: truth.map(named),
    answers: answers.map(named),
    shares: shares.map((own) => Object.fromEntries(Object.entries(own).map(([label, share]) => [named(label), share]))),
  }
  for (const positive of [undefined, 'a', 'c'])
    for (const { name, reads, of } of Object.values(scores)) {
      if (reads === 'numbers' || reads === 'lists') continue
      const own = { ...settings, k: 1, abstain: 'b', positive }
      const other = { ...own, abstain: 'toString', positive: positive && named(positive) }
      const expected = of({ truth, answers, shares }, own)
      if (Number.isNaN(expected)) expect(of(renamed, other), name).toBeNaN()
      else expect(of(renamed, other), name).toBeCloseTo(expected, 12)
    }
})
