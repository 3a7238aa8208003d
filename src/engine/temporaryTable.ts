import { id, type Sql, sql } from '../sql/sql.ts'
import type { Engine, QueryOptions, TemporaryTable } from './engine.ts'

/** Tables nobody needs that could not be dropped yet. */
const owed = new WeakMap<Engine, Set<string>>()

/**
 * Makes a temporary table by a query or by other means, and hands it over once it is whole: of one that could not be
 * made, was stopped, or whose source changed meanwhile, nothing is left.
 */
export async function temporaryTable(
  engine: Engine,
  name: string,
  fill: (table: Sql) => Promise<unknown>,
): Promise<TemporaryTable> {
  if (owed.has(engine)) await dropOwed(engine)
  const drop = (): Promise<void> => dropTable(engine, name)
  try {
    await fill(id(name))
  } catch (error) {
    await drop()
    throw error
  }
  return { table: id(name), drop }
}

/** The same of the rows of a query. */
export const tableOfRows = (engine: Engine, name: string, rows: Sql, options: QueryOptions): Promise<TemporaryTable> =>
  temporaryTable(engine, name, (table) => engine.query(sql`create temp table ${table} as ${rows}`, options))

/** Drops a table, where it is there. Never rejects: what cannot be dropped now is dropped with the next table. */
export async function dropTable(engine: Engine, name: string): Promise<void> {
  owed.set(engine, (owed.get(engine) ?? new Set()).add(name))
  await dropOwed(engine)
}

async function dropOwed(engine: Engine): Promise<void> {
  const names = owed.get(engine) ?? new Set()
  for (const name of names) {
    try {
      // Whoever made the table may be stopped by now; letting go of it is not.
      const { signal } = new AbortController()
      await engine.query(sql`drop table if exists ${id(name)}`, { signal, anyThreads: true })
      names.delete(name)
    } catch {
      return
    }
  }
  if (names.size === 0) owed.delete(engine)
}
