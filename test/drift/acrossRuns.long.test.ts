import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { shareOfYear } from '../../src/drift/acrossRuns.ts'
import { type DriftOptions, noDriftFrom } from '../../src/drift/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import type { RunDocument } from '../../src/results/runDocument.ts'
import { noneChangedBy } from '../../src/stats/largestShare.ts'
import { document } from '../helpers/runDocument.ts'
import { many, random } from './data.ts'

const DAY = 86_400_000
const rows = (yes: number, count: number) => many(count, (i) => ({ word: i < yes ? 'yes' : 'no' }))
const reference = dataset(rows(500, 1000), { name: 'reference' })

/** Runs on the days that are said, each with its data; the results of all. */
async function runs(
  days: readonly (readonly [day: number, yes: number])[],
  options: DriftOptions = { acrossRuns: true },
): Promise<readonly CheckResult[]> {
  const history: RunDocument[] = []
  const all: CheckResult[] = []
  for (const [day, yes] of days) {
    const now = new Date(Date.UTC(2026, 0, 1) + day * DAY)
    const current = dataset(rows(yes, 1000), { name: 'today' })
    const [result] = await evaluate(noDriftFrom(current, reference, options), { now, history })
    history.push(document([result as CheckResult], { at: now.toISOString() }))
    all.push(result as CheckResult)
  }
  return all
}

test('a change that fails by itself fails only when it is surely more than a year of runs would show', async () => {
  // 68 % after 50 %: p of a change of 10 points at most is 0.0004: less than 0.05 × 30/395, and more than 0.05/395.
  const [alone] = await runs([[0, 680]], {})
  expect(alone).toMatchObject({ status: 'fail' })
  const [first, second] = await runs([
    [0, 680],
    [1, 681],
  ])
  expect(first).toMatchObject({ status: 'fail', message: expect.stringContaining('may spend 7.59 % of a year') })
  expect(second).toMatchObject({
    status: 'inconclusive',
    message: expect.stringContaining("this run may spend 0.25 % of a year's level"),
  })
  expect(
    (
      await runs([
        [0, 500],
        [1, 720],
      ])
    )[1],
  ).toMatchObject({ status: 'fail' })
})

test('the same data asked again, minutes or days later, has the same verdict', async () => {
  const found = await runs([
    [0, 500],
    [7, 680],
    [7.01, 680],
    [7.02, 680],
    [9, 680],
  ])
  expect(found.map(({ status }) => status)).toEqual(['pass', 'fail', 'fail', 'fail', 'fail'])
})

test('in 60 years of daily runs at the very limit, at most 3 have a fail; without the budget nearly all have', () => {
  const next = random(31)
  const draw = (n: number, share: number) => {
    let count = 0
    for (let i = 0; i < n; i++) if (next() < share) count++
    return count
  }
  const [n, m, limit, years] = [200, 2000, 0.1, 60]
  let [budgeted, plain] = [0, 0]
  for (let year = 0; year < years; year++) {
    const there = draw(m, 0.5)
    const known = new Map<number, number>()
    const p = (here: number): number => {
      const effect = Math.abs(here / n - there / m)
      const counts = [
        [here, there],
        [n - here, m - there],
      ] as const
      const found = known.get(here) ?? noneChangedBy(counts, { n, m }, effect, limit)
      known.set(here, found)
      return found
    }
    const ps = many(365, () => p(draw(n, 0.6)))
    const level = (day: number) =>
      0.05 * shareOfYear(new Date(day * DAY), day === 0 ? undefined : new Date((day - 1) * DAY))
    if (ps.some((one, day) => one <= level(day))) budgeted++
    if (ps.some((one) => one <= 0.05)) plain++
  }
  expect(budgeted).toBeLessThanOrEqual(3)
  expect(plain).toBeGreaterThan(54)
})
