import type { DatasetColumn } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { columnNamed, type MetricContext } from '../metrics/metric.ts'
import { any } from '../sql/dialect.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { type Bounds, checkedCounts, inWords } from './bounds.ts'
import type { Check } from './check.ts'
import { checkedColumn } from './receiver.ts'
import { checkedOptions, type RowCheckOptions, rowCheck } from './rowCheck.ts'

/**
 * Every text of the column has a length within the limits, in code points: an emoji of one code point counts once, a
 * family joined of five counts five. Missing values are counted and not tested; the empty text has length 0. An error
 * for a column that holds no text.
 */
export function valueLengthBetween(column: DatasetColumn, bounds: Bounds, options?: RowCheckOptions): Check {
  checkedColumn(column, 'valueLengthBetween', '{ max: 80 }')
  const limits = checkedCounts(bounds, 'valueLengthBetween', { one: 'a length', many: 'length' })
  return rowCheck(
    column,
    {
      kind: 'valueLengthBetween',
      family: 'pattern',
      title: `lengths ${inWords(limits)}`,
      expected: `${inWords(limits)} characters`,
      limit: limits,
      limits: { ...limits },
      asks: 'string',
      violates: (value, context) => outside(value, limits, column.name, context),
    },
    checkedOptions(options, 'valueLengthBetween'),
  )
}

function outside(value: Sql, { min, max, gt, lt }: Bounds, name: string, { columns, dialect }: MetricContext): Sql {
  const column = columnNamed(columns, name)
  if (column.type !== 'string') {
    throw new AssayError(
      'wrong-type',
      `column ${JSON.stringify(name)} holds ${column.type} values (${column.native}), not text`,
      { hint: 'use valuesBetween for numbers; a text file reads a column as text with dataset(…, { types: { … } })' },
    )
  }
  const length = dialect.codePoints(value)
  const broken: Sql[] = []
  if (min !== undefined) broken.push(sql`${length} < ${min}`)
  if (gt !== undefined) broken.push(sql`${length} <= ${gt}`)
  if (max !== undefined) broken.push(sql`${length} > ${max}`)
  if (lt !== undefined) broken.push(sql`${length} >= ${lt}`)
  return any(broken)
}
