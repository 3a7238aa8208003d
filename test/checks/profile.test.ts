import { expect, test } from 'vitest'
import { niceEdges } from '../../src/checks/niceEdges.ts'
import { profile } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'
import { scansOf } from '../../src/metrics/run.ts'

test('flights: three million rows are profiled in at most four queries a column and one more', async () => {
  const flights = dataset('node_modules/vega-datasets/data/flights-3m.parquet')
  const found = await profile(flights)
  expect(found.rows).toBe(3_000_000)
  for (const column of found.columns) {
    if (column.histogram) {
      const { edges, counts } = column.histogram
      expect(counts.length).toBeLessThanOrEqual(24)
      expect(edges).toHaveLength(counts.length + 1)
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(found.rows - column.missing)
    } else expect(column.top).toHaveLength(8)
  }
  const delay = found.columns.find(({ name }) => name === 'delay')
  const [row] = await (await flights.relation()).engine.query(
    sql`select min(delay), max(delay), avg(delay), count(distinct delay) from ${(await flights.relation()).from}`,
  )
  expect([delay?.min, delay?.max, delay?.distinct]).toEqual([String(row?.[0]), String(row?.[1]), Number(row?.[3])])
  expect(delay?.mean).toBeCloseTo(Number(row?.[2]), 9)
  // One fused scan, and for each column one GROUP BY and one histogram or top list.
  expect(scansOf(await flights.relation())).toBe(1 + 2 * found.columns.length)
  await profile(flights)
  expect(scansOf(await flights.relation())).toBe(1 + 2 * found.columns.length)
})

test('awkward columns: NaN, 64-bit integers, times, mixed values, nothing at all', async () => {
  const rows = dataset([
    { x: 1.5, big: 9007199254740993n, at: new Date('2026-01-01T00:00:00Z'), m: 1, none: null, b: true, '"': 'é' },
    { x: Number.NaN, big: null, at: new Date('2026-01-03T00:00:00Z'), m: 'a', none: null, b: false, '"': 'é' },
  ])
  const { columns } = await profile(rows)
  const [x, big, at, m, none, b, quote] = columns
  expect(x).toMatchObject({ type: 'number', min: '1.5', max: '1.5', histogram: { edges: [1, 2], counts: [1] } })
  expect(x?.mean).toBeUndefined()
  expect(big).toMatchObject({ missing: 1, distinct: 1, min: '9007199254740993', max: '9007199254740993' })
  expect(at).toMatchObject({ min: '2026-01-01T00:00:00.000Z', max: '2026-01-03T00:00:00.000Z' })
  expect(at?.histogram?.counts.reduce((sum, n) => sum + n, 0)).toBe(2)
  expect(m?.top).toEqual([
    { value: '1', count: 1 },
    { value: 'a', count: 1 },
  ])
  expect(none).toEqual({ name: 'none', type: 'string', missing: 2, distinct: 0, top: [] })
  expect(b?.top).toEqual([
    { value: 'false', count: 1 },
    { value: 'true', count: 1 },
  ])
  expect(quote?.top).toEqual([{ value: 'é', count: 2 }])
})

test('of tagged columns only counts are told', async () => {
  const { columns } = await profile(dataset([{ mail: 'a@b.c', n: 7 }], { pii: ['mail', 'n'] }))
  expect(columns).toEqual([
    { name: 'mail', type: 'string', missing: 0, distinct: 1 },
    { name: 'n', type: 'integer', missing: 0, distinct: 1 },
  ])
})

test('no rows', async () => {
  const found = await profile(dataset([{ n: 1, t: 'a' }]).where({ n: 2 }))
  expect(found).toMatchObject({
    rows: 0,
    columns: [
      { name: 'n', missing: 0, distinct: 0 },
      { name: 't', top: [] },
    ],
  })
})

test('edges are round, hold the ends, and number at most 25', () => {
  expect(niceEdges(0, 9, 'integer')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(niceEdges(0.03, 0.97, 'number')?.slice(0, 3)).toEqual([0, 0.05, 0.1])
  expect(niceEdges(5, 5, 'number')).toEqual([5, 6])
  expect(niceEdges(-1.7e308, 1.7e308, 'number')).toBeUndefined()
  const day = 86_400_000
  expect(niceEdges(0, 10 * day, 'time')?.[1]).toBe(day / 2)
  for (const [min, max] of [
    [-1e-300, 1e-300],
    [1e15, 1e15 + 3],
    [-12_345.678, 98_765.4],
    [1e300, 2e300],
    [2 ** 60, 2 ** 60],
  ] as const) {
    for (const kind of ['integer', 'number'] as const) {
      const edges = niceEdges(min, max, kind)
      if (!edges) continue
      expect(edges.length).toBeLessThanOrEqual(25)
      expect(edges[0]).toBeLessThanOrEqual(min)
      expect(edges.at(-1)).toBeGreaterThanOrEqual(max)
      expect(edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number))).toBe(true)
    }
  }
})
