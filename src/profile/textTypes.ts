import { cellOf, isDoubtful } from '../cells/cell.ts'
import { valueOfText } from '../cells/lexical.ts'
import { retyped } from '../cells/retyped.ts'
import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { countWhere } from '../metrics/kinds/countWhere.ts'
import { runMetrics } from '../metrics/run.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { sql } from '../sql/sql.ts'

/**
 * The relation of a text file with the types that every one of its cells has by our grammar, not just the first rows
 * that they were read off: a column of integers with a `1.5` at the end holds numbers, one with an `n/a` text. The
 * relation itself where all types are right, and for anything but a text file.
 */
export async function withProvenTypes(relation: Relation, options: QueryOptions): Promise<Relation> {
  const doubtful = relation.columns.filter(isDoubtful)
  return withWiderTypes(relation, await broken(relation, doubtful, options, ({ type }) => type), options)
}

/** The relation with the types that every cell has, of columns in which some cell is not of the type that was read off the first. */
export async function withWiderTypes(
  relation: Relation,
  names: ReadonlySet<string>,
  options: QueryOptions,
): Promise<Relation> {
  const wrong = relation.columns.filter(({ name }) => names.has(name))
  if (wrong.length === 0) return relation
  const whole = wrong.filter(({ type }) => type === 'integer')
  const second = await broken(relation, whole, options, () => 'number')
  const types = new Map(
    wrong.map(({ name, type }) => [name, type === 'integer' && !second.has(name) ? 'number' : 'string']),
  )
  return retyped(
    relation,
    relation.columns.map(({ name, type }) => ({ type: (types.get(name) as LogicalType | undefined) ?? type })),
  )
}

/** The columns in which some cell is not of the type. */
async function broken(
  relation: Relation,
  columns: readonly Column[],
  options: QueryOptions,
  typeOf: (column: Column) => LogicalType,
): Promise<ReadonlySet<string>> {
  const metrics = columns.map((column) => {
    const { name } = column
    const type = typeOf(column)
    const { text, value } = cellOf(column, relation.engine.dialect)
    return countWhere({
      key: `not written like ${type}`,
      columns: [name],
      sql: ({ dialect }) =>
        sql`(${text} is not null and ${type === column.type ? value : valueOfText(text, type, dialect)} is null)`,
    })
  })
  const results = await runMetrics(metrics, relation, options)
  const names = new Set<string>()
  columns.forEach(({ name }, i) => {
    const result = results.get(metrics[i]?.key ?? '')
    if (result && !result.ok) throw result.error
    if (result?.ok && result.value !== 0) names.add(name)
  })
  return names
}
