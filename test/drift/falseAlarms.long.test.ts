import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { compare, many, normal, random } from './data.ts'

const columns = 30
const words = ['a', 'b', 'c', 'd', 'e']

/** Rows of 30 columns, a third each of normal numbers, few whole numbers, and words. */
function noise(rows: number, next: () => number) {
  return many(rows, () =>
    Object.fromEntries(
      many(columns, (i) => [
        `c${i}`,
        i % 3 === 0 ? normal(next) : i % 3 === 1 ? Math.floor(next() * 6) : words[Math.floor(next() * next() * 5)],
      ]),
    ),
  )
}

test('30 columns without drift raise no alarm and are never hidden: few rows stay undecided, 500 are decided', async () => {
  const next = random(20)
  const reference = dataset(noise(5000, next), { name: 'reference' })
  for (const [rows, calls] of [
    [20, 2],
    [200, 2],
    [500, 2],
    [5000, 1],
  ] as const) {
    for (let call = 0; call < calls; call++) {
      const results = await compare(dataset(noise(rows, next)), reference)
      const statuses = results.map(({ status }) => status)
      expect(statuses).toHaveLength(columns)
      expect(statuses).not.toContain('fail')
      const decided = statuses.filter((status) => status === 'pass').length
      if (rows === 20) expect(decided).toBeLessThanOrEqual(columns * 0.2)
      if (rows >= 500) expect(decided).toBeGreaterThanOrEqual(columns * 0.8)
      if (rows === 5000) expect(decided).toBe(columns)
    }
  }
})

test('a drift of exactly the limit is called drift in at most 5 % of the calls, and no drift in at most 5 %', async () => {
  const next = random(21)
  const side = (rows: number, share: number) => many(rows, () => ({ x: next() < share }))
  // V of 0.9 against 0.6 for sides of equal weight.
  const limit = Math.sqrt(((0.3 / 1.5) * 0.3 + (0.3 / 0.5) * 0.3) / 2)
  const counts = { pass: 0, fail: 0, inconclusive: 0 }
  const calls = 100
  for (let call = 0; call < calls; call++) {
    const [result] = await compare(dataset(side(150, 0.9)), dataset(side(400, 0.6)), { limit })
    counts[result?.status as keyof typeof counts]++
  }
  expect(counts.pass + counts.fail + counts.inconclusive).toBe(calls)
  expect(counts.fail).toBeLessThanOrEqual(calls * 0.05)
  expect(counts.pass).toBeLessThanOrEqual(calls * 0.05)
})

test('50 sessions of 20 rows without drift are called drift in at most 5 % of the calls, when they are named', async () => {
  const next = random(22)
  const side = (first: number) =>
    dataset(
      many(50, (session) => {
        const [level, word, rate] = [normal(next), words[Math.floor(next() * 5)], next() < 0.3]
        return many(20, () => ({
          session: `s-${first + session}`,
          x: level + 0.3 * normal(next),
          word: next() < 0.9 ? word : words[Math.floor(next() * 5)],
          flag: next() < 0.9 ? rate : next() < 0.3,
        }))
      }).flat(),
    )
  let [wrong, careless] = [0, 0]
  const calls = 40
  const failed = (results: Awaited<ReturnType<typeof compare>>) => results.some(({ status }) => status === 'fail')
  for (let call = 0; call < calls; call++) {
    const [here, there] = [side(1000 * call), side(1000 * call + 500)]
    if (failed(await compare(here, there, { clusterBy: 'session' }))) wrong++
    if (failed(await compare(here, there, { except: ['session'] }))) careless++
  }
  expect(wrong).toBeLessThanOrEqual(calls * 0.05)
  expect(careless).toBeGreaterThan(calls * 0.05)
})
