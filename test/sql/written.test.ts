import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { datasetOf } from '../../src/dataset/dataset.ts'
import type { Filter } from '../../src/dataset/filter.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { duckdb } from '../../src/sql/dialects/duckdb.ts'
import { postgres } from '../../src/sql/dialects/postgres.ts'
import { fingerprintSql, render, written } from '../../src/sql/render.ts'
import { memoryTable } from '../../src/engine/engine.ts'
import { type Bindable, guarded, id, join, raw, type Sql, sql } from '../../src/sql/sql.ts'
import { openPostgres } from '../helpers/pglite.ts'

const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'))
const value = fc.oneof(
  text,
  fc.constantFrom(`'; drop table t; --`, `\\'`, '$1', '-0', `''`),
  fc.double(),
  fc.constantFrom(-0, 0.1, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, 123456789.123456, 2 ** 53, -(2 ** 53)),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 127n) + 1n, max: 2n ** 127n - 1n }),
  fc.boolean(),
)

describe.each([
  ['DuckDB', sharedDuckDB],
  ['Postgres', openPostgres],
] as const)('values written into SQL, on %s', (name, open) => {
  const whole = process.env.ASSAY_SUITE === 'all'
  const runs = name === 'DuckDB' ? (whole ? 1000 : 300) : whole ? 100 : 25
  test('are read back as they were', async () => {
    const engine = await open()
    await fc.assert(
      fc.asyncProperty(value, async (asked) => {
        const column = sql`cast(${asked} as text)`
        const bound = sql`(${asked}) is not distinct from ${raw(written(sql`${asked}`, engine.dialect))}`
        const [row] = await engine.query(sql`select ${raw(written(column, engine.dialect))}, ${bound}`)
        expect(row?.[1]).toBe(true)
        if (typeof asked === 'string') expect(row?.[0]).toBe(asked)
        else if (typeof asked !== 'boolean') expect(same(String(row?.[0]), asked)).toBe(true)
      }),
      { numRuns: runs },
    )
  })
})

describe('a filter keeps the same rows', () => {
  const times = [new Date('2026-11-01T00:00:00Z'), new Date('2026-11-01T12:00:00.5Z'), null]
  test.each([
    [{ id: [1, null] }, [1]],
    [{ at: times[1] }, [2]],
    [{ at: [null, '2026-11-01'] }, [1, 3]],
    [{ zoned: [times[1], '2026-11-01T01:00:00+01:00'] }, [1, 2]],
    [sql`"at" >= ${times[1] as Date}`, [2]],
    [sql`zoned < ${times[1] as Date}`, [1]],
  ] as [Filter, number[]][])('%#', async (filter, expected) => {
    for (const open of [sharedDuckDB, openPostgres]) {
      const columns = [
        { name: 'id', type: 'integer', values: [1, 2, 3] },
        { name: 'at', type: 'timestamp', values: times },
      ] as const
      const loaded = await (await open()).load(memoryTable(columns, 3))
      const zoned = { name: 'zoned', type: 'timestamptz', native: 'timestamptz' } as const
      const relation = {
        ...loaded,
        columns: [...loaded.columns, zoned],
        from: sql`(select *, "at" at time zone 'UTC' as zoned from ${loaded.from}) as t`,
        numbered: sql`(select *, "at" at time zone 'UTC' as zoned from ${loaded.numbered as Sql}) as t`,
      }
      const rows = await datasetOf(relation, { name: 'people' }).where(filter).rows()
      expect(rows.map(({ id }) => Number(id))).toEqual(expected)
    }
  })
})

test('are literals that people know', () => {
  const dialect = { quote: (name: string) => name, param: (n: number) => `$${n}` }
  const show = (shown: Bindable) => written(sql`${shown}`, dialect)
  expect([1, -1, 0.01, 1e-7, Number.NaN, 12n, true, null, `it's`].map(show)).toEqual([
    '1',
    '(-1)',
    '0.01',
    `'1e-7'`,
    `'NaN'`,
    '12',
    'true',
    'null',
    `'it''s'`,
  ])
})

function same(text: string, asked: number | bigint | null): boolean {
  if (typeof asked === 'bigint') return BigInt(text) === asked
  const number = Number(text.replace(/^(-?)inf(inity)?$/i, '$1Infinity'))
  return number === asked || (Number.isNaN(number) && Number.isNaN(asked))
}

describe('a piece that stands in many queries', () => {
  const ask = (n: number, text: string) => sql`${id('a')} > ${n} and ${id('b')} = ${text}`
  const piece = ask(1, "it's")

  test('reads in each of them, and on each engine, as one that is written for it', () => {
    const places = [
      (inner: Sql) => inner,
      (inner: Sql) => sql`select ${'first'}, ${inner} or not (${inner}) from ${id('t')} where c = ${'last'}`,
      (inner: Sql) => sql`select ${join(Array.from({ length: 40 }, () => inner))}, ${inner}`,
    ]
    for (const dialect of [duckdb, postgres]) {
      for (const place of [...places, ...places]) {
        expect(render(place(piece), dialect)).toEqual(render(place(ask(1, "it's")), dialect))
        expect(written(place(piece), dialect)).toBe(written(place(ask(1, "it's")), dialect))
        expect(fingerprintSql(place(piece))).toBe(fingerprintSql(place(ask(1, "it's"))))
      }
    }
    expect(render(places[1]?.(piece) as Sql, duckdb).params).toEqual(['first', "it's", "it's", 'last'])
  })

  test('is watched in each of them by what watches it', () => {
    const guard = () => {}
    const inner = sql`${guarded(sql`${id('t')}`, guard)} as t`
    for (let i = 0; i < 3; i++) expect([...render(sql`select ${i} from ${inner}`, duckdb).guards]).toEqual([guard])
  })
})
