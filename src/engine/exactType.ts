import type { LogicalType } from '../sql/dialect.ts'

/**
 * How a column is stored, where its logical type does not say it all. Values of a column of each kind:
 *
 * - `integer`: numbers, bigints, or a typed array of that width
 * - `double`, `float`: numbers; `boolean`: booleans; `text`: strings; `binary`: Uint8Array
 * - `decimal`: the unscaled value as a bigint (`1.50` of scale 2 is `150n`)
 * - `date`: days since 1970; `timestamp`, `time`: counts of `unit` since 1970 or midnight
 * - `interval`: months, days and microseconds
 * - `dictionary`: positions in `values`
 * - `list`: arrays; `struct`: objects by field name; `map`: arrays of `[key, value]`
 * - `json`: any JavaScript value, kept as its JSON text
 */
export type ExactType =
  | { readonly kind: 'boolean' | 'double' | 'float' | 'text' | 'binary' | 'date' | 'interval' }
  | { readonly kind: 'integer'; readonly bits: 8 | 16 | 32 | 64 | 128; readonly signed: boolean }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'timestamp'; readonly unit: TimeUnit; readonly zoned: boolean }
  | { readonly kind: 'time'; readonly unit: 'us' | 'ns' }
  | { readonly kind: 'dictionary'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly item: ExactType }
  | { readonly kind: 'struct'; readonly fields: readonly Field[] }
  | { readonly kind: 'map'; readonly key: ExactType; readonly value: ExactType }
  | { readonly kind: 'json'; readonly logical: 'mixed' | 'list' | 'struct' | 'unknown' }

export type TimeUnit = 's' | 'ms' | 'us' | 'ns'

/** A named part of a struct. */
export interface Field {
  readonly name: string
  readonly type: ExactType
}

/** The logical type that stands for an exact one. */
export function logicalOf(type: ExactType): LogicalType {
  switch (type.kind) {
    case 'double':
    case 'float':
      return 'number'
    case 'text':
    case 'dictionary':
      return 'string'
    case 'interval':
      return 'unknown'
    case 'map':
      return 'struct'
    case 'json':
      return type.logical
    case 'timestamp':
      return type.zoned ? 'timestamptz' : 'timestamp'
    default:
      return type.kind
  }
}

/** How values of a logical type are stored where nothing more is known of them. */
export function exactOf(type: LogicalType): ExactType {
  switch (type) {
    case 'boolean':
    case 'date':
    case 'binary':
      return { kind: type }
    case 'integer':
      return { kind: 'integer', bits: 64, signed: true }
    case 'number':
      return { kind: 'double' }
    case 'timestamp':
      return { kind: 'timestamp', unit: 'ms', zoned: false }
    case 'mixed':
    case 'list':
    case 'struct':
      return { kind: 'json', logical: type }
    default:
      return { kind: 'text' }
  }
}
