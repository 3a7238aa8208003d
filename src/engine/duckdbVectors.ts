import type { DuckDBType } from '@duckdb/node-api'
import type { LogicalType } from '../sql/dialect.ts'

type Api = typeof import('@duckdb/node-api')

/** The type of a temporary table's column that holds values of a logical type. */
export function memoryType(type: LogicalType, api: Api): DuckDBType {
  const { BIGINT, BOOLEAN, DATE, DOUBLE, TIMESTAMP_MS, VARCHAR } = api
  const types: Partial<Record<LogicalType, DuckDBType>> = {
    boolean: BOOLEAN,
    integer: BIGINT,
    number: DOUBLE,
    timestamp: TIMESTAMP_MS,
    date: DATE,
  }
  return types[type] ?? VARCHAR
}

interface Vector {
  readonly items?: unknown
  readonly validity?: { setItemValid(index: number, valid: boolean): void }
  setItem(index: number, value: unknown): void
  getItem(index: number): unknown
  flush(): void
}

/** Writes `count` values from `start` on into a vector of a data chunk; null and undefined are missing. */
// `items` is not documented API of the binding (duckdb-node-neo#361), hence the checks and the slower way beside it.
export function fillVector(
  vector: Vector,
  type: LogicalType,
  values: ArrayLike<unknown>,
  start: number,
  count: number,
  api: Api,
): void {
  const { items, validity } = vector
  if (type === 'number' && items instanceof Float64Array && validity) {
    if (values instanceof Float64Array) items.set(values.subarray(start, start + count))
    else {
      for (let i = 0; i < count; i++) {
        const value = values[start + i]
        if (value == null) validity.setItemValid(i, false)
        else items[i] = Number(value)
      }
    }
  } else if (type === 'integer' && items instanceof BigInt64Array && validity) {
    for (let i = 0; i < count; i++) {
      const value = values[start + i] as number | bigint | null | undefined
      if (value == null) validity.setItemValid(i, false)
      else items[i] = BigInt(value)
    }
  } else {
    const convert = converter(type, api)
    for (let i = 0; i < count; i++) {
      const value = values[start + i]
      vector.setItem(i, value == null ? null : convert(value))
    }
  }
  vector.flush()
}

function converter(type: LogicalType, api: Api): (value: unknown) => unknown {
  if (type === 'integer') return (value) => BigInt(value as number)
  if (type === 'timestamp') {
    return (value) => new api.DuckDBTimestampMillisecondsValue(BigInt((value as Date).getTime()))
  }
  if (type === 'date') {
    return (value) => new api.DuckDBDateValue(Math.floor(new Date(value as Date | string).getTime() / 86_400_000))
  }
  if (type === 'boolean' || type === 'number') return (value) => value
  return (value) => (typeof value === 'string' ? value : toText(value))
}

function toText(value: unknown): string {
  if (typeof value === 'object')
    return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner))
  return String(value)
}

/** The vector's present values as doubles. */
export function doubles(vector: Vector & { readonly itemCount: number }, count: number): Float64Array {
  const { items, validity } = vector as { items?: unknown; validity?: { data?: unknown } }
  if (items instanceof Float64Array && validity && !validity.data) return items.slice(0, count)
  const out: number[] = []
  for (let i = 0; i < count; i++) {
    const value = vector.getItem(i)
    if (value !== null) out.push(Number(value))
  }
  return Float64Array.from(out)
}
