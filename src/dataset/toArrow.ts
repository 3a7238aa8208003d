import type { Data, DataType, Table } from 'apache-arrow'
import type { Column, RowValue } from '../engine/engine.ts'
import { type ExactType, exactOf, type TimeUnit } from '../engine/exactType.ts'
import { valueAsText } from '../engine/valueAsText.ts'
import { exactOfNative } from '../engine/nativeType.ts'
import { AssayError } from '../errors.ts'
import { timeUnits } from '../formats/arrow/arrowTypes.ts'

type Arrow = typeof import('apache-arrow')
type Values = readonly (RowValue | undefined)[]

/** Columns and rows as an Arrow table; see `Dataset.toArrow`. */
export async function toArrow(
  columns: readonly Column[],
  rows: readonly Readonly<Record<string, RowValue>>[],
): Promise<Table> {
  const arrow = await import('apache-arrow')
  const parts = columns.map(({ name, type, native }) => {
    const values = rows.map((row) => row[name])
    const exact =
      native === 'ENUM' || native.startsWith('ENUM(') ? dictionary : (exactOfNative(native) ?? exactOf(type))
    return [name, dataOf(exact, values, arrow)] as const
  })
  const schema = new arrow.Schema(parts.map(([name, data]) => new arrow.Field(name, data.type, true)))
  const children = parts.map(([, data]) => data)
  const type = new arrow.Struct(schema.fields)
  return new arrow.Table(schema, new arrow.RecordBatch(schema, arrow.makeData({ type, length: rows.length, children })))
}

const dictionary: ExactType = { kind: 'dictionary', values: [] }

function dataOf(exact: ExactType, values: Values, arrow: Arrow): Data {
  const numbers = (read: (value: RowValue) => number) => values.map((value) => (value == null ? 0 : read(value)))
  const counts = (unit: TimeUnit, read: (value: RowValue) => RowValue = (value) => value) =>
    BigInt64Array.from(values, (value) => (value == null ? 0n : countOf(read(value), unit)))
  const made = (type: DataType, data: unknown) => dataWithNulls(values, arrow, { type, data })
  switch (exact.kind) {
    case 'integer':
      return integerData(exact, values, arrow)
    case 'double':
      return made(new arrow.Float64(), Float64Array.from(numbers(Number)))
    case 'float':
      return made(new arrow.Float32(), Float32Array.from(numbers(Number)))
    case 'date':
      return made(new arrow.DateDay(), Int32Array.from(numbers((value) => Number(countOf(value, 'ms') / 86_400_000n))))
    case 'timestamp':
      return made(new arrow.Timestamp(timeUnits.indexOf(exact.unit), exact.zoned ? 'UTC' : null), counts(exact.unit))
    case 'time':
      return made(
        exact.unit === 'ns' ? new arrow.TimeNanosecond() : new arrow.TimeMicrosecond(),
        counts(exact.unit, (value) => `1970-01-01 ${String(value as string)}`),
      )
    case 'decimal':
      return made(new arrow.Decimal(exact.scale, exact.precision, 128), decimalWords(values))
    case 'list':
      return listData(exact, values, arrow)
    case 'struct':
      return structData(exact, values, arrow)
    case 'map':
      return mapData(exact, values, arrow)
    case 'boolean':
      return arrow.vectorFromArray(values as boolean[], new arrow.Bool()).data[0] as Data
    case 'binary':
      return arrow.vectorFromArray(values as Uint8Array[], new arrow.Binary()).data[0] as Data
    case 'dictionary':
      return arrow.vectorFromArray(values as string[], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()))
        .data[0] as Data
    default:
      return arrow.vectorFromArray(
        values.map((value) => (value == null ? null : valueAsText(value))),
        new arrow.Utf8(),
      ).data[0] as Data
  }
}

type Exact<K extends ExactType['kind']> = Extract<ExactType, { kind: K }>

/** Data of a type, with the places of the values that are missing. */
function dataWithNulls(
  values: Values,
  arrow: Arrow,
  data: { readonly type: DataType; readonly [name: string]: unknown },
): Data {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8))
  let nullCount = 0
  values.forEach((value, i) => {
    if (value === null || value === undefined) nullCount++
    else (nullBitmap[i >> 3] as number) |= 1 << (i & 7)
  })
  return arrow.makeData({ length: values.length, nullCount, nullBitmap, ...data } as never) as Data
}

function integerData({ bits, signed }: Exact<'integer'>, values: Values, arrow: Arrow): Data {
  if (bits === 128) return dataOf({ kind: 'decimal', precision: 38, scale: 0 }, values.map(jsonish), arrow)
  const [type, list] = integerType(bits, signed, arrow)
  const numbers =
    bits === 64 ? values.map((value) => BigInt((value ?? 0) as number)) : values.map((value) => Number(value ?? 0))
  return dataWithNulls(values, arrow, { type, data: list.from(numbers) })
}

