import { expect, test } from 'vitest'
import { evaluate, rowCount, sumBetween } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { countWhere, distinctCount, rowCount as rowsOf, sum } from '../../src/metrics/index.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { sql } from '../../src/sql/sql.ts'

test('slices of a large table by columns of few values are those of plain JavaScript, and take one scan', async () => {
  const words = ['a', 'b', "c'; --", null]
  const rows = Array.from({ length: 9000 }, (_, n) => ({
    part: words[(n * 7) % 4] ?? null,
    code: n % 3 === 0 ? null : n % 5,
    n: n % 10 === 0 ? null : (n % 100) - 3,
    slice_0: n % 2,
  }))
  const data = dataset(rows)
  type One = (typeof rows)[number]
  const chosen: readonly (readonly [Dataset, (row: One) => boolean])[] = [
    [data, () => true],
    [data.where({ part: 'a' }), ({ part }) => part === 'a'],
    [data.where({ part: ['b', null] }), ({ part }) => part === 'b' || part === null],
    [data.where({ part: "c'; --", code: [1, 2] }), ({ part, code }) => part === "c'; --" && (code === 1 || code === 2)],
    [data.where({ part: 'a' }).where({ code: null }), ({ part, code }) => part === 'a' && code === null],
    [data.where({ slice_0: 1, part: 'b' }), (row) => row.slice_0 === 1 && row.part === 'b'],
    [data.where({ part: 'nowhere' }), () => false],
  ]
  const metrics = [rowsOf(), sum('n'), countWhere({ key: 'low', columns: ['n'], sql: () => sql`n < 5` })]
  const found = await Promise.all(
    chosen.map(async ([part]) => {
      const results = await runMetrics([...metrics, distinctCount('n')], await relationOf(part))
      return [...metrics, distinctCount('n')].map(({ key }) => (results.get(key) as { value: unknown }).value)
    }),
  )
  expect(found).toEqual(
    chosen.map(([, keeps]) => {
      const own = rows.filter(keeps)
      const numbers = own.flatMap(({ n }) => n ?? [])
      const total = numbers.length === 0 ? null : numbers.reduce((a, b) => a + b, 0)
      return [own.length, total, numbers.filter((n) => n < 5).length, new Set(numbers).size]
    }),
  )
  const apart = dataset(rows.map((row) => ({ ...row, text: row.n === null ? null : `${row.n}.5` })))
  const sums = await evaluate(words.map((part) => sumBetween(apart.where({ part }).column('text'), { min: 1 })))
  expect(sums.map(({ value }) => value)).toEqual(
    words.map((word) => rows.reduce((a, { part, n }) => a + (part !== word || n === null ? 0 : Number(`${n}.5`)), 0)),
  )
  const results = await evaluate(words.map((part) => rowCount(apart.where({ part }), { min: 1 })))
  expect(new Set(results.flatMap(({ sql: queries = [] }) => queries)).size).toBe(1)
  expect(results[0]?.sql?.[0]).toMatch(/group by "__assay_copy_0"\)/)
})

test('a column that only its first rows make believe has few values is counted by its slices', async () => {
  const data = dataset(Array.from({ length: 20_000 }, (_, n) => ({ id: n < 9000 ? 0 : n, n })))
  const parts = [0, 9000, 15_000, [0, 19_999]].map((id) => data.where({ id }))
  const results = await evaluate(parts.map((part) => rowCount(part, { min: 1 })))
  expect(results.map(({ value }) => value)).toEqual([9000, 1, 1, 9001])
  const [error] = await evaluate(rowCount(data, { min: 1 }, { segmentBy: 'id' }))
  expect(error?.message).toMatch(/a column of 11,001 different values/)
})
