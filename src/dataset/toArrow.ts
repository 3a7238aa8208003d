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
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8))
  let nullCount = 0
  values.forEach((value, i) => {
    if (value === null || value === undefined) nullCount++
    else (nullBitmap[i >> 3] as number) |= 1 << (i & 7)
  })
  const base = { length: values.length, nullCount, nullBitmap }
  const numbers = (read: (value: RowValue) => number) => values.map((value) => (value == null ? 0 : read(value)))
  const bigints = (read: (value: RowValue) => bigint) =>
    BigInt64Array.from(values, (value) => (value == null ? 0n : read(value)))
  const make = (type: DataType, data: unknown, more: object = {}): Data =>
    arrow.makeData({ ...base, type, data, ...more } as never) as Data
  switch (exact.kind) {
    case 'integer': {
      if (exact.bits === 128) return dataOf({ kind: 'decimal', precision: 38, scale: 0 }, values.map(jsonish), arrow)
      const [type, list] = integerType(exact.bits, exact.signed, arrow)
      return make(
        type,
        list.from(
          exact.bits === 64 ? values.map((value) => BigInt((value ?? 0) as number)) : (numbers(Number) as never),
        ),
      )
    }
    case 'double':
      return make(new arrow.Float64(), Float64Array.from(numbers(Number)))
    case 'float':
      return make(new arrow.Float32(), Float32Array.from(numbers(Number)))
    case 'date':
      return make(new arrow.DateDay(), Int32Array.from(numbers((value) => Number(countOf(value, 'ms') / 86_400_000n))))
    case 'timestamp': {
      const type = new arrow.Timestamp(timeUnits.indexOf(exact.unit), exact.zoned ? 'UTC' : null)
      return make(
        type,
        bigints((value) => countOf(value, exact.unit)),
      )
    }
    case 'time':
      return make(
        exact.unit === 'ns' ? new arrow.TimeNanosecond() : new arrow.TimeMicrosecond(),
        bigints((value) => countOf(`1970-01-01 ${String(value as string)}`, exact.unit)),
      )
    case 'decimal': {
      const words = new Uint32Array(values.length * 4)
      values.forEach((value, i) => {
        const unscaled = BigInt.asUintN(128, BigInt(value == null ? 0 : String(value as string).replace('.', '')))
        for (let word = 0; word < 4; word++) words[4 * i + word] = Number((unscaled >> BigInt(32 * word)) & 0xffffffffn)
      })
      return make(new arrow.Decimal(exact.scale, exact.precision, 128), words)
    }
    case 'list': {
      const items = values.map((value) => (value ?? []) as Values)
      const child = dataOf(exact.item, items.flat(), arrow)
      return make(new arrow.List(new arrow.Field('item', child.type, true)), undefined, {
        child,
        valueOffsets: offsetsOf(items),
      })
    }
    case 'struct': {
      const records = values as readonly (Record<string, RowValue> | null)[]
      const children = exact.fields.map(({ name, type }) =>
        dataOf(
          type,
          records.map((one) => one?.[name]),
          arrow,
        ),
      )
      const fields = exact.fields.map(({ name }, i) => new arrow.Field(name, (children[i] as Data).type, true))
      return make(new arrow.Struct(fields), undefined, { children })
    }
    case 'map': {
      const items = values.map((value) => (value ?? []) as Values)
      const entries = items.flat() as unknown as readonly { key: RowValue; value: RowValue }[]
      const key = dataOf(
        exact.key,
        entries.map((one) => one.key),
        arrow,
      )
      const value = dataOf(
        exact.value,
        entries.map((one) => one.value),
        arrow,
      )
      const type = new arrow.Struct([
        new arrow.Field('key', key.type, false),
        new arrow.Field('value', value.type, true),
      ])
      const child = arrow.makeData({
        type: type as never,
        length: entries.length,
        nullCount: 0,
        children: [key, value],
      } as never)
      return make(new arrow.Map_(new arrow.Field('entries', type as never, false)), undefined, {
        child,
        valueOffsets: offsetsOf(items),
      })
    }
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