/** Decimals as whole numbers of 128 bits, the lowest word first. */
function decimalWords(values: Values): Uint32Array {
  const words = new Uint32Array(values.length * 4)
  values.forEach((value, i) => {
    const unscaled = BigInt.asUintN(128, BigInt(value == null ? 0 : String(value as string).replace('.', '')))
    for (let word = 0; word < 4; word++) words[4 * i + word] = Number((unscaled >> BigInt(32 * word)) & 0xffffffffn)
  })
  return words
}

function listData({ item }: Exact<'list'>, values: Values, arrow: Arrow): Data {
  const items = values.map((value) => (value ?? []) as Values)
  const child = dataOf(item, items.flat(), arrow)
  const type = new arrow.List(new arrow.Field('item', child.type, true))
  return dataWithNulls(values, arrow, { type, data: undefined, child, valueOffsets: offsetsOf(items) })
}

function structData({ fields }: Exact<'struct'>, values: Values, arrow: Arrow): Data {
  const records = values as readonly (Record<string, RowValue> | null)[]
  const children = fields.map(({ name, type }) =>
    dataOf(
      type,
      records.map((record) => record?.[name]),
      arrow,
    ),
  )
  const type = new arrow.Struct(fields.map(({ name }, i) => new arrow.Field(name, (children[i] as Data).type, true)))
  return dataWithNulls(values, arrow, { type, data: undefined, children })
}

function mapData(exact: Exact<'map'>, values: Values, arrow: Arrow): Data {
  const items = values.map((value) => (value ?? []) as Values)
  const entries = items.flat() as unknown as readonly { key: RowValue; value: RowValue }[]
  const key = dataOf(
    exact.key,
    entries.map((entry) => entry.key),
    arrow,
  )
  const value = dataOf(
    exact.value,
    entries.map((entry) => entry.value),
    arrow,
  )
  const pair = new arrow.Struct([new arrow.Field('key', key.type, false), new arrow.Field('value', value.type, true)])
  const child = arrow.makeData({
    type: pair as never,
    length: entries.length,
    nullCount: 0,
    children: [key, value],
  } as never)
  const type = new arrow.Map_(new arrow.Field('entries', pair as never, false))
  return dataWithNulls(values, arrow, { type, data: undefined, child, valueOffsets: offsetsOf(items) })
}

const jsonish = (value: RowValue | undefined): RowValue => (value == null ? null : String(value as bigint))

function offsetsOf(items: readonly Values[]): Int32Array {
  const offsets = new Int32Array(items.length + 1)
  items.forEach((one, i) => {
    offsets[i + 1] = (offsets[i] as number) + one.length
  })
  return offsets
}

interface Numbers {
  from(values: readonly unknown[]): NodeJS.TypedArray
}

function integerType(bits: 8 | 16 | 32 | 64, signed: boolean, arrow: Arrow): [DataType, Numbers] {
  const types = signed
    ? {
        8: [arrow.Int8, Int8Array],
        16: [arrow.Int16, Int16Array],
        32: [arrow.Int32, Int32Array],
        64: [arrow.Int64, BigInt64Array],
      }
    : {
        8: [arrow.Uint8, Uint8Array],
        16: [arrow.Uint16, Uint16Array],
        32: [arrow.Uint32, Uint32Array],
        64: [arrow.Uint64, BigUint64Array],
      }
  const [Type, list] = types[bits] as unknown as [new () => DataType, Numbers]
  return [new Type(), list]
}

/** The count of units since 1970 of a Date, or of the text of an instant that a Date cannot hold. */
function countOf(value: RowValue, unit: TimeUnit): bigint {
  if (value instanceof Date) return scale(BigInt(value.getTime()) * 1_000_000n, unit)
  const [, date, time = '00:00:00', fraction = ''] =
    /^(\d{4,6}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2})(?:\.(\d+))?(?:\+00)?)?$/.exec(String(value as string)) ?? []
  if (date === undefined) {
    throw new AssayError('wrong-type', `toArrow(): Arrow has no instant ${JSON.stringify(value)}`, {
      hint: 'leave infinite instants out with where()',
      discreet: 'toArrow(): Arrow has no such instant',
    })
  }
  const seconds =
    BigInt(Date.parse(`${date.length > 10 ? '+' : ''}${date.padStart(date.length > 10 ? 12 : 10, '0')}T${time}Z`)) /
    1000n
  return scale(seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, '0')), unit)
}

function scale(nanoseconds: bigint, unit: TimeUnit): bigint {
  const per = { s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n }[unit]
  return (nanoseconds - (((nanoseconds % per) + per) % per)) / per
}
