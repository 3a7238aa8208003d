import { type Column, type Relation, rowColumns } from '../engine/engine.ts'
import { isIn } from '../sql/dialect.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'

/** The relation with the declared values read as missing: text in text columns, numbers (NaN too) in number columns. */
export function withMissing(relation: Relation, missing: readonly (string | number)[] = []): Relation {
  if (missing.length === 0) return relation
  const texts = missing.filter((value) => typeof value === 'string')
  const numbers = missing.filter((value) => typeof value === 'number' && Number.isFinite(value))
  const hasNaN = missing.some((value) => Number.isNaN(value))
  const { dialect } = relation.engine
  const cleaned = (column: Column): Sql => {
    const name = id(column.name)
    const tests: Sql[] = []
    if (column.type === 'string' && texts.length > 0) tests.push(isIn(name, texts))
    if (['integer', 'number', 'decimal'].includes(column.type) && numbers.length > 0) tests.push(isIn(name, numbers))
    if (column.type === 'number' && hasNaN) tests.push(sql`${dialect.text(name)} in ('nan', 'NaN')`)
    return tests.length === 0 ? name : sql`case when ${join(tests, ' or ')} then null else ${name} end as ${name}`
  }
  // A cell that keeps its text is missing when its text is, or the number it reads as.
  const withText = ({ name, cellName }: Column, rawName: string): Sql[] => {
    const text = id(cellName ?? rawName)
    const tests = [isIn(text, [...texts, ...numbers.map(String)]), ...(hasNaN ? [sql`${text} = 'NaN'`] : [])]
    return [name, rawName, ...(cellName ? [cellName] : [])].map(
      (one) => sql`case when ${join(tests, ' or ')} then null else ${id(one)} end as ${id(one)}`,
    )
  }
  const selected = join(
    relation.columns.flatMap((column) => (column.rawName ? withText(column, column.rawName) : [cleaned(column)])),
  )
  return {
    ...relation,
    from: sql`(select ${selected} from ${relation.from}) as t`,
    ...(relation.numbered
      ? {
          numbered: sql`(select ${selected}, ${join(rowColumns(relation).map((name) => id(name)))} from ${relation.numbered}) as t`,
        }
      : {}),
  }
}
