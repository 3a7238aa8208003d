import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { pick } from '../../src/dataset/sampled.ts'
import { sql } from '../../src/sql/sql.ts'
import { seeded } from '../../src/stats/random.ts'
import { temporaryFile } from '../helpers/files.ts'

const data = dataset({ i: Int32Array.from({ length: 1000 }, (_, i) => i) }, { name: 'numbers' })
const drawn = async (from: typeof data, size: number, seed?: number | string) =>
  (await from.sample(size, seed === undefined ? {} : { seed }).rows()).map(({ i }) => i as number)

test('samples are the same for the same seed, and others for another', async () => {
  const first = await drawn(data, 20)
  expect(new Set(first).size).toBe(20)
  expect(await drawn(data, 20)).toEqual(first)
  expect(await drawn(data, 20, 2)).not.toEqual(first)
  const records = dataset(Array.from({ length: 1000 }, (_, i) => ({ i })))
  expect((await drawn(records, 20)).map(Number)).toEqual(first)
})

test('samples come from the slice, and can be sliced', async () => {
  const even = await drawn(data.where(sql`i % 2 = 0`), 10)
  expect(even).toHaveLength(10)
  expect(even.every((i) => i % 2 === 0)).toBe(true)
  expect((await data.sample(10).where({ i: -1 }).rows()).length).toBe(0)
  expect(data.sample(1000).where({ i: 1 }).slice).toBe('a sample of 1,000 rows (seed 1) and i = 1')
})

test('every row of a sample has the same chance (seeds 1 to 100)', async () => {
  const counts = Array.from({ length: 10 }, () => 0)
  const small = dataset({ i: Int32Array.from({ length: 10 }, (_, i) => i) })
  for (let seed = 1; seed <= 100; seed++) for (const i of await drawn(small, 3, seed)) (counts[i] as number)++
  // 30 expected of each; five standard deviations of a binomial are 23.
  for (const count of counts) expect(Math.abs(count - 30)).toBeLessThan(23)
})

test('every subset has the same chance to be the sample', () => {
  const draws = 30_000
  const counts = new Map<string, number>()
  for (let seed = 1; seed <= draws; seed++) {
    const key = pick(Float64Array.of(1, 2, 3, 4, 5), 2, seeded(seed)).join(' ')
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const expected = draws / 10
  const distance = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  expect(counts.size).toBe(10)
  // Chi-square with 9 degrees of freedom: beyond 35 once in 10,000 times, and these seeds are always the same.
  expect(distance).toBeLessThan(35)
})

test('samples larger than the data are all of it; no number of rows is an error', async () => {
  expect(await drawn(data, 5000)).toHaveLength(1000)
  expect(await drawn(data, 0)).toEqual([])
  expect(await drawn(data, 20, 'monday')).not.toEqual(await drawn(data, 20))
  expect(() => data.sample(20, { seed: Number.NaN })).toThrow(/sample\(\): seed is NaN\n.*a number or text/)
  expect(() => data.sample(1.5)).toThrow(/sample\(1.5\): a sample has a whole number of rows/)
})

test('samples of a text file keep the cells as they are in the file', async () => {
  const file = await temporaryFile('a.csv', 'x;at\n1,5;2024-07-15 10:00\n')
  const sample = dataset(file, { decimal: ',', timezone: '+02:00' }).sample(1)
  const texts = { x: { enum: ['1,5'] }, at: { type: 'string', pattern: '^2024-07-15 10:00$' } }
  const results = await evaluate(matchesSchema(sample, { properties: texts }))
  expect(results.map(({ status }) => status)).toEqual(results.map(() => 'pass'))
})
