import { AssayError } from '../errors.ts'
import type { DuckDBType, DuckDBValue, DuckDBValueConverter } from '@duckdb/node-api'
import type { RowValue } from './engine.ts'

type Api = typeof import('@duckdb/node-api')
type Read = (value: DuckDBValue, type: DuckDBType, inner: DuckDBValueConverter<RowValue>) => RowValue

/**
 * Reads results as JavaScript values that lose nothing: numbers for integers up to 32 bits and floating numbers,
 * bigints for wider integers, `Date` for dates and timestamps it can hold exactly, `Uint8Array` for bytes, arrays for
 * lists, objects for structs, arrays of `{ key, value }` for maps, and text for all else: decimals with their digits,
 * times, intervals, bits, UUIDs, and timestamps that are infinite, finer than a millisecond or beyond `Date`.
 */
export function resultConverter(api: Api): DuckDBValueConverter<RowValue> {
  const { DuckDBTypeId: id } = api
  const text: Read = (value) => String(value)
  const days: Read = (value) =>
    instant(value, (value as unknown as { days: number }).days, (count) => count * 86_400_000)
  const timestamp =
    (unit: 'seconds' | 'millis' | 'micros' | 'nanos', milliseconds: (count: bigint) => number | undefined): Read =>
    (value) =>
      instant(value, (value as unknown as Record<typeof unit, bigint>)[unit], milliseconds)
  const readers: Partial<Record<number, Read>> = {
    [id.DECIMAL]: text,
    [id.TIME]: text,
    [id.TIME_NS]: text,
    [id.TIME_TZ]: text,
    [id.INTERVAL]: text,
    [id.BIT]: text,
    [id.UUID]: text,
    [id.DATE]: days,
    [id.TIMESTAMP_S]: timestamp('seconds', (count) => Number(count) * 1000),
    [id.TIMESTAMP_MS]: timestamp('millis', Number),
    [id.TIMESTAMP]: timestamp('micros', (count) => whole(count, 1000n)),
    [id.TIMESTAMP_TZ]: timestamp('micros', (count) => whole(count, 1000n)),
    [id.TIMESTAMP_NS]: timestamp('nanos', (count) => whole(count, 1_000_000n)),
    [id.BLOB]: (value) => new Uint8Array((value as unknown as { bytes: Uint8Array }).bytes),
    [id.LIST]: items,
    [id.ARRAY]: items,
    [id.STRUCT]: (value, type, inner) => {
      const { entryNames, entryTypes } = type as unknown as { entryNames: string[]; entryTypes: DuckDBType[] }
      const { entries } = value as unknown as { entries: Record<string, DuckDBValue> }
      // The binding writes it to the prototype of an object.
      if (entryNames.includes('__proto__'))
        throw new AssayError(
          'unsupported-source',
          'a field of an object is called "__proto__", and is lost when it is read',
          {
            hint: 'read it under another name, in a query: sql`select … as proto from ${data}`',
          },
        )
      return Object.fromEntries(
        entryNames.map((name, i) => [name, inner(entries[name] as DuckDBValue, entryTypes[i] as DuckDBType, inner)]),
      )
    },
    [id.MAP]: (value, type, inner) => {
      const { keyType, valueType } = type as unknown as { keyType: DuckDBType; valueType: DuckDBType }
      const { entries } = value as unknown as { entries: { key: DuckDBValue; value: DuckDBValue }[] }
      return entries.map((one) => ({ key: inner(one.key, keyType, inner), value: inner(one.value, valueType, inner) }))
    },
    [id.UNION]: (value, type, inner) => {
      const { tag, value: held } = value as unknown as { tag: string; value: DuckDBValue }
      const member = (type as unknown as { memberTypeForTag(tag: string): DuckDBType }).memberTypeForTag(tag)
      return inner(held, member, inner)
    },
  }
  return (value, type, inner) => {
    if (value === null || value === undefined) return null
    // What stands for itself is no object of the binding.
    if (typeof value !== 'object') return value
    return (readers[type.typeId] ?? text)(value, type, inner as never)
  }
}

const items: Read = (value, type, inner) => {
  const { valueType } = type as unknown as { valueType: DuckDBType }
  return (value as unknown as { items: readonly DuckDBValue[] }).items.map(
    (item) => inner(item, valueType, inner) as RowValue,
  )
}

const whole = (count: bigint, unit: bigint): number | undefined =>
  count % unit === 0n ? Number(count / unit) : undefined

/** How many days or units of a timestamp are infinity; the binding writes most of them as if they were a day. */
const INFINITE: ReadonlySet<number | bigint> = new Set([2 ** 31 - 1, 2n ** 63n - 1n])

/** A `Date` where it holds what was counted since 1970, else its text. */
function instant<C extends number | bigint>(
  value: DuckDBValue,
  count: C,
  milliseconds: (count: C) => number | undefined,
): Date | string {
  if (INFINITE.has(count)) return 'infinity'
  if (INFINITE.has(-count)) return '-infinity'
  return dateOf(milliseconds(count)) ?? String(value)
}

/** Undefined for what a Date cannot hold. */
function dateOf(milliseconds: number | undefined): Date | undefined {
  if (milliseconds === undefined || !(Math.abs(milliseconds) <= 8.64e15)) return undefined
  return new Date(milliseconds)
}
