import { expect, test } from 'vitest'
import { drawnByWeight } from '../../src/behavior/run/batches.ts'
import { mft, type MftRow } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { model } from '../../src/models/model.ts'
import { examplesOf } from '../helpers/blocks.ts'
import { judge } from '../helpers/judge.ts'

test.each([
  ['of a list', (all: readonly number[]) => all],
  [
    'that stream in',
    async function* (all: readonly number[]) {
      yield* all
    },
  ],
] as const)(
  'cases %s are drawn as often as their weights say, and where they stand among all is known',
  async (_, from) => {
    const weights = [1, 0.001, 5, 2, 10]
    const draws = 20_000
    const counts = weights.map(() => 0)
    let misplaced = 0
    const drawn: number[] = []
    for await (const { cases, places } of drawnByWeight(from(weights), { most: draws, seed: 3, weight: (one) => one }))
      cases.forEach((one, i) => {
        const place = (places as readonly number[])[i] as number
        if (one !== weights[place]) misplaced++
        counts[place]!++
        drawn.push(place)
      })
    expect(misplaced).toBe(0)
    const all = weights.reduce((sum, weight) => sum + weight)
    weights.forEach((weight, i) => {
      const share = weight / all
      expect(Math.abs(counts[i]! / draws - share)).toBeLessThan(4 * Math.sqrt(share / draws))
    })
    // Each draw tells nothing of the next: the heaviest follows itself as often as it comes.
    const heavy = 10 / all
    const pairs = drawn.filter((place, i) => place === 4 && drawn[i + 1] === 4).length
    expect(Math.abs(pairs / draws - heavy ** 2)).toBeLessThan(4 * Math.sqrt(heavy ** 2 / draws))
  },
)

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
  const failed = await judge(
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
  const light = await judge(
    passMft(
      yes().tested,
      table((i) => i % 5 === 0),
      { passRate: { min: 0.7 }, budget: 400 },
    ),
  )
  expect(light.status).toBe('pass')
})

test('cases of a dataset are drawn by their weights, too, and none is held for them all', async () => {
  const rows = Array.from({ length: 2000 }, (_, i) => ({
    input: i,
    expected: i % 5 === 0 ? 'no' : 'yes',
    weight: i % 5 === 0 ? 16 : 1,
  }))
  const ask = (tested: ReturnType<typeof yes>, min: number) =>
    judge(passMft(tested.tested, mft(dataset(rows, { name: 'weighed' })), { passRate: { min }, budget: 400 }))
  const failed = yes()
  const found = await ask(failed, 0.7)
  expect(found.status).toBe('fail')
  expect(found.measured).toMatch(/of \d+ weighted draws .*, after \d+ of at most 400 calls$/)
  expect(failed.calls.count).toBeLessThanOrEqual(400)
  expect((await ask(yes(), 0.1)).status).toBe('pass')
  const grouped = dataset(
    rows.map((row, i) => ({ ...row, group: `of ${Math.floor(i / 5)}`, weight: Math.floor(i / 5) % 4 === 0 ? 9 : 1 })),
    { name: 'groups' },
  )
  const groups = await judge(passMft(yes().tested, mft(grouped), { passRate: { min: 0.5 }, budget: 400 }))
  expect(groups.status).toBe('fail')
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
