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
  const date =
    (milliseconds: (value: never) => number | undefined): Read =>
    (value) =>
      dateOf(milliseconds(value as never)) ?? String(value)
  const readers: Partial<Record<number, Read>> = {
    [id.DECIMAL]: text,
    [id.TIME]: text,
    [id.TIME_NS]: text,
    [id.TIME_TZ]: text,
    [id.INTERVAL]: text,
    [id.BIT]: text,
    [id.UUID]: text,
    [id.DATE]: date(({ days }: { days: number }) => days * 86_400_000),
    [id.TIMESTAMP_S]: date(({ seconds }: { seconds: bigint }) => Number(seconds) * 1000),
    [id.TIMESTAMP_MS]: date(({ millis }: { millis: bigint }) => Number(millis)),
    [id.TIMESTAMP]: date(({ micros }: { micros: bigint }) => whole(micros, 1000n)),
    [id.TIMESTAMP_TZ]: date(({ micros }: { micros: bigint }) => whole(micros, 1000n)),
    [id.TIMESTAMP_NS]: date(({ nanos }: { nanos: bigint }) => whole(nanos, 1_000_000n)),
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

/** Undefined for what a Date cannot hold, infinity among it. */
function dateOf(milliseconds: number | undefined): Date | undefined {
  if (milliseconds === undefined || !(Math.abs(milliseconds) <= 8.64e15)) return undefined
  return new Date(milliseconds)
}
