import { expect, test } from 'vitest'
import { temporaryFile } from '../helpers/files.ts'
import { niceEdges } from '../../src/profile/niceEdges.ts'
import { profile } from '../../src/profile/profile.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'
import { scansOf } from '../../src/metrics/answers.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { queriesOf } from '../helpers/queries.ts'
import { summary } from '../../src/profile/summary.ts'
import { evaluate, noMissing } from '../../src/checks/index.ts'
import { newTables } from '../helpers/tables.ts'

const exactly = { exactUpTo: 20_000_000 }

test('flights: three million rows are profiled in one scan and one GROUP BY for each column', async () => {
  const flights = dataset('node_modules/vega-datasets/data/flights-3m.parquet')
  const found = await profile(flights, exactly)
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
  const [row] = await (await relationOf(flights)).engine.query(
    sql`select min(delay), max(delay), avg(delay), count(distinct delay) from ${(await relationOf(flights)).from}`,
  )
  expect([delay?.min, delay?.max, delay?.distinct]).toEqual([String(row?.[0]), String(row?.[1]), Number(row?.[3])])
  expect(delay?.mean).toBeCloseTo(Number(row?.[2]), 9)
  const quantiles = await (await relationOf(flights)).engine.query(
    sql`select cast(unnest(quantile_disc(delay, [0.05, 0.25, 0.5, 0.75, 0.95])) as varchar) from ${(await relationOf(flights)).from}`,
  )
  expect(Object.values(delay?.quantiles ?? {})).toEqual(quantiles.map(([value]) => value))
  expect(found.columns[0]?.quantiles?.p50).toBe('2001-04-02T10:53:00.000Z')
  expect(found.columns[3]).toMatchObject({
    lengths: { min: 3, max: 3, mean: 3 },
    patterns: [{ pattern: 'AAA', count: 3_000_000 }],
  })
  expect(found).not.toHaveProperty('keys')
  // Beside them the count of rows, and looks at the first rows for pairs of columns that could be a key.
  const [count, pairs] = [1, 4]
  expect(scansOf(await relationOf(flights))).toBe(count + 1 + found.columns.length + pairs)
  await profile(flights, exactly)
  expect(scansOf(await relationOf(flights))).toBe(count + 1 + found.columns.length + pairs)
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
  expect(quote).toMatchObject({ constant: true, patterns: [{ pattern: '·', count: 2 }] })
  expect(x).not.toHaveProperty('constant')
  expect(b?.top).toEqual([
    { value: 'false', count: 1 },
    { value: 'true', count: 1 },
  ])
  expect(quote?.top).toEqual([{ value: 'é', count: 2 }])
})

