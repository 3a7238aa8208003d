import { randomUUID } from 'node:crypto'
import { cellOf, isWrittenOtherwise } from '../cells/cell.ts'
import { identityOf } from '../cells/identity.ts'
import type { Column, QueryOptions, Relation, Value } from '../engine/engine.ts'
import { isWorkedWith, madeMeanwhile, meanwhile } from '../engine/meanwhile.ts'
import { narrowed } from '../engine/narrowing.ts'
import { tableOfRows } from '../engine/temporaryTable.ts'
import { all } from '../sql/dialect.ts'
import { watchedLike } from '../sql/render.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { aggregateSql } from './aggregate.ts'
import { bitsOf, extentOf, groupBits, marked } from './integerExtents.ts'
import { columnNamed } from './metric.ts'

/** What tells combinations of columns apart, and which rows have one. */
export interface Key {
  readonly present: Sql
  readonly values: readonly Sql[]
}

/** What tells combinations of columns of a relation apart. */
export function keyOf(names: readonly string[], relation: Relation): Key {
  const columns = names.map((name) => columnNamed(relation.columns, name))
  return { present: all(columns.map(({ name }) => sql`${id(name)} is not null`)), values: columns.flatMap(identityOf) }
}

/** The keys that several rows of a relation have, each once, in a table of the engine. */
export interface RepeatedKeys {
  readonly table: Sql
  /** What the table calls the values of a key; `n` is how many rows have it. */
  readonly names: readonly Sql[]
  readonly keys: number
  readonly rows: number
  /** Every cell of theirs is written as the engine writes its value. */
  readonly asWritten: boolean
}

/** The values of a column, all of them in one list in a table of the engine. */
interface Listed {
  readonly table: Sql
  readonly list: Sql
  /** Where they are integers that lie close together. */
  readonly bits: number | undefined
  readonly asWritten: boolean
}

/** Rows whose values are listed at most: a list is not spilled to disk. */
const MOST_LISTED = 10_000_000

const listOf = (column: string): string => `list ${column}`
const repeatedOf = (columns: readonly string[]): string => `repeated ${JSON.stringify(columns)}`
const presentOf = (columns: readonly string[]): string => `present ${JSON.stringify(columns)}`
const nothing = async (): Promise<void> => {}

/** Whether what repeats may be kept: while somebody judges the rows, on an engine that holds tables. */
export const keepsRepeated = (relation: Relation): boolean =>
  relation.engine.dialect.holds === true && isWorkedWith(relation)

/** Whether a scan of a source that is read as a whole each time may list the values of a key. */
export function isListable(relation: Relation, columns: readonly string[]): boolean {
  const { scanCost, mostRows = Number.POSITIVE_INFINITY } = relation
  return (
    scanCost === 'high' &&
    mostRows <= MOST_LISTED &&
    columns.length === 1 &&
    keysOf(relation, columns).length === 1 &&
    keepsRepeated(relation)
  )
}

const keysOf = (relation: Relation, columns: readonly string[]): readonly Sql[] => keyOf(columns, relation).values

/** A number of a scan: an aggregate, or how many different values a column has, which are listed meanwhile. */
export type ListedCell = Sql | { readonly distinct: string }

/** The numbers of one scan of a relation, of which the values of some columns are kept for those who look for repeated ones. */
export async function listed(
  relation: Relation,
  cells: readonly ListedCell[],
  from: Sql,
  options: QueryOptions,
): Promise<readonly (readonly Value[])[]> {
  const { engine } = relation
  const at = (i: number): Sql => id(`c${i}`)
  const otherwise = (column: Column): Sql => engine.dialect.countIf(isWrittenOtherwise(column, engine.dialect))
  const own = cells.flatMap((cell, i): Sql[] => {
    if (!('distinct' in cell)) return [sql`${cell} as ${at(i)}`]
    const column = columnNamed(relation.columns, cell.distinct)
    const value = id(column.name)
    const ends = column.type === 'integer' ? [sql`min(${value})`, sql`max(${value})`] : [raw('null'), raw('null')]
    const [least, most] = ends as [Sql, Sql]
    return [
      sql`list(${value}) as ${at(i)}`,
      sql`${otherwise(column)} as ${id(`odd${i}`)}`,
      sql`${least} as ${id(`least${i}`)}`,
      sql`${most} as ${id(`most${i}`)}`,
    ]
  })
  const table = await tableMeanwhile(
    relation,
    `assay_listed_${randomUUID()}`,
    sql`select ${join(own)} from ${from}`,
    options,
  )
  const lists = cells.flatMap((cell, i) => ('distinct' in cell ? [{ column: cell.distinct, i }] : []))
  const about = lists.flatMap(({ i }) => [
    sql`len(${at(i)})`,
    ...['odd', 'least', 'most'].map((name) => id(`${name}${i}`)),
  ])
  const numbers = cells.map((cell, i) => ('distinct' in cell ? raw('0') : at(i)))
  const [row = []] = await engine.query(sql`select ${join([...numbers, ...about])} from ${table}`, options)
  const answer = row.slice(0, cells.length)
  for (const [k, { column, i }] of lists.entries()) {
    const [rows = null, odd, least = null, most = null] = row.slice(cells.length + 4 * k)
    const extent = extentOf(least, most)
    const bits = extent && bitsOf([extent], Number(rows))
    const list = { table, list: at(i), bits, asWritten: Number(odd) === 0 }
    const marks = extent && marked([LISTED], [extent], Number(rows))
    const different = marks
      ? sql`select ${aggregateSql(marks, engine.dialect)} from ${valuesOf(list)}`
      : sql`select coalesce(list_unique(${at(i)}), 0)::bigint from ${table}`
    const [[distinct = 0] = []] = await engine.query(different, options)
    answer[i] = distinct
    await meanwhile<Listed>(relation, listOf(column), async () => list, nothing)
  }
  return [answer]
}

