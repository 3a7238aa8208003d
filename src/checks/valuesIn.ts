import { type CellValue, isCellValue, isOneOf, shownValue } from '../cells/cellValue.ts'
import type { DatasetColumn } from '../dataset/dataset.ts'
import { typeOfTexts } from '../cells/lexical.ts'
import { AssayError } from '../errors.ts'
import { columnNamed } from '../metrics/metric.ts'
import { sql } from '../sql/sql.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import type { AskedFor } from './askedReading.ts'
import type { Check } from './check.ts'
import { checkedColumn } from './receiver.ts'
import { checkedOptions, type RowCheckOptions, rowCheck } from './rowCheck.ts'

/** A value that `valuesIn` can look for: dates and times as `Date` or in ISO 8601 (without zone: UTC). */
export type AllowedValue = CellValue

/**
 * Every value of the column is one of `values`, compared as values: `1` is no text, text is compared exactly. Missing
 * values are counted and not tested. An error for an empty set, and for values that the column's type cannot hold.
 */
export function valuesIn(
  column: DatasetColumn,
  values: readonly AllowedValue[] | ReadonlySet<AllowedValue>,
  options?: RowCheckOptions,
): Check {
  checkedColumn(column, 'valuesIn', "['a', 'b']")
  const allowed = checkedValues(values)
  const words = inWords(allowed)
  return rowCheck(
    column,
    {
      kind: 'valuesIn',
      family: 'set',
      title: `values in ${words}`,
      expected: `one of ${words}`,
      discreet: {
        title: `values in a list of ${numberText(allowed.length)}`,
        expected: `one of ${countText(allowed.length, 'value')}`,
      },
      limits: { values: new Set(allowed) },
      ...askedFor(allowed),
      // A cell that is no number has digits of its own all the same, and is counted as unreadable.
      violates: (value, { columns, dialect }) =>
        sql`(${value} is not null and not ${isOneOf(value, columnNamed(columns, column.name), allowed, dialect)})`,
    },
    checkedOptions(options, 'valuesIn'),
  )
}

function checkedValues(values: unknown): readonly AllowedValue[] {
  const hint = 'give the allowed values, e.g. ["red", "green"]; missing values are not tested, so null needs no place'
  if (!Array.isArray(values) && !(values instanceof Set)) {
    throw new AssayError('wrong-argument', `valuesIn got ${shownValue(values)}, not an array or a Set of values`, {
      hint,
    })
  }
  const list: unknown[] = [...values]
  if (list.length === 0) throw new AssayError('wrong-argument', 'valuesIn got no value at all', { hint })
  for (const value of list) {
    if (!isCellValue(value))
      throw new AssayError('wrong-argument', `valuesIn cannot look for ${shownValue(value)}`, { hint })
  }
  return list as AllowedValue[]
}

/** A list of numbers asks for numbers, one of true or false for those, and one of text that is no time for text. */
function askedFor(allowed: readonly AllowedValue[]): { readonly asks?: AskedFor } {
  if (allowed.every((value) => typeof value === 'string'))
    return times.has(typeOfTexts(allowed as readonly string[]).type) ? {} : { asks: 'string' }
  if (allowed.every((value) => typeof value === 'number' || typeof value === 'bigint')) return { asks: 'number' }
  return allowed.every((value) => typeof value === 'boolean') ? { asks: 'boolean' } : {}
}

const times: ReadonlySet<string> = new Set(['date', 'timestamp', 'timestamptz', 'time'])

const textOf = (value: AllowedValue): string => (value instanceof Date ? value.toISOString() : String(value))

function inWords(values: readonly AllowedValue[]): string {
  const first = values.slice(0, 8).map((value) => (typeof value === 'string' ? JSON.stringify(value) : textOf(value)))
  const more = values.length - first.length
  return more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ')
}