test('floating numbers that are all whole have bins of whole numbers, and others of a small span have smaller ones', async () => {
  const hours = Float64Array.from({ length: 96 }, (_, i) => i % 24)
  const halves = Float64Array.from({ length: 96 }, (_, i) => (i % 9) / 2)
  const { columns } = await profile(
    dataset({ hours, halves, missing: Array.from(hours, (n, i) => (i % 5 ? n : null)) }),
  )
  const [whole, half, gaps] = columns
  expect(whole?.histogram).toEqual({ edges: Array.from({ length: 25 }, (_, i) => i), counts: Array(24).fill(4) })
  expect(half?.histogram?.edges).toContain(0.2)
  expect(gaps?.histogram?.edges.every(Number.isInteger)).toBe(true)
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

test('quantiles and extent are exact beyond 2^53 and for decimals, and are values of the column', async () => {
  const big = Array.from({ length: 100 }, (_, i) => ({
    n: 9007199254740993n + BigInt(i),
    x: i === 99 ? Number.NaN : i / 8,
  }))
  const { columns, keys } = await profile(dataset(big))
  expect(columns[0]).toMatchObject({ min: '9007199254740993', max: '9007199254741092' })
  expect(Object.values(columns[0]?.quantiles ?? {})).toEqual(
    [4, 24, 49, 74, 94].map((i) => String(9007199254740993n + BigInt(i))),
  )
  // NaN is no value to compare: the share is one of the finite ones.
  expect(Object.values(columns[1]?.quantiles ?? {})).toEqual([4, 24, 49, 74, 94].map((i) => String(i / 8)))
  expect(keys).toEqual([['n']])
})

test('the type of a text column is the one that every cell has, not only the first ones', async () => {
  const lines = Array.from({ length: 120_000 }, (_, i) => `${i},${i},2024-01-01,true`)
  const file = await temporaryFile('late.csv', `whole,half,day,ok\n${lines.join('\n')}\n7,1.5,soon,TRUE\n`)
  const late = dataset(file)
  const { columns, rows } = await profile(late, exactly)
  expect(rows).toBe(120_001)
  expect((await relationOf(late)).columns.map(({ type }) => type)).toEqual(['integer', 'integer', 'date', 'boolean'])
  expect(columns.map(({ type }) => type)).toEqual(['integer', 'number', 'string', 'boolean'])
  expect(columns[1]).toMatchObject({ min: '0', max: '119999', distinct: 120_001 })
  expect(columns[2]?.patterns?.map(({ pattern }) => pattern)).toEqual(['9999-99-99', 'aaaa'])
})

test('text: lengths in code points, empty texts, shapes with their counts; none for free text', async () => {
  const codes = ['AB-123', 'CD-456', 'x9', '', '😀é']
  const rows = Array.from({ length: 50 }, (_, i) => ({
    code: codes[i % 5],
    free: `${'w'.repeat(i)} ${'9'.repeat(50 - i)}${i % 3 ? '!' : '?'}`,
  }))
  const { columns } = await profile(dataset(rows))
  expect(columns[0]).toMatchObject({
    empty: 10,
    lengths: { min: 0, max: 6, mean: 3.2 },
    patterns: [
      { pattern: 'AA-999', count: 20 },
      { pattern: '', count: 10 },
      { pattern: 'a9', count: 10 },
      { pattern: '··', count: 10 },
    ],
    patternCount: 4,
  })
  expect(columns[1]).not.toHaveProperty('patterns')
})

test('keys: a column, else a pair, else nothing; never a column with missing or floating values', async () => {
  const grid = Array.from({ length: 400 }, (_, i) => ({
    a: i % 20,
    b: Math.floor(i / 20),
    c: 1,
    x: i / 3,
    m: i || null,
  }))
  expect((await profile(dataset(grid))).keys).toEqual([['a', 'b']])
  expect((await profile(dataset(grid.map((row, i) => ({ ...row, id: `r${i}` }))))).keys).toEqual([['id']])
  expect((await profile(dataset(grid.map((row) => ({ ...row, b: row.b >> 1 }))))).keys).toBeUndefined()
})

test('beyond the budget distinct counts and quantiles are estimates, and say so', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => ({ n: i, t: `t${i}`, few: i % 3 }))
  const { columns, keys } = await profile(dataset(rows, { pii: 't' }), { exactUpTo: 1000 })
  const [n, t, few] = columns
  expect([n?.approximate, t?.approximate, few?.approximate]).toEqual([true, true, undefined])
  // What may be a key is counted all the same.
  expect([n?.distinct, keys]).toEqual([5000, [['n']]])
  expect(Math.abs((t?.distinct ?? 0) / 5000 - 1)).toBeLessThan(0.2)
  expect(Math.abs(Number(n?.quantiles?.p50) - 2500)).toBeLessThan(100)
  expect(n?.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(5000)
  expect(few).toMatchObject({
    distinct: 3,
    quantiles: { p50: '1' },
    top: [{ value: '0', count: 1667 }, { value: '1' }, { value: '2' }],
  })
  await expect(profile(dataset(rows), { exactUpto: 3 } as never)).rejects.toThrow(
    /does not know the option "exactUpto"/,
  )
})

const wide = (columns: number) =>
  Array.from({ length: 30 }, (_, row) =>
    Object.fromEntries(
      Array.from({ length: columns }, (_, i) => [`c${i}`, [row * i, `text ${row % 7}`, row / 8, `k${row}`][i % 4]]),
    ),
  )

test.each(['records', 'csv'])(
  'a wide table of %s is profiled in few queries, whose text grows with the columns',
  async (kind) => {
    const texts = async (columns: number) => {
      const rows = wide(columns)
      const names = Object.keys(rows[0] ?? {})
      const lines = [names.join(), ...rows.map((row) => names.map((name) => row[name]).join())].join('\n')
      const data = dataset(kind === 'csv' ? await temporaryFile(`${columns}.csv`, `${lines}\n`) : rows)
      const seen = await queriesOf(await relationOf(data), () => profile(data))
      return { count: seen.length, size: seen.reduce((sum, text) => sum + text.length, 0) }
    }
    const [few, many] = [await texts(200), await texts(800)]
    expect(many.count).toBeLessThan(120)
    expect(many.size).toBeLessThan(5 * few.size)
  },
)

test('columns that share a query are told what each is told alone', async () => {
  const rows = wide(24)
  const { columns } = await profile(dataset(rows))
  for (const column of columns) {
    const [alone] = (await profile(dataset(rows.map((row) => ({ [column.name]: row[column.name] }))))).columns
    expect(column).toEqual(alone)
  }
})

test('a summary of a small table is its profile', async () => {
  const data = dataset(wide(9))
  expect(await summary(data)).toEqual(await profile(data))
})

test('a summary of a large table is of its first rows, with what checks counted of all of them', async () => {
  const lines = Array.from({ length: 50_000 }, (_, i) => `${i},${i < 20_000 ? 'a' : ['b', '', 'c'][i % 3]}`)
  const data = dataset(await temporaryFile('large.csv', `id,code\n${lines.join('\n')}\n`), { pii: 'id' })
  const first = await summary(data)
  expect(first).toMatchObject({ rows: 50_000, sample: 2_000 })
  expect(first.columns[1]).toMatchObject({
    missing: 0,
    distinct: 1,
    among: 2_000,
    top: [{ value: 'a', count: 2_000 }],
  })
  expect(first.columns[1]).not.toHaveProperty('constant')
  expect(first.columns[0]).toEqual({ name: 'id', type: 'integer', missing: 0, distinct: 2_000, among: 2_000 })
  await evaluate(noMissing(data.column('code')))
  const after = await summary(data)
  expect(after.columns[1]).toMatchObject({ missing: 10_000, whole: ['missing'], distinct: 1 })
  const { engine } = await relationOf(data)
  const held = await newTables(engine, { named: /^assay_held_/ })
  await summary(data)
  expect(await held()).toEqual([])
})

test('of a very wide table the first columns are summed up', async () => {
  const found = await summary(dataset(wide(450)))
  expect([found.columns.length, found.moreColumns]).toEqual([400, 50])
})
