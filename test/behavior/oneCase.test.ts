import { expect, test } from 'vitest'
import { agreesWith } from '../../src/behavior/kinds/agreesWith.ts'
import { answersAll } from '../../src/behavior/kinds/answersAll.ts'
import { beatsBaseline } from '../../src/behavior/kinds/beatsBaseline.ts'
import { compatibleWith } from '../../src/behavior/kinds/compatibleWith.ts'
import { deterministic } from '../../src/behavior/kinds/deterministic.ts'
import { fair } from '../../src/behavior/kinds/fair.ts'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { monotonicIn } from '../../src/behavior/kinds/monotonicIn.ts'
import { movesWith } from '../../src/behavior/kinds/movesWith.ts'
import { noWorseThan } from '../../src/behavior/kinds/noWorseThan.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { respondsWithin } from '../../src/behavior/kinds/respondsWithin.ts'
import { scored } from '../../src/behavior/kinds/scored.ts'
import { soundCases } from '../../src/behavior/kinds/soundCases.ts'
import { testedBy } from '../../src/behavior/kinds/testedBy.ts'
import type { Check } from '../../src/checks/check.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { model, type Model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'

const cases = mft([{ input: 'yes', expected: 'yes' }])
const over = ['yes']
const by = { repeats: { times: 1, by: 'mean' } } as const
const yes = model('yes', () => 'yes')
const checks: readonly [string, (tested: Model) => Check | Parameters<typeof evaluate>[0]][] = [
  ['passMft', (tested) => passMft(tested, cases)],
  ['passMft by weight', (tested) => passMft(tested, mft([{ input: 'yes', expected: 'yes', weight: 2 }]))],
  ['passMft sure', (tested) => passMft(tested, cases, { passRate: { min: 0.9 }, confidence: 0.95 })],
  ['passMft within a budget', (tested) => passMft(tested, cases, { passRate: { min: 0.9 }, budget: 1 })],
  ['passMft by one answer', (tested) => passMft(tested, cases, { passRate: { min: 0.9 }, ...by })],
  ['invariantTo', (tested) => invariantTo(tested, perturb.uppercase(), { over })],
  ['invariantTo what changes nothing', (tested) => invariantTo(tested, perturb.names(), { over })],
  ['movesWith', (tested) => movesWith(tested, perturb.uppercase(), { over, direction: 'up' })],
  ['monotonicIn', (tested) => monotonicIn(tested, 'x', { over: [{ x: 1 }], increasing: true, values: [1, 2] })],
  ['answersAll', (tested) => answersAll(tested, { on: over })],
  ['agreesWith', (tested) => agreesWith(tested, yes, { on: over })],
  ['compatibleWith', (tested) => compatibleWith(tested, yes, { on: over })],
  ['deterministic', (tested) => deterministic(tested, { on: over, repeats: 2 })],
  ['respondsWithin', (tested) => respondsWithin(tested, { max: 5000 }, { on: over })],
  ['scored', (tested) => scored(tested, { accuracy: { min: 0.5 } }, cases, { confidence: 0.9 })],
  ['fair', (tested) => fair(tested, { fourFifths: true }, cases, { by: () => 'all', positive: 'yes' })],
  ['noWorseThan', (tested) => noWorseThan(tested, yes, { on: cases })],
  ['noWorseThan for sure', (tested) => noWorseThan(tested, yes, { on: cases, margin: 0.1 })],
  ['noWorseThan by score', (tested) => noWorseThan(tested, yes, { on: cases, score: 'accuracy' })],
  ['beatsBaseline', (tested) => beatsBaseline(tested, 'majority', { on: cases })],
  ['testedBy', (tested) => testedBy(tested, (stand) => [passMft(stand, cases)])],
  ['soundCases', () => soundCases(cases)],
]
const models = [yes, model('no', () => 'no'), model('odd', () => undefined), model('number', () => 1)]

test.each(checks)('%s says of one that it is one', async (_, check) => {
  for (const tested of models) {
    const results = await evaluate(check(tested) as Check)
    expect(results.length).toBeGreaterThan(0)
    for (const { title, expected, measured, message = '' } of results)
      expect([title, expected, measured, message].join('\n')).not.toMatch(
        /\b1 (weighted draws|answers to|cases|inputs|calls|answers|predictions|groups|slices|tests|models|forms|pairs|labels)\b/,
      )
  }
})
