import type { DatasetColumn } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { columnNamed, isFloating, isNumeric, type MetricContext } from '../metrics/metric.ts'
import { any } from '../sql/dialect.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { asNumbers, type Bounds, checkedExactBounds, inWords } from './bounds.ts'
import { beyond, breaks } from './exactLimit.ts'
import type { Check } from './check.ts'
import { checkedColumn } from './receiver.ts'
import { checkedOptions, type RowCheckOptions, rowCheck } from './rowCheck.ts'

/**
 * Every number of the column lies within the limits; compared exactly, by the digits a limit is written with. Missing
 * values are counted and not tested; NaN and infinities are no valid numbers and fail. A column of text or of several
 * types is read as numbers, and its cells that are none fail. An error for a column that holds no numbers.
 */
export function valuesBetween(
  column: DatasetColumn,
  bounds: Bounds<number | bigint>,
  options?: RowCheckOptions,
): Check {
  checkedColumn(column, 'valuesBetween', '{ min: 0, max: 100 }')
  const limits = checkedExactBounds(bounds, 'valuesBetween')
  return rowCheck(
    column,
    {
      kind: 'valuesBetween',
      family: 'range',
      title: `values ${inWords(limits)}`,
      expected: inWords(limits),
      limit: asNumbers(limits),
      ...(limits.min !== undefined && limits.min === limits.max
        ? { discreet: { title: 'values equal to a number', expected: 'one number', without: ['limit'] as const } }
        : {}),
      limits: { ...limits },
      asks: 'number',
      violates: (value, context) => outside(value, limits, column.name, context),
    },
    checkedOptions(options, 'valuesBetween'),
  )
}

function outside(value: Sql, limits: Bounds<number | bigint>, name: string, context: MetricContext): Sql {
  const { dialect } = context
  const column = columnNamed(context.columns, name)
  if (!isNumeric(column)) {
    throw new AssayError(
      'wrong-type',
      `column ${JSON.stringify(name)} holds ${column.type} values (${column.native}), not numbers`,
      {
        hint: 'use valuesIn, valuesMatching or valueLengthBetween for text',
      },
    )
  }
  const { min, max, gt, lt } = limits
  const broken = (Object.entries(beyond) as [keyof typeof beyond, Sql][]).flatMap(([limit, operator]) => {
    const wanted = limits[limit]
    return wanted === undefined ? [] : [breaks(value, operator, wanted, column)]
  })
  // NaN sorts above everything, so an upper limit catches it; the infinities need the limit of their side.
  const open = (max ?? lt) === undefined || (min ?? gt) === undefined
  if (isFloating(column) && open) broken.push(sql`not ${dialect.isFinite(value)}`)
  return any(broken)
}
