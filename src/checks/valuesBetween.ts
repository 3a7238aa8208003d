import type { DatasetColumn } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { columnNamed, isFloating, isNumeric, type MetricContext } from '../metrics/metric.ts'
import { any } from '../sql/dialect.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { type Bounds, checkedBounds, inWords } from './bounds.ts'
import type { Check } from './check.ts'
import { checkedColumn } from './receiver.ts'
import { checkedOptions, type RowCheckOptions, rowCheck } from './rowCheck.ts'

/**
 * Every number of the column lies within the limits. Missing values are counted and not tested; NaN and infinities
 * are no valid numbers and fail. An error for a column that holds no numbers.
 */
export function valuesBetween(column: DatasetColumn, bounds: Bounds, options?: RowCheckOptions): Check {
  checkedColumn(column, 'valuesBetween', '{ min: 0, max: 100 }')
  const limits = checkedBounds(bounds, 'valuesBetween')
  return rowCheck(
    column,
    {
      kind: 'valuesBetween',
      family: 'range',
      title: `values ${inWords(limits)}`,
      expected: inWords(limits),
      limit: limits,
      ...(limits.min !== undefined && limits.min === limits.max
        ? { discreet: { title: 'values equal to a number', expected: 'one number', without: ['limit'] as const } }
        : {}),
      limits: { ...limits },
      violates: (value, context) => outside(value, limits, column.name, context),
    },
    checkedOptions(options, 'valuesBetween'),
  )
}

function outside(value: Sql, { min, max, gt, lt }: Bounds, name: string, { columns, dialect }: MetricContext): Sql {
  const column = columnNamed(columns, name)
  if (!isNumeric(column)) {
    throw new AssayError(
      'wrong-type',
      `column ${JSON.stringify(name)} holds ${column.type} values (${column.native}), not numbers`,
      {
        hint: 'use valuesIn, valuesMatching or valueLengthBetween for text',
      },
    )
  }
  // A limit beyond 2^53 bound as a double would have integers compared as doubles, which rounds them.
  const wide = (limit: number): number | bigint => {
    const whole = column.type === 'integer' && Number.isInteger(limit) && Math.abs(limit) < 2 ** 126
    return whole && !Number.isSafeInteger(limit) ? BigInt(limit) : limit
  }
  const broken: Sql[] = []
  if (min !== undefined) broken.push(sql`${value} < ${wide(min)}`)
  if (gt !== undefined) broken.push(sql`${value} <= ${wide(gt)}`)
  if (max !== undefined) broken.push(sql`${value} > ${wide(max)}`)
  if (lt !== undefined) broken.push(sql`${value} >= ${wide(lt)}`)
  // NaN sorts above everything, so an upper limit catches it; the infinities need the limit of their side.
  const open = (max ?? lt) === undefined || (min ?? gt) === undefined
  if (isFloating(column) && open) broken.push(sql`not ${dialect.isFinite(value)}`)
  return any(broken)
}