/** Says how many rows of a relation have a key, where a scan has counted them. */
export async function haveKey(relation: Relation, columns: readonly string[], rows: number): Promise<void> {
  if (keepsRepeated(relation)) await meanwhile(relation, presentOf(columns), async () => rows, nothing)
}

/** How many different keys there are, how many rows share theirs with another, and how many of those are too many. */
export async function repeatedCounts(
  relation: Relation,
  columns: readonly string[],
  options: QueryOptions,
): Promise<readonly number[]> {
  const { keys, rows } = await repeatedKeys(relation, columns, options)
  const present = await meanwhile(relation, presentOf(columns), () => presentRows(relation, columns, options), nothing)
  return [present - rows + keys, rows, rows - keys]
}

async function presentRows(relation: Relation, columns: readonly string[], options: QueryOptions): Promise<number> {
  const { present } = keyOf(columns, relation)
  const [[count] = []] = await relation.engine.query(
    sql`select count(*) from ${narrowed(relation, columns).from} where ${present}`,
    options,
  )
  return Number(count)
}

/** The keys that several rows have, while somebody works with the relation. */
export function repeatedKeys(
  relation: Relation,
  columns: readonly string[],
  options: QueryOptions,
): Promise<RepeatedKeys> {
  const { engine } = relation
  const make = async (): Promise<RepeatedKeys> => {
    const [column = ''] = columns
    const values = columns.length === 1 ? await madeMeanwhile<Listed>(relation, listOf(column)) : undefined
    const name = `assay_repeated_${randomUUID()}`
    const { from, names, marks } = grouped(relation, columns, values)
    const table = values?.bits
      ? await groupedByPlace(relation, name, values, options)
      : await tableMeanwhile(relation, name, from, {
          ...options,
          groupBits: await groupBits(relation, columns, options),
        })
    const odd = marks ? sql`sum(odd)` : raw('0')
    const [row = []] = await engine.query(sql`select count(*), sum(n), ${odd} from ${table}`, options)
    const [keys, rows, otherwise] = row.map(Number) as [number, number, number]
    return { table, names, keys, rows, asWritten: values?.asWritten ?? (columns.length === 1 && otherwise === 0) }
  }
  return meanwhile(relation, repeatedOf(columns), make, nothing)
}

/** Listed values that occur more than once; of a table of theirs the engine knows how far they reach. */
async function groupedByPlace(relation: Relation, name: string, values: Listed, options: QueryOptions): Promise<Sql> {
  const { engine } = relation
  const copy = await tableOfRows(
    engine,
    `assay_values_${randomUUID()}`,
    sql`select * from ${valuesOf(values)}`,
    options,
  )
  try {
    return await tableMeanwhile(relation, name, repeatedAmong(copy.table), { ...options, groupBits: values.bits })
  } finally {
    await copy.drop()
  }
}

const LISTED = id('k0')

const valuesOf = ({ table, list }: Pick<Listed, 'table' | 'list'>): Sql =>
  sql`(select unnest(${list}) as ${LISTED} from ${table}) as v`

const repeatedAmong = (values: Sql): Sql =>
  sql`select ${LISTED}, count(*) as n from ${values} where ${LISTED} is not null group by ${LISTED} having count(*) > 1`

/** A table of what a query finds, until nobody works with the relation any more. */
async function tableMeanwhile(relation: Relation, name: string, rows: Sql, options: QueryOptions): Promise<Sql> {
  const { engine, from } = relation
  const made = await tableOfRows(engine, name, rows, options)
  await meanwhile(relation, name, async () => made, made.drop)
  return watchedLike(sql`${made.table} as t`, from, engine.dialect)
}

/** The query of the keys that occur more than once; where some cells may be written otherwise than the engine does, it marks them. */
function grouped(relation: Relation, columns: readonly string[], values: Listed | undefined) {
  if (values) return { names: [LISTED], from: repeatedAmong(valuesOf(values)), marks: false }
  const { present, values: keys } = keyOf(columns, relation)
  const names = keys.map((_, i) => id(`k${i}`))
  const [only, ...others] = columns.map((name) => columnNamed(relation.columns, name)) as [Column]
  const { dialect } = relation.engine
  // A count of what is never so would be kept for each of the groups.
  const marks = others.length === 0 && cellOf(only, dialect).readable !== 'always'
  const odd = marks ? sql`, ${dialect.countIf(isWrittenOtherwise(only, dialect))} as odd` : sql``
  const named = join(keys.map((key, i) => sql`${key} as ${names[i] as Sql}`))
  return {
    names,
    from: sql`select ${named}, count(*) as n${odd} from ${narrowed(relation, columns).from} where ${present} group by ${join(keys)} having count(*) > 1`,
    marks,
  }
}
