import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { evaluate, maxBetween, minBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { literal, raw, sql } from '../../src/sql/sql.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()
const limits = { min: new Date('2020-01-01'), max: new Date('2030-01-01') }

describe('no limit passes over a time that is infinite', () => {
  test.each(
    ['timestamp', 'timestamptz', 'date'].flatMap((type) => ['infinity', '-infinity'].map((value) => [type, value])),
  )('%s %s', async (type, value) => {
    const place = path.join(folder, `${type}${value}.parquet`)
    const rows = raw(`(1, '2026-01-01'::${type}), (2, '${value}'), (3, null)`)
    await (await sharedDuckDB()).query(
      sql`copy (select * from (values ${rows}) as t(i, x)) to ${literal(place)} (format parquet)`,
    )
    const asked = (data: ReturnType<typeof dataset>) => {
      const x = data.column('x')
      return evaluate([maxBetween(x, limits), minBetween(x, limits)])
    }
    const data = dataset(place)
    for (const { status, message } of await asked(data))
      expect([status, message]).toEqual(['error', expect.stringContaining('"x" holds 1 value that is NaN or infinite')])
    for (const { status } of await asked(data.where(sql`isfinite(x)`))) expect(status).toBe('pass')
  })
})
