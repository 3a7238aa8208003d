import type { ColumnCell } from '../../cells/cell.ts'
import { hasFraction } from '../../cells/fraction.ts'
import { lexical, valueOfText } from '../../cells/lexical.ts'
import { discreetTypeWords, typeWords } from '../../engine/typeWords.ts'
import { AssayError } from '../../errors.ts'
import type { MetricContext } from '../../metrics/metric.ts'
import type { LogicalType } from '../../sql/dialect.ts'
import { any, all } from '../../sql/dialect.ts'
import { raw, type Sql, sql } from '../../sql/sql.ts'
import { rowCheck } from '../forms/row.ts'
import type { RowRule } from '../forms/rowRule.ts'
import { type ValueType, valueType } from '../parameters/valueType.ts'
import type { Note } from '../unreadable.ts'

/**
 * Every value of the column is of the type. Text (of a text file's cell, or of a text column) is of a type when it
 * matches the type's grammar and casts: `007` and `1.5` are no integers, `yes` is no boolean. A typed column is judged
 * by its type, and numbers asked for integers by value: 1.0 is an integer. A column of several types is judged value by
 * value. NaN and infinities are no valid numbers.
 * Missing values are counted and not tested.
 */
export const valuesOfType = rowCheck({
  kind: 'valuesOfType',
  family: 'schema',
  says: 'Every value of the column is of the type; in a text file, every cell is written like one.',
  example: "await expect(orders.column('id')).toHaveValuesOfType('integer')",
  parameters: [valueType],
  title: ({ type }) => `values of type ${type}`,
  expected: ({ type }) => type,
  ofText: true,
  ofType: ({ type }) => type,
  breaks: (cell, { type }, { dialect }) => notOfType(cell, type, dialect),
  note: (cell) => {
    const { type, native } = cell.column
    const judgedByValue = type === 'string' || type === 'mixed' || cell.readable === 'mostly' || native === 'text'
    return judgedByValue ? undefined : holds(cell)
  },
})

/** The rule that values are of a type, which `words` name. */
export function ofType(
  words: string,
  rule: Pick<RowRule, 'statement' | 'ofText' | 'ofType' | 'breaks' | 'note'>,
): RowRule {
  return { kind: 'valuesOfType', family: 'schema', title: `values of type ${words}`, expected: words, ...rule }
}

/** What the column holds, in words. */
export function holds({ column }: ColumnCell): Note {
  return {
    message: `the column holds ${typeWords(column)}`,
    discreet: `the column holds ${discreetTypeWords(column)}`,
  }
}

/** The engine's widest integers: a text is one whatever its column was read as. */
const WIDEST = 'HUGEINT'
const MIDNIGHT = 'T00:00:00([.]0+)?Z$'

/** Values of several types are kept as their texts: whole numbers as such or with `.0`, instants in ISO 8601. */
function notOfTypeByValue(cell: Sql, type: ValueType, dialect: MetricContext['dialect']): Sql {
  const text = dialect.text(cell)
  const none = (types: readonly ValueType[]): Sql =>
    all([sql`${text} is not null`, ...types.map((one) => sql`${valueOfText(text, one, dialect)} is null`)])
  switch (type) {
    case 'integer': {
      const number = valueOfText(text, 'number', dialect)
      return any([none(['number']), sql`not ${dialect.isFinite(number)}`, hasFraction(number)])
    }
    case 'number':
      return any([none(['number']), sql`not ${dialect.isFinite(valueOfText(text, 'number', dialect))}`])
    case 'timestamp':
    case 'timestamptz':
      return none(['timestamp', 'timestamptz'])
    case 'date':
      return all([none(['date']), sql`not ${dialect.matches(text, `^[0-9]{4}-[0-9]{2}-[0-9]{2}${MIDNIGHT}`)}`])
    default:
      return none([type])
  }
}

function notOfType(
  { column, value, text, readable }: ColumnCell,
  type: ValueType,
  dialect: MetricContext['dialect'],
): Sql {
  if (column.type === 'mixed' && type === 'string') {
    throw new AssayError('wrong-type', `column ${JSON.stringify(column.name)} holds values of several types`, {
      hint: 'check it with a schema, which judges the original values',
    })
  }
  const nothing = raw('(1 = 0)')
  if (column.type === 'mixed') return notOfTypeByValue(text, type, dialect)
  // What is proven to be written like a number is finite.
  if (column.proven && (column.type === type || (column.type === 'integer' && type === 'number'))) return nothing
  const notFinite = (expression: Sql): Sql => sql`not ${dialect.isFinite(expression)}`
  const ofTextFile = readable === 'mostly'
  if (ofTextFile || column.type === 'string') {
    if (type === 'string') return nothing
    const typed =
      ofTextFile && column.type === type
        ? value
        : valueOfText(text, type, dialect, { native: type === 'integer' ? WIDEST : undefined })
    // A whole number of any length is one, whatever the engine holds.
    const long = type === 'integer' ? dialect.matches(text, lexical.integer as string) : nothing
    // No "and" with the grammar: the engine would try it on each cell.
    const wrong = sql`case when ${typed} is null then ${text} is not null and not ${long} else false end`
    return type === 'number' ? any([wrong, notFinite(typed)]) : wrong
  }
  const own: LogicalType = column.type
  if (type === 'number')
    return own === 'number'
      ? notFinite(value)
      : own === 'integer' || own === 'decimal'
        ? nothing
        : sql`${value} is not null`
  if (type === 'integer' && own === 'decimal') return hasFraction(value)
  if (type === 'integer' && own === 'number')
    return any([notFinite(value), all([dialect.isFinite(value), hasFraction(value)])])
  return own === type ? nothing : sql`${value} is not null`
}
