import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ScoreName, scores } from '../../src/scores/index.ts'
import { reliability } from '../../src/scores/reliability.ts'
import { riskCoverage } from '../../src/scores/riskCoverage.ts'
import { defaultSettings, type Answered } from '../../src/scores/score.ts'

interface Curve {
  readonly accuracy: readonly number[]
  readonly confidence: readonly number[]
}
interface Fixture {
  readonly bins: number
  readonly truth: readonly string[]
  readonly answers: readonly string[]
  readonly labels: readonly string[]
  readonly shares: readonly (readonly number[])[]
  readonly scores: Readonly<Record<string, number>>
  readonly curve: Curve
  readonly 'curve c1'?: Curve
}
const fixtures = JSON.parse(
  readFileSync(new URL('../fixtures/scores/calibration.json', import.meta.url), 'utf8'),
) as Fixture[]

const saidOf = ({ truth, answers, labels, shares }: Fixture): Answered => ({
  truth,
  answers,
  shares: shares.map((row) => Object.fromEntries(row.map((share, i) => [labels[i], share]))),
})
const settingsOf = ({ bins }: Fixture, positive?: string) => ({ ...defaultSettings, bins, risk: 0.2, positive })

describe('calibration', () => {
  test.each(
    fixtures.flatMap((fixture, i) =>
      Object.entries(fixture.scores).map(([key, value]) => ({ key, value, i, fixture })),
    ),
  )('$key of table $i is what netcal says', ({ key, value, fixture }) => {
    const [name, positive] = key.split(' ')
    const found = scores[name as ScoreName].of(saidOf(fixture), settingsOf(fixture, positive))
    expect(Math.abs(found - value)).toBeLessThanOrEqual(1e-12)
  })

  test.each(
    fixtures.flatMap((fixture, i) =>
      (['curve', 'curve c1'] as const).flatMap((key) => {
        const curve = fixture[key]
        return curve ? [{ key, i, fixture, curve }] : []
      }),
    ),
  )('the reliability $key of table $i is that of scikit-learn', ({ key, fixture, curve }) => {
    const bins = reliability(saidOf(fixture), settingsOf(fixture, key.split(' ')[1])).filter(({ cases }) => cases > 0)
    expect(bins).toHaveLength(curve.accuracy.length)
    bins.forEach(({ accuracy, confidence }, i) => {
      expect(Math.abs(accuracy - (curve.accuracy[i] as number))).toBeLessThanOrEqual(1e-12)
      expect(Math.abs(confidence - (curve.confidence[i] as number))).toBeLessThanOrEqual(1e-12)
    })
  })

  test('is missed by over- and underconfidence, which add up to the expected error', () => {
    for (const fixture of fixtures) {
      const of = (name: ScoreName): number => scores[name].of(saidOf(fixture), settingsOf(fixture))
      expect(of('overconfidence') + of('underconfidence')).toBeCloseTo(of('ece'), 12)
      expect(of('mce')).toBeGreaterThanOrEqual(of('ece'))
    }
    const sure: Answered = {
      truth: ['a', 'b', 'a', 'b'],
      answers: ['a', 'a', 'a', 'a'],
      shares: [1, 1, 1, 1].map((share) => ({ a: share, b: 1 - share })),
    }
    expect(scores.overconfidence.of(sure, defaultSettings)).toBe(0.5)
    expect(scores.underconfidence.of(sure, defaultSettings)).toBe(0)
  })

  test('has edges that belong to the bin below, rounded products too', () => {
    const at = (share: number, bins: number): number =>
      reliability({ truth: ['a'], answers: ['a'], shares: [{ a: share }] }, { ...defaultSettings, bins }).findIndex(
        ({ cases }) => cases === 1,
      )
    for (const bins of [3, 7, 10, 15, 49])
      for (let i = 1; i <= bins; i++) expect(at(i === bins ? 1 : i * (1 / bins), bins), `${i} of ${bins}`).toBe(i - 1)
    expect(at(0, 10)).toBe(0)
  })
})

describe('abstention', () => {
  const said: Answered = {
    truth: ['a', 'b', 'a', 'b'],
    answers: ['a', 'b', '?', 'a'],
    shares: [{ a: 0.9 }, { b: 0.6 }, { '?': 0.5 }, { a: 0.6 }],
  }

  test('by a label leaves cases out of the accuracy, and tells how many are answered', () => {
    const settings = { ...defaultSettings, abstain: '?' }
    expect(scores.answeredShare.of(said, settings)).toBe(0.75)
    expect(scores.answeredAccuracy.of(said, settings)).toBeCloseTo(2 / 3, 12)
    expect(scores.answeredAccuracy.of({ truth: ['a'], answers: ['?'] }, settings)).toBeNaN()
  })

  test('by confidence answers the surest first; those as sure as each other count alike in every order', () => {
    expect(riskCoverage(said)).toEqual([
      { coverage: 0.25, risk: 0 },
      { coverage: 0.75, risk: 1 / 3 },
      { coverage: 1, risk: 0.5 },
    ])
    const half = { ...defaultSettings, coverage: 0.5, risk: 0.1 }
    expect(scores.riskAtCoverage.of(said, half)).toBe(0.25)
    expect(scores.coverageAtRisk.of(said, half)).toBe(0.25)
    const turned: Answered = {
      truth: said.truth.toReversed(),
      answers: said.answers.toReversed(),
      shares: said.shares?.toReversed() ?? [],
    }
    for (const name of ['aurc', 'riskAtCoverage', 'coverageAtRisk'] as const)
      expect(scores[name].of(turned, half)).toBeCloseTo(scores[name].of(said, half), 14)
  })
})
