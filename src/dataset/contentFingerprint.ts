import { createHash } from 'node:crypto'
import type { Column, Relation } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { RowHashes } from './rowHashes.ts'

/** Cells up to which they are hashed in JavaScript, which takes less than it takes the engine to plan a query for it. */
const FEW_CELLS = 2 ** 17
/** Types whose values are scalars of JavaScript. */
const scalars: ReadonlySet<LogicalType> = new Set(['boolean', 'integer', 'number', 'string', 'timestamp'])

type Named = Pick<Column, 'name' | 'type'>

interface HeldCells {
  readonly columns: readonly (Named & { readonly values: ArrayLike<unknown> })[]
  readonly rowCount: number
}

/**
 * For rows in memory: the count and a hash of names and values that does not depend on row order; undefined for a table
 * of another engine. Equal values of one logical type are hashed alike, however wide or fine the column that holds them.
 */
export async function contentFingerprint(relation: Relation): Promise<string | undefined> {
  const { engine, columns, from } = relation
  // Of a table elsewhere even a count may be a read of all of it.
  if (!engine.dialect.hashes) return undefined
  if (columns.length === 0) return fingerprint(columns, '')
  if (columns.every(isScalar)) {
    const [[count] = []] = await engine.query(sql`select count(*) from ${from}`)
    if (isFew(columns, Number(count))) {
      const rows = await engine.query(sql`select ${join(columns.map(({ name }) => id(name)))} from ${from}`)
      const cells = columns.map(({ name, type }, i) => ({ name, type, values: rows.map((row) => row[i]) }))
      return fingerprintOfCells({ columns: cells, rowCount: rows.length })
    }
  }
  const row = join(columns.map(({ name, type }) => canonical(id(name), type)))
  const [first = []] = await engine.query(
    sql`select count(*), bit_xor(h), sum(h % 1000000007) from (select hash(${row}) as h from ${from})`,
  )
  return fingerprint(columns, first.map(String).join(' '))
}

/** The same of cells at hand, as the engine would hand them back; undefined where it is the engine's to say. */
export function fingerprintOfCells({ columns, rowCount }: HeldCells): string | undefined {
  if (!columns.every(isScalar) || !isFew(columns, rowCount)) return undefined
  if (columns.length === 0) return fingerprint(columns, '')
  const hashes = new RowHashes(rowCount)
  for (const { values } of columns) hashes.add(values)
  return fingerprint(columns, hashes.digest())
}

const isScalar = ({ type }: Named): boolean => scalars.has(type)

const isFew = (columns: readonly Named[], rowCount: number): boolean => columns.length * rowCount <= FEW_CELLS

function fingerprint(columns: readonly Named[], content: string): string {
  const named = JSON.stringify(columns.map(({ name, type }) => [name, type]))
  return `content:${createHash('sha256').update(named).update(content).digest('hex').slice(0, 32)}`
}

function canonical(column: Sql, type: LogicalType): Sql {
  if (type === 'boolean' || type === 'date') return column
  if (type === 'number') return sql`cast(${column} as double)`
  return type === 'integer' ? sql`cast(${column} as hugeint)` : sql`cast(${column} as varchar)`
}
