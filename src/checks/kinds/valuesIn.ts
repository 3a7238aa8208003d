import { isOneOf } from '../../cells/cellValue.ts'
import { typeOfTexts } from '../../cells/lexical.ts'
import { sql } from '../../sql/sql.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import type { AskedFor } from '../askedReading.ts'
import { rowCheck } from '../forms/row.ts'
import { type AllowedValue, values } from '../parameters/values.ts'

/**
 * Every value of the column is one of `values`, compared as values: `1` is no text, text is compared exactly. Missing
 * values are counted and not tested. An error for an empty set, and for values that the column's type cannot hold.
 */
export const valuesIn = rowCheck({
  kind: 'valuesIn',
  family: 'set',
  says: 'Every value of the column is one of the given ones.',
  example: "await expect(orders.column('status')).toHaveValuesIn(['paid', 'open'])",
  parameters: [values],
  title: ({ values: allowed }) => `values in ${listInWords(allowed)}`,
  expected: ({ values: allowed }) => `one of ${listInWords(allowed)}`,
  discreet: ({ values: allowed }) => ({
    title: `values in a list of ${numberText(allowed.length)}`,
    expected: `one of ${countText(allowed.length, 'value')}`,
  }),
  asks: ({ values: allowed }) => askedFor(allowed),
  // A cell that is no number has digits of its own all the same, and is counted as unreadable.
  breaks: ({ column, value }, { values: allowed }, { dialect }) =>
    sql`(${value} is not null and not ${isOneOf(value, column, allowed, dialect)})`,
})

/** A list of numbers asks for numbers, one of true or false for those, and one with a text that is no time for text. */
export function askedFor(allowed: readonly AllowedValue[]): AskedFor | undefined {
  if (allowed.every((value) => typeof value === 'string'))
    return allowed.every((text) => times.has(typeOfTexts([text]).type)) ? undefined : 'string'
  if (allowed.every((value) => typeof value === 'number' || typeof value === 'bigint')) return 'number'
  return allowed.every((value) => typeof value === 'boolean') ? 'boolean' : undefined
}

const times: ReadonlySet<string> = new Set(['date', 'timestamp', 'timestamptz', 'time'])

const textOf = (value: AllowedValue): string => (value instanceof Date ? value.toISOString() : String(value))

/** A list of values in words: the first eight. */
export function listInWords(list: readonly AllowedValue[]): string {
  const first = list.slice(0, 8).map((value) => (typeof value === 'string' ? JSON.stringify(value) : textOf(value)))
  const more = list.length - first.length
  return more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ')
}
