import { isValid } from '../../engine/duckdbVectors.ts'
import { type ArrowType, isDictionary, kind, unitOf } from './arrowTypes.ts'

/** The values of one column of one batch, as Arrow's own package holds them. */
export interface ArrowData {
  readonly type: ArrowType
  readonly length: number
  readonly offset: number
  readonly nullCount: number
  readonly values?: unknown
  readonly nullBitmap?: Uint8Array | null
  readonly valueOffsets?: Int32Array | BigInt64Array
  readonly typeIds?: Int8Array
  readonly variadicBuffers?: readonly Uint8Array[]
  readonly children: readonly ArrowData[]
  readonly dictionary?: { readonly data: readonly ArrowData[] }
}

export type Read = (index: number) => unknown

/** Reads a column's values one by one, in the form that `exactOfArrow` of its type says; null where one is missing. */
export function arrowCells(data: ArrowData): Read {
  const read = present(data)
  const { nullBitmap, offset } = data
  if (!(data.nullCount > 0) || !nullBitmap || data.type.typeId === kind.union) return read
  const valid = { bytes: nullBitmap, offset }
  return (i) => (isValid(valid, i) ? read(i) : null)
}

function present(data: ArrowData): Read {
  const { type, children } = data
  const values = data.values as { readonly [index: number]: number | bigint }
  if (isDictionary(type)) {
    const read = dictionaryCells(data)
    return (i) => read(Number(values[i]))
  }
  switch (type.typeId) {
    case kind.null:
      return () => null
    case kind.bool: {
      const bits = { bytes: data.values as Uint8Array, offset: data.offset }
      return (i) => isValid(bits, i)
    }
    case kind.float:
      return type.precision === 0 ? (i) => half(values[i] as number) : (i) => values[i]
    case kind.decimal:
      return decimals(data)
    case kind.date:
      return type.unit === 1 ? (i) => Math.floor(Number(values[i]) / 86_400_000) : (i) => values[i]
    case kind.time:
      return scaled(values, { s: 1_000_000n, ms: 1000n, us: 1n, ns: 1n }[unitOf(type)])
    case kind.timestamp:
      if (!type.timezone) return (i) => values[i]
      if (unitOf(type) === 'ns') return (i) => microseconds(values[i] as bigint)
      return scaled(values, { s: 1_000_000n, ms: 1000n, us: 1n }[unitOf(type) as 's'])
    case kind.interval:
      return intervals(type, data.values as Int32Array)
    case kind.utf8:
    case kind.largeUtf8:
    case kind.utf8View: {
      const bytes = bytesAt(data)
      return (i) => text(bytes(i))
    }
    case kind.binary:
    case kind.largeBinary:
    case kind.binaryView:
    case kind.fixedSizeBinary:
      return bytesAt(data)
    case kind.list:
    case kind.largeList:
    case kind.fixedSizeList:
      return listCells(data, arrowCells(children[0] as ArrowData))
    case kind.map: {
      const entries = children[0] as ArrowData
      const [key, value] = entries.children.map(arrowCells) as [Read, Read]
      return listCells(data, (i) => [key(i), value(i)])
    }
    case kind.struct: {
      const fields = (type.children ?? []).map(({ name }, i) => [name, arrowCells(children[i] as ArrowData)] as const)
      return (i) => Object.fromEntries(fields.map(([name, read]) => [name, read(i)]))
    }
    case kind.union:
      return unionCells(data)
    default:
      return (i) => values[i]
  }
}

/** The values of the dictionary itself. */
export function dictionaryCells({ dictionary }: ArrowData): Read {
  const parts = (dictionary?.data ?? []).map((part) => ({ length: part.length, read: arrowCells(part) }))
  const [only] = parts
  if (parts.length === 1 && only) return only.read
  return (index) => {
    let rest = index
    for (const { length, read } of parts) {
      if (rest < length) return read(rest)
      rest -= length
    }
    throw new RangeError(`position ${index} is beyond the dictionary`)
  }
}

