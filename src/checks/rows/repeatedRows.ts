import type { QueryOptions, Relation } from '../../engine/engine.ts'
import { narrowed } from '../../engine/narrowing.ts'
import { keepsRepeated, keyOf, type RepeatedKeys, repeatedKeys } from '../../metrics/repeatedKeys.ts'
import { columnNamed } from '../../metrics/metric.ts'
import { any } from '../../sql/dialect.ts'
import { id, join, raw, type Sql, sql } from '../../sql/sql.ts'
import { type CommonValues, LONGEST_CELL, MOST_VALUES } from './rowsWanted.ts'

/** Failing rows that share their key, and how they are found. */
export interface RepeatedRows {
  /** That a row shares its key with another one, or that a condition holds. */
  readonly where: Sql
  /** The commonest of their cells, where those say nothing more than the keys do. */
  common(total: number): Promise<CommonValues | undefined>
}

/**
 * The rows that share their values of columns with another one. An engine that holds tables has grouped them before and
 * holds the keys.
 */
export async function repeatedRows(
  relation: Relation,
  columns: readonly string[],
  otherwise: Sql,
  options: QueryOptions,
): Promise<RepeatedRows> {
  const { present, values } = keyOf(columns, relation)
  const names = values.map((_, i) => id(`k${i}`))
  const among = (table: Sql): Sql => any([otherwise, sql`(${join(values)}) in (select ${join(names)} from ${table})`])
  if (!keepsRepeated(relation)) {
    const named = join(values.map((value, i) => sql`${value} as ${names[i] as Sql}`))
    const keys = sql`select ${named} from ${narrowed(relation, columns).from} where ${present} group by ${join(values)} having count(*) > 1`
    return { where: among(sql`(${keys}) as repeated`), common: async () => undefined }
  }
  const repeated = await repeatedKeys(relation, columns, options)
  const [column = ''] = columns
  return { where: among(repeated.table), common: (total) => commonKeys(relation, { repeated, column, total }, options) }
}

/**
 * The commonest keys as cells: those are the failing values where no other row fails and none is written otherwise; undefined
 * where the keys do not tell.
 */
async function commonKeys(
  { engine, columns }: Relation,
  { repeated, column, total }: { readonly repeated: RepeatedKeys; readonly column: string; readonly total: number },
  options: QueryOptions,
): Promise<CommonValues | undefined> {
  const { table, names, rows, asWritten } = repeated
  const [key, ...others] = names as [Sql, ...Sql[]]
  if (!asWritten || others.length > 0 || rows !== total) return undefined
  const cell = sql`substr(${engine.dialect.text(key)}, 1, ${raw(String(LONGEST_CELL + 1))})`
  // Grouping by a text takes three times as long; those of integers all differ.
  const { type } = columnNamed(columns, column)
  const isInteger = type === 'integer'
  const counts = isInteger ? sql`n from ${table}` : sql`sum(n) as n from ${table} group by v0`
  const groups = await engine.query(sql`select ${cell} as v0, ${counts} order by n desc, v0 limit ${MOST_VALUES}`, {
    ...options,
    anyThreads: true,
  })
  // Of 0 and -0 a group shows either, whichever a thread came to first.
  if (type === 'number' && groups.some(([value]) => Number(value) === 0)) return undefined
  return { rows, values: groups.map(([value, count]) => ({ cells: [value as never], count: Number(count) })) }
}
