import type { DuckDBValue } from '@duckdb/node-api'
import type { ExactType, TimeUnit } from './exactType.ts'
import { valueAsText } from './valueAsText.ts'

type Api = typeof import('@duckdb/node-api')

/** Turns a present value of an exact type (see there) into the binding's value. */
export function valueConverter(type: ExactType, api: Api): (value: unknown) => DuckDBValue {
  switch (type.kind) {
    case 'boolean':
      return (value) => value as boolean
    case 'double':
    case 'float':
      return Number
    case 'integer':
      return type.bits > 32 ? (value) => BigInt(value as number) : Number
    case 'decimal':
      return (value) => new api.DuckDBDecimalValue(BigInt(value as bigint), type.precision, type.scale)
    case 'binary':
      return (value) => new api.DuckDBBlobValue(value as Uint8Array)
    case 'date':
      return (value) => new api.DuckDBDateValue(daysOf(value))
    case 'timestamp':
      return timestampConverter(type.zoned ? 'zoned' : type.unit, api)
    case 'time':
      return (value) =>
        type.unit === 'ns'
          ? new api.DuckDBTimeNSValue(BigInt(value as bigint))
          : new api.DuckDBTimeValue(BigInt(value as bigint))
    case 'interval':
      return (value) => {
        const { months, days, micros } = value as { months: number; days: number; micros: bigint }
        return new api.DuckDBIntervalValue(months, days, micros)
      }
    case 'dictionary':
      return (value) => type.values[value as number] as string
    case 'text':
      return (value) => (typeof value === 'string' ? value : valueAsText(value))
    case 'json':
      return valueAsText
    default:
      return nestedConverter(type, api)
  }
}

function nestedConverter(
  type: Extract<ExactType, { kind: 'list' | 'struct' | 'map' }>,
  api: Api,
): (value: unknown) => DuckDBValue {
  if (type.kind === 'list') {
    const item = nullable(valueConverter(type.item, api))
    return (value) => new api.DuckDBListValue(Array.from(value as ArrayLike<unknown>, item))
  }
  if (type.kind === 'map') {
    const key = nullable(valueConverter(type.key, api))
    const inner = nullable(valueConverter(type.value, api))
    return (value) =>
      new api.DuckDBMapValue(
        Array.from(value as Iterable<[unknown, unknown]>, ([name, one]) => ({ key: key(name), value: inner(one) })),
      )
  }
  const fields = type.fields.map((field) => [field.name, nullable(valueConverter(field.type, api))] as const)
  return (value) => {
    const members = value as Record<string, unknown>
    return new api.DuckDBStructValue(
      Object.fromEntries(
        fields.map(([name, convert]) => [name, convert(Object.hasOwn(members, name) ? members[name] : null)]),
      ),
    )
  }
}

const nullable =
  (convert: (value: unknown) => DuckDBValue) =>
  (value: unknown): DuckDBValue =>
    value == null ? null : convert(value)

function daysOf(value: unknown): number {
  return typeof value === 'number' ? value : Math.floor(new Date(value as Date | string).getTime() / 86_400_000)
}

function timestampConverter(unit: TimeUnit | 'zoned', api: Api): (value: unknown) => DuckDBValue {
  const count = (value: unknown): bigint => BigInt(value instanceof Date ? value.getTime() : (value as bigint))
  switch (unit) {
    case 'zoned':
      return (value) => new api.DuckDBTimestampTZValue(count(value))
    case 's':
      return (value) => new api.DuckDBTimestampSecondsValue(count(value))
    case 'ms':
      return (value) => new api.DuckDBTimestampMillisecondsValue(count(value))
    case 'us':
      return (value) => new api.DuckDBTimestampValue(count(value))
    default:
      return (value) => new api.DuckDBTimestampNanosecondsValue(count(value))
  }
}