function scaled(values: { readonly [index: number]: number | bigint }, factor: bigint): Read {
  return (i) => BigInt(values[i] as bigint) * factor
}

/** Rounded down, as the engine does when it reads nanoseconds with a zone. */
function microseconds(nanoseconds: bigint): bigint {
  const rest = ((nanoseconds % 1000n) + 1000n) % 1000n
  return (nanoseconds - rest) / 1000n
}

function decimals({ type, values }: ArrowData): Read {
  const words = values as Uint32Array
  const width = (type.bitWidth ?? 128) / 32
  const unscaled = (i: number): bigint => {
    let value = 0n
    for (let word = width - 1; word >= 0; word--) value = (value << 32n) | BigInt(words[i * width + word] as number)
    return BigInt.asIntN(width * 32, value)
  }
  const { precision = 38, scale = 0 } = type
  return precision <= 38 && scale >= 0 && scale <= precision ? unscaled : (i) => decimalText(unscaled(i), scale)
}

function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale))
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

function intervals({ unit }: ArrowType, values: Int32Array): Read {
  if (unit === 0) return (i) => ({ months: values[i], days: 0, micros: 0n })
  if (unit === 1)
    return (i) => ({ months: 0, days: values[2 * i], micros: BigInt(values[2 * i + 1] as number) * 1000n })
  return (i) => {
    const nanoseconds = (BigInt(values[4 * i + 3] as number) << 32n) | BigInt((values[4 * i + 2] as number) >>> 0)
    return { months: values[4 * i], days: values[4 * i + 1], micros: nanoseconds / 1000n }
  }
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = (bits & 0x3ff) / 1024
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15)
}

function bytesAt(data: ArrowData): (index: number) => Uint8Array {
  const bytes = data.values as Uint8Array
  const { typeId, byteWidth = 0 } = data.type
  if (typeId === kind.fixedSizeBinary) return (i) => bytes.subarray(i * byteWidth, (i + 1) * byteWidth)
  if (typeId === kind.binaryView || typeId === kind.utf8View) return viewBytes(data)
  const offsets = data.valueOffsets as Int32Array | BigInt64Array
  return (i) => bytes.subarray(Number(offsets[i]), Number(offsets[i + 1]))
}

/** Views hold up to 12 bytes in place; longer values lie in one of several buffers. */
function viewBytes({ values, variadicBuffers = [] }: ArrowData): (index: number) => Uint8Array {
  const bytes = values as Uint8Array
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return (i) => {
    const at = 16 * i
    const length = view.getInt32(at, true)
    if (length <= 12) return bytes.subarray(at + 4, at + 4 + length)
    const buffer = variadicBuffers[view.getInt32(at + 8, true)]
    const start = view.getInt32(at + 12, true)
    if (!buffer || start + length > buffer.length) throw new RangeError(`value ${i} lies beyond its buffer`)
    return buffer.subarray(start, start + length)
  }
}

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')

function listCells({ type, valueOffsets, children }: ArrowData, read: Read): Read {
  const offsets = valueOffsets as Int32Array | BigInt64Array | undefined
  const size = type.listSize ?? 0
  const limit = (children[0] as ArrowData).length
  return (i) => {
    const start = offsets ? Number(offsets[i]) : i * size
    const end = offsets ? Number(offsets[i + 1]) : start + size
    if (start < 0 || end > limit) throw new RangeError(`list ${i} lies beyond its values`)
    return Array.from({ length: end - start }, (_, at) => read(start + at))
  }
}

function unionCells({ type, typeIds, valueOffsets, children }: ArrowData): Read {
  const reads = children.map(arrowCells)
  const { typeIdToChildIndex } = type as ArrowType & { typeIdToChildIndex: Readonly<Record<number, number>> }
  return (i) => {
    const read = reads[typeIdToChildIndex[typeIds?.[i] as number] as number] as Read
    return read(valueOffsets ? Number(valueOffsets[i]) : i)
  }
}
