import { describe, expect, test } from 'vitest'
import { fair } from '../../src/behavior/kinds/fair.ts'
import { labelled } from '../../src/behavior/labelled.ts'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { scored } from '../../src/behavior/kinds/scored.ts'
import { model } from '../../src/models/model.ts'
import { wilsonInterval } from '../../src/stats/wilson.ts'
import { judge } from '../helpers/judge.ts'

describe('cases with weights', () => {
  /** A fifth of the cases counts four fifths, and is answered wrongly. */
  const weighed = mft(
    Array.from({ length: 50 }, (_, i) => ({
      input: i,
      expected: i % 5 === 0 ? 'no' : 'yes',
      weight: i % 5 === 0 ? 16 : 1,
    })),
  )
  const yes = model('yes@1', () => ({ label: 'yes', scores: { yes: 0.9, no: 0.1 } }))

  test('count by them in scores, and as many tell as much as of one weight', async () => {
    const found = await judge(scored(yes, { accuracy: { min: 0.5 } }, weighed))
    expect(found.status).toBe('fail')
    // 10 cases of 16 and 40 of 1 are 200² / (10 · 256 + 40) = 15.4 cases; Wilson's interval of 20 % of these.
    const [low, high] = wilsonInterval(0.2 * (200 ** 2 / 2600), 200 ** 2 / 2600)
    const text = (value: number) => String(Number(value.toPrecision(4)))
    expect(found.measured).toBe(`0.2 (${text(low)} to ${text(high)} with 95 % confidence) over 50 cases by weight`)
  })

  test('have no score that counts cases one by one, and are told so', () => {
    for (const [name, options] of [
      ['aurc', {}],
      ['riskAtCoverage', {}],
      ['rocAuc', { multiClass: 'ovo' }],
    ] as const)
      expect(() => scored(yes, { [name]: { max: 0.5 } }, weighed, options)).toThrow(
        new RegExp(`got cases with weights and ${name}, which has none`),
      )
  })

  test('may be records, with a field that says how much each counts', async () => {
    const records = [
      { x: 1, kind: 'yes', share: 1 },
      { x: 2, kind: 'no', share: 3 },
      { x: 3, kind: 'yes', share: null },
    ]
    const all = labelled(records, { expected: 'kind', weight: 'share' })
    expect(all.map(({ input, weight }) => [input, weight])).toEqual([
      [{ x: 1 }, 1],
      [{ x: 2 }, 3],
      [{ x: 3 }, undefined],
    ])
    expect((await judge(scored(yes, { accuracy: { min: 0.5 } }, all))).measured).toMatch(/^0\.4 /)
    expect(() => labelled(records, { expected: 'kind', weight: 'shar' })).toThrow(/did you mean share\?/)
    expect(() => labelled([{ x: 1, kind: 'a', share: -1 }], { expected: 'kind', weight: 'share' })).toThrow(
      /row 1 has the weight -1/,
    )
  })

  test.each([1e-101, 1e101, 5e-324, Number.MAX_VALUE])('have none of %d, of which sums are no numbers', (weight) => {
    expect(() => mft([{ input: 1, expected: 'a', weight }])).toThrow(/has the weight .*\n.*from 1e-100 to 1e100/)
  })

  test('may weigh as little and as much as can be', async () => {
    const wide = mft([1e-100, 1, 1e100].map((weight, i) => ({ input: i, expected: i === 2 ? 'no' : 'yes', weight })))
    for (const check of [
      scored(yes, { accuracy: { min: 0.5 } }, wide),
      passMft(yes, wide, { passRate: { min: 0.5 } }),
    ]) {
      const found = await judge(check)
      expect(found.status).toBe('fail')
      expect(found.value).toBe(1e-100)
    }
  })

  test('count by them in fairness, too', async () => {
    const people = Array.from({ length: 400 }, (_, i) => ({
      sex: i % 2 === 0 ? 'f' : 'm',
      paid: i % 4 < 2 ? 'yes' : 'no',
    }))
    // Of women those answered yes are a fourth by count, and three fourths by weight.
    const heavy = mft(
      people.map(({ sex, paid: expected }, i) => ({
        input: { sex, i },
        expected,
        weight: sex === 'f' && i % 8 === 0 ? 9 : 1,
      })),
    )
    const some = model('some@1', ({ i }: { i: number }) => (i % 8 === 0 ? 'yes' : 'no'))
    const found = await judge(fair(some, { demographicParity: { max: 0.2 } }, heavy, { by: 'sex', positive: 'yes' }))
    expect(found.measured).toMatch(/^0\.75 /)
    expect(found.message).toContain('"f" 75 % of 200')
  })
})
