import { randomUUID } from 'node:crypto'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import type { Repeated } from './check.ts'

/**
 * Works with the condition that a row shares its key with another one. Rows are grouped once for all who ask it: an engine
 * that holds tables holds the keys meanwhile.
 */
export async function withRepeated<T>(
  { engine, from }: Relation,
  { key, present }: Repeated,
  options: QueryOptions,
  work: (isRepeated: Sql) => Promise<T>,
): Promise<T> {
  const names = key.map((_, i) => id(`k${i}`))
  const named = join(key.map((part, i) => sql`${part} as ${names[i] as Sql}`))
  const keys = sql`select ${named} from ${from} where ${present} group by ${join(key)} having count(*) > 1`
  const among = (table: Sql): Sql => sql`(${join(key)}) in (select ${join(names)} from ${table})`
  if (!engine.dialect.holds) return work(among(sql`(${keys}) as repeated`))
  const table = id(`assay_repeated_${randomUUID()}`)
  await engine.query(sql`create temp table ${table} as ${keys}`, options)
  try {
    return await work(among(table))
  } finally {
    await engine.query(sql`drop table if exists ${table}`).catch(() => {})
  }
}
