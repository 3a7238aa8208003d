import { expect, test } from 'vitest'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { model } from '../../src/models/model.ts'
import { seeded } from '../../src/stats/random.ts'
import { judge } from '../helpers/judge.ts'

const cases = (n: number) => mft(Array.from({ length: n }, (_, i) => ({ input: `case ${i}`, expected: 'yes' })))
/** A model that passes each trial of a case with the chance that belongs to the case. */
const moody = (chance: (i: number) => number, random: () => number) =>
  model('moody@1', (text: string) => (random() < chance(Number(text.slice(5))) ? 'yes' : 'no'), { remember: false })

test('repeats pass a model that keeps no limit no more often than they say, cases being unlike', async () => {
  const random = seeded(3)
  const draws = 150
  let passed = 0
  for (let draw = 0; draw < draws; draw++) {
    const chances = Array.from({ length: 30 }, () => (random() < 0.12 ? 0.1 : 0.98))
    const result = await judge(
      passMft(
        moody((i) => chances[i] as number, random),
        cases(30),
        { passRate: { min: 0.88 }, confidence: 0.95, repeats: { times: 5, by: 'mean' } },
      ),
    )
    if (result.status === 'pass') passed++
  }
  // The true rate is 0.874.
  expect(passed / draws).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / draws))
})

test.each([
  { more: {}, below: 0.895 },
  { more: { indifference: 0.1 }, below: 0.8 },
])('a budget wrongly passes or fails a model no more often than it says: %j', async ({ more, below }) => {
  const random = seeded(7)
  const draws = 200
  const wrong = { pass: 0, fail: 0 }
  const table = cases(200)
  for (let draw = 0; draw < draws; draw++) {
    const of = (chance: number) =>
      judge(
        passMft(
          moody(() => chance, random),
          table,
          { passRate: { min: 0.9 }, budget: 200, ...more },
        ),
      )
    if ((await of(below)).status === 'pass') wrong.pass++
    if ((await of(0.9)).status === 'fail') wrong.fail++
  }
  const most = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / draws)
  expect(wrong.pass / draws).toBeLessThan(most)
  expect(wrong.fail / draws).toBeLessThan(most)
})

test.each([{}, { repeats: { times: 3, by: 'mean' } } as const])(
  'a budget passes a model below the limit by weight no more often than it says: %j',
  async (more) => {
    const yes = model('yes@1', () => 'yes')
    const random = seeded(11)
    const draws = 150
    let passed = 0
    for (let draw = 0; draw < draws; draw++) {
      const rows = Array.from({ length: 60 }, (_, i) => ({ id: i, weight: 0.2 + 10 * random() ** 3, wrong: false }))
      const all = rows.reduce((sum, { weight }) => sum + weight, 0)
      let left = 0.21 * all
      for (const row of rows) {
        if (left <= 0) break
        row.wrong = true
        left -= row.weight
      }
      const cases = mft(
        rows
          .map(({ id, weight, wrong }) => ({
            at: random(),
            row: { input: id, weight, expected: wrong ? 'no' : 'yes' },
          }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row),
      )
      const result = await judge(passMft(yes, cases, { passRate: { min: 0.8 }, budget: 150, ...more }))
      if (result.status === 'pass') passed++
    }
    expect(passed / draws).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / draws))
  },
)
