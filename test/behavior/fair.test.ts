import { describe, expect, test } from 'vitest'
import { fair } from '../../src/behavior/kinds/fair.ts'
import { mft } from '../../src/behavior/mft.ts'
import { labelled } from '../../src/behavior/labelled.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { model } from '../../src/models/model.ts'

const rows = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    sex: i % 2 === 0 ? 'f' : 'm',
    income: (i * 37) % 100,
    granted: (i * 37) % 100 > 40 ? 'yes' : 'no',
  }))
type Row = ReturnType<typeof rows>[number]
const casesOf = (n: number) => labelled(rows(n), { expected: 'granted' })
const alike = model('alike@1', ({ income }: Row) => (income > 40 ? 'yes' : 'no'))
const harder = model('harder@1', ({ sex, income }: Row) => (income > (sex === 'f' ? 80 : 40) ? 'yes' : 'no'))
const ruled = mft([{ input: { sex: 'f' }, expected: 'yes|no', compare: 'oneOf' }])
const by = { by: 'sex', positive: 'yes' } as const

describe('fairness', () => {
  test('passes where the whole interval lies within the limit, and fails where it lies beyond', async () => {
    const limits = {
      demographicParity: { max: 0.1 },
      fourFifths: true,
      equalOpportunity: { max: 0.1 },
      equalizedOdds: { max: 0.1 },
    } as const
    const good = await evaluate(fair(alike, limits, casesOf(2000), by))
    expect(good.map(({ status, title }) => [status, title])).toEqual([
      ['pass', 'demographicParity by "sex"'],
      ['pass', 'demographicParityRatio by "sex"'],
      ['pass', 'equalOpportunity by "sex"'],
      ['pass', 'equalizedOdds by "sex"'],
    ])
    const bad = await evaluate(fair(harder, limits, casesOf(2000), by))
    expect(bad.map(({ status }) => status)).toEqual(['fail', 'fail', 'fail', 'fail'])
    expect(bad[0]?.measured).toMatch(/^0\.\d+ \(0\.\d+ to 0\.\d+ with 95 % confidence\) over 2 groups of 2,000 cases$/)
    expect(bad[0]?.message).toMatch(/^selection rate: "f" \d+\.?\d* % of 1000, "m" \d+\.?\d* % of 1000$/)
    expect(bad[0]?.evidence.map(({ kind }) => kind)).toEqual(['number', 'slices'])
  })

  test('of few cases is never a pass, however alike the groups are', async () => {
    for (const n of [4, 8, 20, 100]) {
      const results = await evaluate(fair(alike, { demographicParity: { max: 0.1 }, fourFifths: true }, casesOf(n), by))
      for (const { status } of results) expect(['inconclusive', 'vacuous']).toContain(status)
    }
    const [strict] = await evaluate(
      fair(alike, { demographicParity: { max: 0.1 } }, casesOf(20), { ...by, onInconclusive: 'fail' }),
    )
    expect(strict).toMatchObject({ status: 'inconclusive', blocking: true })
  })

  test('of one group, of none large enough, and of nobody selected is vacuous', async () => {
    const limits = { demographicParityRatio: { min: 0.8 } }
    const [one] = await evaluate(fair(alike, limits, casesOf(200), { by: () => 'all', positive: 'yes' }))
    expect(one).toMatchObject({ status: 'vacuous', blocking: true })
    expect(one?.message).toContain('it takes two groups')
    const [small] = await evaluate(fair(alike, limits, casesOf(200), { ...by, floor: 101 }))
    expect(small?.message).toContain('2 groups of fewer than 101 cases left out')
    const [nobody] = await evaluate(
      fair(
        model('no@1', () => 'no'),
        limits,
        casesOf(200),
        by,
      ),
    )
    expect(nobody?.status).toBe('vacuous')
  })

  test('with cases that have no answer is an error, since the others are not all', async () => {
    const some = model('some@1', ({ income }: Row) => (income === 0 ? undefined : 'yes'))
    const [result] = await evaluate(fair(some, { fourFifths: true }, casesOf(200), by))
    expect(result).toMatchObject({ status: 'error', blocking: true })
    expect(result?.message).toContain('answered undefined')
  })

  test('tells cases that are in no group', async () => {
    const [result] = await evaluate(
      fair(alike, { fourFifths: true }, casesOf(300), {
        by: ({ input }) => ((input as Row).income < 10 ? undefined : (input as Row).sex),
        positive: 'yes',
      }),
    )
    expect(result?.message).toContain('30 cases in no group')
  })

  test('tells no value of a personal column as the name of a group', async () => {
    const people = dataset(rows(100), { name: 'people', pii: 'sex' })
    const personal = labelled(await people.rows(), { expected: 'granted' })
    const results = await evaluate(fair(harder, { demographicParity: { max: 0.1 } }, personal, by))
    expect(results[0]?.message).toContain('"slice 1"')
    expect(JSON.stringify(results)).not.toMatch(/"f"|"m"|\\"f\\"/)
  })
})

test.each<[() => unknown, RegExp]>([
  [() => fair(alike, {}, casesOf(9), by), /without a measure/],
  [() => fair(alike, { demographicParty: { max: 1 } } as never, casesOf(9), by), /did you mean demographicParity/],
  [() => fair(alike, { demographicParity: { min: 0.1 } }, casesOf(9), by), /the most unfair answers meet/],
  [() => fair(alike, { equalizedOddsRatio: { max: 0.9 } }, casesOf(9), by), /a ratio has a least value/],
  [() => fair(alike, { fourFifths: 0.8 } as never, casesOf(9), by), /fourFifths: true/],
  [() => fair(alike, { fourFifths: true }, casesOf(9), { by: 'sex', positive: 'yess' }), /did you mean yes/],
  [() => fair(alike, { fourFifths: true }, casesOf(9), { positive: 'yes' } as never), /needs groups/],
  [() => fair(alike, { fourFifths: true }, casesOf(9), { by: 'gender', positive: 'yes' }), /no case has a value/],
  [() => fair(alike, { fourFifths: true }, casesOf(9), { ...by, confidence: 95 }), /confidence: 95/],
  [() => fair(alike, { fourFifths: true }, ruled, by), /compares by oneOf/],
])('wrong arguments are named: %s', (make, message) => {
  expect(make).toThrow(message)
})
