import { expect, test } from 'vitest'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { valueOfText } from '../../src/cells/lexical.ts'
import { join, sql } from '../../src/sql/sql.ts'
import { openPostgres } from '../helpers/pglite.ts'

// Years before the first are another matter: one engine has a year zero.
const texts = [
  '2026-01-31',
  '2024-02-29',
  '2026-02-29',
  '2026-02-30',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '0001-01-01',
  '2026-01-01T00:00',
  '2026-01-01 23:59:59.5',
  '2026-01-01T25:00',
  '2026-01-01 12:60',
  '2026-02-30T10:00',
  '2026-01-01T00:00:00Z',
  '2026-01-01 00:00:00 UTC',
  '2026-01-01T00:00:00+02:00',
  '2026-01-01T00:00:00 -0330',
  '',
  'soon',
  '5',
  '2026-1-1',
  '２０２６-01-01',
]

async function read(engine: Engine, type: 'date' | 'timestamp' | 'timestamptz'): Promise<readonly unknown[]> {
  const { dialect } = engine
  const instants = texts.map((text) => dialect.epochMs(valueOfText(sql`cast(${text} as varchar)`, type, dialect)))
  const [row = []] = await engine.query(sql`select ${join(instants)}`)
  return row.map((ms, i) => [texts[i], ms === null ? null : Number(ms)])
}

test.each(['date', 'timestamp', 'timestamptz'] as const)('both engines read the same texts as a %s', async (type) => {
  const [duckdb, postgres] = [await read(await sharedDuckDB(), type), await read(await openPostgres(), type)]
  expect(postgres).toEqual(duckdb)
  expect(duckdb.filter((one) => (one as readonly unknown[])[1] !== null).length).toBeGreaterThan(1)
})
