import { derivationOf } from '../engine/derivation.ts'
import type { QueryOptions, Relation, Value } from '../engine/engine.ts'
import { narrowed } from '../engine/narrowing.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import type { Aggregate } from './aggregate.ts'
import { columnNamed } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'

/** Rows from which on grouping them costs more than a look at how far their integers reach. */
const LEAST_ROWS = 50_000
/** Bits for each row at most, so that marking them stays cheaper than grouping, and in all: each thread has its own. */
const BITS_PER_ROW = 64
const MOST_BITS = 2 ** 28

/** Places for each row at most, so that a GROUP BY with one for each possible key takes no more memory than one without. */
const PLACES_PER_ROW = 4

/** From where to where the integers of a column reach. */
export interface IntegerExtent {
  readonly least: bigint
  readonly most: bigint
}

interface Extents {
  readonly rows: number
  readonly columns: ReadonlyMap<string, IntegerExtent>
}

/** By relation, how many rows it has and how far the integers of its columns reach. */
export type IntegerExtents = ReadonlyMap<Relation, Extents>

const known = new WeakMap<Relation, Map<string, Promise<Extents>>>()

/**
 * How far the integers reach whose combinations are asked for: of files that keep it with their columns, where looking costs
 * next to nothing. What is wrong about it makes a query fail that is then asked in another way.
 */
export async function integerExtents(asks: readonly MetricRequest[], options: QueryOptions): Promise<IntegerExtents> {
  const names = new Map<Relation, Set<string>>()
  for (const { metric, relation, by } of asks) {
    if (metric.pass !== 'frequency' || !metric.ofCombinations || by !== undefined) continue
    if (!keepsExtents(relation, metric.columns)) continue
    names.set(relation, new Set([...(names.get(relation) ?? []), ...metric.columns]))
  }
  const extents = new Map<Relation, Extents>()
  for (const [relation, own] of names) extents.set(relation, await extentsOf(relation, [...own].sort(), options))
  return extents
}

/** Whether looking how far columns reach costs next to nothing: integers of a file that keeps it with its columns. */
function keepsExtents(relation: Relation, names: readonly string[]): boolean {
  if (!relation.columnar || !relation.engine.dialect.marks || derivationOf(relation).steps.length > 0) return false
  return names.every((name) => columnNamed(relation.columns, name).type === 'integer')
}

/** What `groupBits` is of a query that groups by columns; undefined where it is not known, or of no use. */
export async function groupBits(
  relation: Relation,
  names: readonly string[],
  options: QueryOptions,
): Promise<number | undefined> {
  if (!keepsExtents(relation, names)) return undefined
  const { rows, columns } = await extentsOf(relation, [...names].sort(), options)
  const extents = names.map((name) => columns.get(name))
  return extents.every((extent) => extent !== undefined) ? bitsOf(extents, rows) : undefined
}

/** The bits of keys that reach so far, where so many rows have one; undefined where a place for each would be too many. */
export function bitsOf(extents: readonly IntegerExtent[], rows: number): number | undefined {
  // The engine keeps a place for what is missing, and rounds up.
  const bits = extents.reduce((sum, { least, most }) => sum + (most - least + 3n).toString(2).length, 0)
  return rows >= LEAST_ROWS && 2 ** bits <= rows * PLACES_PER_ROW ? bits : undefined
}

async function extentsOf(relation: Relation, names: readonly string[], options: QueryOptions): Promise<Extents> {
  const own = known.get(relation) ?? new Map<string, Promise<Extents>>()
  known.set(relation, own)
  const key = JSON.stringify(names)
  const looked = own.get(key) ?? look(relation, names, options)
  own.set(key, looked)
  try {
    return await looked
  } catch {
    // What cannot be asked here fails where its metric is asked, with a reason.
    own.delete(key)
    return { rows: 0, columns: new Map() }
  }
}

async function look(relation: Relation, names: readonly string[], options: QueryOptions): Promise<Extents> {
  const cells = names.flatMap((name) => [sql`min(${id(name)})`, sql`max(${id(name)})`])
  const [row = []] = await relation.engine.query(
    sql`select count(*), ${join(cells)} from ${narrowed(relation, names).from}`,
    {
      ...options,
      keep: true,
    },
  )
  const [rows, ...ends] = row
  const columns = names.flatMap((name, i) => {
    const extent = extentOf(ends[2 * i] as Value, ends[2 * i + 1] as Value)
    return extent ? [[name, extent] as const] : []
  })
  return { rows: Number(rows), columns: new Map(columns) }
}

/** The extent between two values; undefined where they are no integers of 64 bits. */
export function extentOf(least: Value, most: Value): IntegerExtent | undefined {
  if (typeof least !== 'bigint' && typeof least !== 'number') return undefined
  const extent = { least: BigInt(least), most: BigInt(most as bigint) }
  return BigInt.asIntN(64, extent.most) === extent.most ? extent : undefined
}

/**
 * How many combinations of integers there are, each marked as a bit; undefined where there are too many possible ones, or
 * so few rows that it does not matter.
 */
export function markedCombinations(
  names: readonly string[],
  relation: Relation,
  extents: IntegerExtents,
): Aggregate | undefined {
  const { rows = 0, columns } = extents.get(relation) ?? {}
  const own = names.map((name) => columns?.get(name))
  if (!own.every((extent) => extent !== undefined)) return undefined
  return marked(
    names.map((name) => id(name)),
    own,
    rows,
  )
}

/** How many combinations of integers that reach so far there are in so many rows, each marked as a bit. */
export function marked(values: readonly Sql[], extents: readonly IntegerExtent[], rows: number): Aggregate | undefined {
  const most = extents.reduce((product, { least, most }) => product * (most - least + 1n), 1n)
  if (rows < LEAST_ROWS || most > Math.min(MOST_BITS, rows * BITS_PER_ROW)) return undefined
  const place = values
    .map((value, i) => sql`(cast(${value} as bigint) - ${exact(extents[i]?.least as bigint)})`)
    .reduce((before, next, i) => {
      const { least, most } = extents[i] as IntegerExtent
      return sql`(${before} * ${exact(most - least + 1n)} + ${next})`
    })
  return { fn: 'marked', of: place, most: Number(most) - 1 }
}

const exact = (value: bigint): Sql => raw(`cast(${value} as bigint)`)
