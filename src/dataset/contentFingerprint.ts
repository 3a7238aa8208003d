import { createHash } from 'node:crypto'
import type { Relation } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'

/**
 * For rows in memory: the count and a hash of names and values that does not depend on row order; undefined for a table
 * of another engine.
 */
export async function contentFingerprint({ engine, columns, from }: Relation): Promise<string | undefined> {
  // Of a table elsewhere even a count may be a read of all of it.
  if (!engine.dialect.hashes) return undefined
  const hash = createHash('sha256').update(JSON.stringify(columns.map(({ name, type }) => [name, type])))
  if (columns.length === 0) return `content:${hash.digest('hex').slice(0, 32)}`
  const row = join(columns.map(({ name, type }) => canonical(id(name), type)))
  const [first] = await engine.query(
    sql`select count(*), bit_xor(h), sum(h % 1000000007) from (select hash(${row}) as h from ${from})`,
  )
  hash.update((first ?? []).map(String).join(' '))
  return `content:${hash.digest('hex').slice(0, 32)}`
}

/** Equal values of one logical type are hashed alike, however wide or fine the column that holds them. */
function canonical(column: Sql, type: LogicalType): Sql {
  if (type === 'boolean' || type === 'date') return column
  if (type === 'number') return sql`cast(${column} as double)`
  return type === 'integer' ? sql`cast(${column} as hugeint)` : sql`cast(${column} as varchar)`
}
