import type { Column, Relation } from '../engine/engine.ts'
import { isIn } from '../sql/dialect.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { numeric } from './identity.ts'
import { besideCells } from './singlePrecision.ts'
import { cellsOf, withCells } from './withCells.ts'

/** The relation with the declared values read as missing: text in text columns, numbers (NaN too) in number columns. */
export function withMissing(relation: Relation, missing: readonly (string | number)[] = []): Relation {
  if (missing.length === 0) return relation
  const texts = missing.filter((value) => typeof value === 'string')
  const numbers = missing.filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
  const hasNaN = missing.some((value) => Number.isNaN(value))
  const { dialect } = relation.engine
  const cleaned = (column: Column): Sql => {
    const name = id(column.name)
    const tests: Sql[] = []
    if (column.type === 'string' && texts.length > 0) tests.push(isIn(name, texts))
    // Values of several types are kept as their texts.
    const several = [...texts, ...numbers.map(String), ...(hasNaN ? ['NaN'] : [])]
    if (column.type === 'mixed' && several.length > 0) tests.push(isIn(dialect.text(name), several))
    if (numeric.includes(column.type) && numbers.length > 0)
      tests.push(
        isIn(
          name,
          numbers.map((number) => besideCells(number, column)),
        ),
      )
    if (column.type === 'number' && hasNaN) tests.push(sql`${dialect.text(name)} in ('nan', 'NaN')`)
    return tests.length === 0 ? name : sql`case when ${join(tests, ' or ')} then null else ${name} end as ${name}`
  }
  // A cell that keeps its text is missing when its text is, or the number it reads as.
  const withText = (column: Column): Sql[] => {
    const text = id(column.cellName ?? column.rawName ?? column.name)
    const tests = [isIn(text, [...texts, ...numbers.map(String)]), ...(hasNaN ? [sql`${text} = 'NaN'`] : [])]
    return cellsOf(column).map((cell) => sql`case when ${join(tests, ' or ')} then null else ${cell} end as ${cell}`)
  }
  return withCells(
    relation,
    relation.columns.flatMap((column) => (column.rawName ? withText(column) : [cleaned(column)])),
  )
}
