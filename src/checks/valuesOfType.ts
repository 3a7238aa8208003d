import type { DatasetColumn } from '../dataset/dataset.ts'
import { valueOfText } from '../cells/lexical.ts'
import { AssayError, nearest } from '../errors.ts'
import { columnNamed, type MetricContext } from '../metrics/metric.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { any, all } from '../sql/dialect.ts'
import { id, raw, type Sql, sql } from '../sql/sql.ts'
import type { Check } from './check.ts'
import { checkedColumn, valueText } from './receiver.ts'
import { checkedOptions, type RowCheckOptions, type RowRule, rowCheck } from './rowCheck.ts'

/** The types `valuesOfType` can ask for. */
export type ValueType = 'boolean' | 'integer' | 'number' | 'string' | 'date' | 'timestamp' | 'timestamptz' | 'time'

const asked: readonly ValueType[] = [
  'boolean',
  'integer',
  'number',
  'string',
  'date',
  'timestamp',
  'timestamptz',
  'time',
]

/**
 * Every value of the column is of the type. Text (of a text file's cell, or of a text column) is of a type when it
 * matches the type's grammar and casts: `007` and `1.5` are no integers, `yes` is no boolean. A typed column is judged
 * by its type, and numbers asked for integers by value: 1.0 is an integer. A column of several types is judged value by
 * value. NaN and infinities are no valid numbers.
 * Missing values are counted and not tested.
 */
export function valuesOfType(column: DatasetColumn, type: ValueType, options?: RowCheckOptions): Check {
  checkedColumn(column, 'valuesOfType', "'integer'")
  if (!asked.includes(type)) {
    const near = typeof type === 'string' ? nearest(type, asked) : undefined
    throw new AssayError('wrong-argument', `valuesOfType does not know the type ${valueText(type)}`, {
      hint: near ? `did you mean ${JSON.stringify(near)}?` : `it knows ${asked.join(', ')}`,
    })
  }
  return rowCheck(
    column,
    ofType(type, {
      asked: { type },
      ofText: true,
      ofType: type,
      violates: (value, context) => notOfType(value, type, column.name, context),
      note: (context) => {
        const found = columnNamed(context.columns, column.name)
        const several = found.type === 'string' || found.type === 'mixed'
        return several || found.rawName !== undefined || found.native === 'text'
          ? undefined
          : holds(column.name, context)
      },
    }),
    checkedOptions(options, 'valuesOfType'),
  )
}

/** The rule that values are of a type, which `words` name. */
export function ofType(
  words: string,
  rule: Pick<RowRule, 'asked' | 'ofText' | 'ofType' | 'violates' | 'note'>,
): RowRule {
  return { kind: 'valuesOfType', family: 'schema', title: `values of type ${words}`, expected: words, ...rule }
}

/** What the column holds, in words. */
export function holds(name: string, { columns }: Pick<MetricContext, 'columns'>): string {
  const { type, native } = columnNamed(columns, name)
  return `the column holds ${type} values (${native})`
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
      return any([none(['number']), sql`not ${dialect.isFinite(number)}`, sql`${number} <> floor(${number})`])
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

function notOfType(value: Sql, type: ValueType, name: string, { columns, dialect }: MetricContext): Sql {
  const column = columnNamed(columns, name)
  if (column.type === 'mixed' && type === 'string') {
    throw new AssayError('wrong-type', `column ${JSON.stringify(name)} holds values of several types`, {
      hint: 'check it with a schema, which judges the original values',
    })
  }
  const nothing = raw('(1 = 0)')
  if (column.type === 'mixed') return notOfTypeByValue(value, type, dialect)
  const notFinite = (expression: Sql): Sql => sql`not ${dialect.isFinite(expression)}`
  if (column.rawName !== undefined || column.type === 'string') {
    if (type === 'string') return nothing
    const typed =
      column.rawName !== undefined && column.type === type
        ? id(name)
        : valueOfText(value, type, dialect, type === 'integer' ? WIDEST : undefined)
    const wrong = sql`(${value} is not null and ${typed} is null)`
    return type === 'number' ? any([wrong, notFinite(typed)]) : wrong
  }
  const found: LogicalType = column.type
  if (type === 'number')
    return found === 'number'
      ? notFinite(value)
      : found === 'integer' || found === 'decimal'
        ? nothing
        : sql`${value} is not null`
  if (type === 'integer' && found === 'decimal') return sql`${value} <> floor(${value})`
  if (type === 'integer' && found === 'number')
    return any([notFinite(value), all([dialect.isFinite(value), sql`${value} <> floor(${value})`])])
  return found === type ? nothing : sql`${value} is not null`
}
