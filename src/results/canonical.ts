import type { Dataset } from '../dataset/dataset.ts'
import { isPersonalValue } from '../dataset/personalValue.ts'
import { isDate, isSql, isTable, type Sql } from '../sql/sql.ts'
import { keyed } from './keyed.ts'

/**
 * Values as text that is the same for equal values and differs for others: keys and the members of sets in a fixed
 * order, `1`, `1n`, `"1"` and dates told apart, numbers with all their digits. Functions count by their source text.
 */
export function canonical(value: unknown, around: readonly unknown[] = []): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return String(value)
    case 'bigint':
      return `${value}n`
    case 'symbol':
    case 'function':
      return `${typeof value} ${JSON.stringify(String(value))}`
    case 'object':
      return value === null ? 'null' : textOfObject(value, around)
    default:
      return String(value)
  }
}

function textOfObject(value: object, around: readonly unknown[]): string {
  const depth = around.indexOf(value)
  if (depth >= 0) return `^${around.length - depth}`
  const inside = [...around, value]
  const text = (one: unknown): string => canonical(one, inside)
  if (isPersonalValue(value)) return `personal ${JSON.stringify(value.words)} ${keyed(text(value.value))}`
  if (isDate(value)) return `date ${value.getTime()}`
  if (value instanceof RegExp) return `regexp ${JSON.stringify(String(value))}`
  if (Array.isArray(value)) return `[${Array.from(value, text).join()}]`
  if (value instanceof Set) return `set{${[...new Set(Array.from(value, text))].sort().join()}}`
  if (value instanceof Map)
    return `map{${Array.from(value, ([key, one]) => `${text(key)}:${text(one)}`)
      .sort()
      .join()}}`
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}[${Array.from(value as Uint8Array, text).join()}]`
  if (isSql(value)) return sqlText(value, text)
  if (isTable(value)) return `dataset ${text((value as Dataset).identity)}`
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  const body = entries.map(([key, one]) => `${JSON.stringify(key)}:${text(one)}`).sort()
  const kind = (Object.getPrototypeOf(value) as object | null)?.constructor
  return `${kind === Object || kind === undefined ? '' : kind.name}{${body.join()}}`
}

const sqlText = ({ parts, holes }: Sql, text: (value: unknown) => string): string =>
  `sql[${[...parts].map((part) => JSON.stringify(part)).join()}|${holes.map(text).join()}]`
