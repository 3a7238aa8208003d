import { expect, test } from 'vitest'
import { drawnByWeight } from '../../src/behavior/batches.ts'
import { mft, type MftRow } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/passMft.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { model } from '../../src/models/model.ts'
import { examplesOf } from '../helpers/blocks.ts'

const only = async (check: Parameters<typeof evaluate>[0]) => {
  const [result] = await evaluate(check)
  if (!result) throw new Error('no result')
  return result
}

test('cases are drawn as often as their weights say, and where they stand among all is known', () => {
  const weights = [1, 0.001, 5, 2, 10]
  const draws = 20_000
  const counts = weights.map(() => 0)
  let misplaced = 0
  for (const { cases, places } of drawnByWeight(weights, { most: draws, seed: 3, weight: (one) => one }))
    cases.forEach((one, i) => {
      const place = (places as readonly number[])[i] as number
      if (one !== weights[place]) misplaced++
      counts[place]!++
    })
  expect(misplaced).toBe(0)
  const all = weights.reduce((sum, weight) => sum + weight)
  weights.forEach((weight, i) => {
    const share = weight / all
    expect(Math.abs(counts[i]! / draws - share)).toBeLessThan(4 * Math.sqrt(share / draws))
  })
})

/** A table whose heavy cases are a fifth of all and count four fifths. */
const table = (isRight: (i: number) => boolean) =>
  mft(
    Array.from({ length: 50 }, (_, i) => ({
      input: i,
      expected: isRight(i) ? 'yes' : 'no',
      weight: i % 5 === 0 ? 16 : 1,
    })) satisfies MftRow[],
  )
const yes = (calls = { count: 0 }) => ({ calls, tested: model('yes@1', () => (calls.count++, 'yes')) })

test('a budget judges the rate by weight, not by count, and asks about each case once', async () => {
  // A fifth by count is wrong: four fifths by weight.
  const heavy = yes()
  const failed = await only(
    passMft(
      heavy.tested,
      table((i) => i % 5 !== 0),
      { passRate: { min: 0.7 }, budget: 400 },
    ),
  )
  expect(failed.status).toBe('fail')
  expect(failed.measured).toMatch(/of \d+ weighted draws .*, after \d+ of at most 400 calls$/)
  expect(heavy.calls.count).toBeLessThanOrEqual(50)
  const named = (examplesOf(failed)?.examples ?? []).map((example) => example.case)
  expect(named.length).toBeGreaterThan(0)
  expect(new Set(named).size).toBe(named.length)
  // Four fifths by count are wrong: a fifth by weight.
  const light = await only(
    passMft(
      yes().tested,
      table((i) => i % 5 === 0),
      { passRate: { min: 0.7 }, budget: 400 },
    ),
  )
  expect(light.status).toBe('pass')
})

test('without a budget, means of repeats and weights are refused, with what to do', () => {
  expect(() =>
    passMft(
      yes().tested,
      table(() => true),
      { passRate: { min: 0.9 }, repeats: { times: 3, by: 'mean' } },
    ),
  ).toThrow(/weights and repeats by 'mean'[^]*with a budget cases are drawn by their weights/)
})
