import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { causesOf } from '../../src/drift/causes.ts'
import { blockOf } from '../../src/results/blocks/index.ts'
import { divergenceParts, jensenShannonDivergence } from '../../src/stats/shareDistances.ts'
import { sql } from '../../src/sql/sql.ts'
import { resultBlock } from '../../src/words/resultBlock.ts'
import { many, normal, only, random, rowsOf } from './data.ts'

const words = (counts: Readonly<Record<string, number>>, pii: readonly string[] = []) =>
  dataset(
    Object.entries(counts).flatMap(([word, count]) => many(count, () => ({ channel: word }))),
    { pii },
  )

test('the parts of the divergence are never negative, add up to it, and are those of SciPy', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 2, maxLength: 9 }), (counts) => {
      const sums = [0, 1].map((side) => counts.reduce((sum, count) => sum + (count[side] as number), 0))
      fc.pre(sums.every((sum) => sum > 0))
      const [p, q] = [0, 1].map((side) => counts.map((count) => (count[side] as number) / (sums[side] as number)))
      const parts = divergenceParts(p as number[], q as number[])
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0)
      const all = parts.reduce((sum, part) => sum + part, 0)
      expect(all).toBeCloseTo(jensenShannonDivergence(p as number[], q as number[]), 12)
    }),
  )
  // scipy.special.rel_entr: (rel_entr(p, m) + rel_entr(q, m)) / 2
  const [p, q] = [
    [0.4, 0.36, 0.24],
    [0.12, 0.53, 0.35],
  ]
  const scipy = [0.03976518992448197, 0.008168076831785526, 0.005157242715397494]
  scipy.forEach((part, i) => expect(divergenceParts(p as number[], q as number[])[i]).toBeCloseTo(part, 12))
})

test('a failure says which value makes up how much of the distance', async () => {
  const result = await only(words({ app: 800, web: 720, shop: 480 }), words({ app: 240, web: 1060, shop: 700 }))
  expect(result.status).toBe('fail')
  expect(blockOf(result, 'causes')?.causes[0]).toMatchObject({ name: 'channel = "app"', before: 0.12, after: 0.4 })
  expect(resultBlock(result)).toMatch(
    /\n {2}74\.\d % of the distance is channel = "app": 12 % → 40 %\n {2}15\.\d % is channel = "web"/,
  )
})

test('of numbers it is the span that moved, bins side by side as one, and missing values', async () => {
  const next = random(5)
  const plain = () => Math.round(100 * (50 + 10 * normal(next))) / 100
  const reference = rowsOf(many(4000, plain), 'amount')
  const shifted = await only(
    rowsOf(
      many(4000, () => plain() + 12),
      'amount',
    ),
    reference,
  )
  const [first, second] = blockOf(shifted, 'causes')?.causes ?? []
  expect([first?.name, second?.name].join(' ')).toMatch(/amount [\d.]+ to [\d.]+ amount [\d.]+ to [\d.]+/)
  expect((first?.part ?? 0) + (second?.part ?? 0)).toBeGreaterThan(0.9)
  const missing = await only(
    rowsOf(
      many(4000, () => (next() < 0.4 ? null : plain())),
      'amount',
    ),
    reference,
  )
  expect(blockOf(missing, 'causes')?.causes[0]).toMatchObject({ name: 'amount missing', before: 0 })
})

test('parts come to 1 with those that are left out, and the shares of a span to what its bins hold', () => {
  const [current, reference] = [
    { rows: 100, missing: 10 },
    { rows: 100, missing: 0 },
  ]
  const { causes } = causesOf(
    {
      kind: 'distributions',
      type: 'histogram',
      edges: [0, 1, 2, 3, 4],
      current: [10, 10, 40, 30],
      reference: [30, 30, 20, 20],
    },
    'x',
    [current, reference],
  )
  expect(causes.map(({ name }) => name).toSorted()).toEqual(['x 0 to 2', 'x 2 to 4', 'x missing'])
  expect(causes.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 12)
  expect(causes.find(({ name }) => name === 'x 0 to 2')).toMatchObject({ before: 0.6, after: 0.2 })
})

test.each([
  ['290000-01-01', /9089\d+/],
  ['12000-06-15', /\+012000-06-15T00:00/],
  ['0044-03-15 (BC)', /-000043-03-15T00:00/],
])('times are told however far off they are: %s', async (far, name) => {
  const times = (moved: number) =>
    dataset(
      sql`select case when i < ${moved} then ${far}::timestamp else timestamp '2026-01-01' + to_hours(i::integer) end as at from range(900) as t(i)`,
    )
  const drifted = await only(times(600), times(0))
  expect(drifted.status).toBe('fail')
  expect(drifted.message).toMatch(name)
  expect(JSON.stringify(blockOf(drifted, 'causes'))).toMatch(name)
})

test('of a personal column no value is named, and nothing is blamed where nothing failed', async () => {
  const secret = await only(words({ app: 800, web: 1200 }, ['channel']), words({ app: 240, web: 1760 }))
  expect(JSON.stringify(secret)).not.toMatch(/app|web/)
  const passed = await only(words({ app: 800, web: 1200 }), words({ app: 800, web: 1200 }))
  expect(blockOf(passed, 'causes')).toBeUndefined()
})
