import { cellOf, isDoubtful } from '../cells/cell.ts'
import { decimalOf } from '../cells/decimals.ts'
import { plainNumber } from '../cells/lexical.ts'
import { retyped } from '../cells/retyped.ts'
import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { countWhere } from '../metrics/kinds/countWhere.ts'
import { columnNamed, type MetricContext } from '../metrics/metric.ts'
import { countText } from '../words/text/numbers.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { measure } from './measure.ts'

/** Cells that are numbers like their column's, and of more digits than it holds; undefined where there can be none. */
function longIn(column: Column): ((context: MetricContext) => Sql) | undefined {
  const grammar = plainNumber(column.type)
  if (grammar === undefined || !isDoubtful(column)) return undefined
  return ({ dialect }) => {
    const { unreadable, text } = cellOf(column, dialect)
    return sql`${unreadable} and ${dialect.matches(text, grammar)}`
  }
}

async function longCount(relation: Relation, column: Column, { signal }: QueryOptions): Promise<number> {
  const condition = longIn(column)
  if (!condition) return 0
  const long = countWhere({ key: `longer than ${column.type}`, columns: [column.name], sql: condition })
  return (await measure(relation, { long }, signal)).values.long
}

/** Throws an AssayError where cells of a column are numbers of more digits than its type holds: nothing could be said of them. */
export async function refuseLong(relation: Relation, names: readonly string[], options: QueryOptions): Promise<void> {
  for (const name of names) {
    const column = columnNamed(relation.columns, name)
    const count = await longCount(relation, column, options)
    if (count > 0) throw tooLong(column, count)
  }
}

/**
 * The relation with a column read as numbers, which keep their digits beside them, where its cells are not of its type for
 * their length alone; an AssayError where other cells are not of it, either.
 */
export async function withLong(
  relation: Relation,
  name: string,
  unreadable: number,
  options: QueryOptions,
): Promise<Relation> {
  const column = columnNamed(relation.columns, name)
  const count = await longCount(relation, column, options)
  if (count === 0) return relation
  if (count < unreadable) throw tooLong(column, count)
  return retyped(
    relation,
    relation.columns.map(({ name: other, type }) => ({ type: other === name ? 'number' : type })),
  )
}

function tooLong(column: Column, count: number): AssayError {
  const { name, type, native } = column
  const precision = decimalOf(native)?.precision ?? 38
  const width =
    type === 'decimal' ? `a decimal of ${precision} digits` : `an integer of ${native === 'HUGEINT' ? 128 : 64} bits`
  const verb = count === 1 ? 'has' : 'have'
  return new AssayError(
    'wrong-type',
    `${countText(count, 'cell')} of column ${JSON.stringify(name)} ${verb} more digits than ${width} holds`,
    {
      hint: `types: { ${JSON.stringify(name)}: 'number' } reads the nearest double, and compares limits and keys by all digits`,
    },
  )
}
