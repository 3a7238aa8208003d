import type { Column, Value } from '../engine/engine.ts'
import { discreetTypeWords, typeWords } from '../engine/typeWords.ts'
import { AssayError } from '../errors.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import type { Aggregate } from './aggregate.ts'
import { asDouble, columnNamed, isFloating, isNumeric, isTime, type MetricContext } from './metric.ts'

/** A column of numbers or times; an AssayError that names the type for any other. */
export function measurable(context: MetricContext, name: string, asker: string, times = true): Column {
  const column = columnNamed(context.columns, name)
  if (isNumeric(column) || (times && isTime(column))) return column
  const holding = (words: string): string => `${asker}: column ${JSON.stringify(name)} holds ${words}, not numbers`
  throw new AssayError('wrong-type', holding(typeWords(column)), {
    hint: 'count its values with distinctCountBetween, or look at them with profile',
    discreet: holding(discreetTypeWords(column)),
  })
}

/** The column's finite values as doubles (times in milliseconds since the epoch); null for the others. */
export function finiteOnly(context: MetricContext, column: Column): Sql {
  const value = asDouble(context, column)
  return isFloating(column) ? sql`case when ${context.dialect.isFinite(value)} then ${value} end` : value
}

/** How many values are NaN or infinite; of times, which have no milliseconds where they are `infinity`. */
export function nonFiniteCount(context: MetricContext, column: Column): Aggregate {
  if (isTime(column)) return { fn: 'rowsWhere', of: sql`not isfinite(${id(column.name)})` }
  if (!isFloating(column)) return { fn: 'constant', value: 0 }
  const value = asDouble(context, column)
  return { fn: 'rowsWhere', of: sql`not ${context.dialect.isFinite(value)}` }
}

/** Throws when there are values that are not finite: an aggregate over them would say nothing. */
export function refuseNonFinite(count: number, asker: string, column: string): void {
  if (count === 0) return
  throw new AssayError(
    'wrong-type',
    `${asker}: column ${JSON.stringify(column)} holds ${count} value${count === 1 ? ' that is' : 's that are'} NaN or infinite`,
    {
      hint: 'if they stand for missing values, say so: dataset(…, { missing: [NaN] }), or leave them out: where(sql`isfinite(x)`)',
    },
  )
}

/** A minimum or maximum as a number, as a bigint where a number would round it. */
export function extremeValue(value: Value | undefined): number | bigint | null {
  if (value === null || value === undefined) return null
  return typeof value === 'bigint' && !Number.isSafeInteger(Number(value)) ? value : Number(value)
}

/** The number that an aggregate comes to; an AssayError when it is more than a number can be. */
export function refuseOverflow<N extends number | bigint>(total: N, asker: string, column: string): N {
  if (typeof total === 'bigint' || Number.isFinite(total)) return total
  throw new AssayError(
    'wrong-type',
    `${asker}: the values of column ${JSON.stringify(column)} come to more than a number can be`,
    { hint: 'they are beyond 1e308 together; look for values that are none, e.g. where(sql`abs(x) > 1e300`)' },
  )
}
