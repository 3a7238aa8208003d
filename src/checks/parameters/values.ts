import { type CellValue, isCellValue, shownValue } from '../../cells/cellValue.ts'
import { AssayError } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { isDate } from '../../sql/sql.ts'
import { plainNumber } from './bounds.ts'
import type { Json, Parameter } from './parameter.ts'

/** A value that `valuesIn` can look for: dates and times as `Date` or in ISO 8601 (without zone: UTC). */
export type AllowedValue = CellValue

/** A list of values that cells are compared with. */
export const values: Parameter<
  'values',
  readonly AllowedValue[],
  [values: readonly AllowedValue[] | ReadonlySet<AllowedValue>]
> = {
  name: 'values',
  role: 'limit',
  doc: 'the allowed values, as a list or a Set: text, numbers, bigints, true and false, dates and times',
  type: 'readonly AllowedValue[] | ReadonlySet<AllowedValue>',
  example: "['a', 'b']",
  parse(value, { asker }) {
    const hint = 'give the allowed values, e.g. ["red", "green"]; missing values are not tested, so null needs no place'
    const wrong = (found: string): AssayError => new AssayError('wrong-argument', `${asker} ${found}`, { hint })
    if (!Array.isArray(value) && !(value instanceof Set))
      throw wrong(`got ${shownValue(value)}, not an array or a Set of values`)
    const list: unknown[] = [...value]
    if (list.length === 0) throw wrong('got no value at all')
    for (const one of list) if (!isCellValue(one)) throw wrong(`cannot look for ${shownValue(one)}`)
    return list as AllowedValue[]
  },
  // A Date stands there as { "instant": "…" }, an integer beyond a double's digits as { "integer": "…" }.
  toJSON: (list) =>
    list.map((value): Json => {
      if (isDate(value)) return { instant: value.toISOString() }
      if (typeof value !== 'bigint') return value as Json
      return Number.isSafeInteger(Number(value)) ? Number(value) : { integer: `${value}` }
    }),
  fromJSON: (json) =>
    Array.isArray(json)
      ? json.map((value: Json) => {
          if (!isPlainObject(value)) return value
          const { integer, instant } = value
          if (typeof integer === 'string' && /^-?\d+$/.test(integer)) return BigInt(integer)
          return typeof instant === 'string' ? new Date(instant) : value
        })
      : json,
  identity: (list) => new Set(list.map(plainNumber)),
}
