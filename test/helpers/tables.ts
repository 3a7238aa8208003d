import type { Engine } from '../../src/engine/engine.ts'
import { sql } from '../../src/sql/sql.ts'

/** Tables whose names match a pattern, of so many rows or more. */
interface Looked {
  readonly named?: RegExp
  readonly rows?: number
}

const namesOf = async (engine: Engine, rows: number): Promise<readonly string[]> =>
  (await engine.query(sql`select table_name from duckdb_tables() where estimated_size >= ${rows} order by all`))
    .flat()
    .map(String)

/**
 * What names the tables an engine has now and had not when this began. How many it has in all is no fact of a test: tables
 * of earlier tests go whenever their rows are let go of.
 */
export async function newTables(
  engine: Engine,
  { named = /^/, rows = 0 }: Looked = {},
): Promise<() => Promise<readonly string[]>> {
  const before = new Set(await namesOf(engine, 0))
  return async () => (await namesOf(engine, rows)).filter((name) => !before.has(name) && named.test(name))
}
