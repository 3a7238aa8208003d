import type { ValidBits } from './engine.ts'
import type { ExactType } from './exactType.ts'
import { valueConverter } from './duckdbValues.ts'

type Api = typeof import('@duckdb/node-api')
type Typed = Exclude<NodeJS.TypedArray, BigInt64Array | BigUint64Array>

interface Validity {
  data?: BigUint64Array | null
  setItemValid(index: number, valid: boolean): void
}

interface Vector {
  readonly items?: unknown
  readonly validity?: Validity
  setItem(index: number, value: unknown): void
  getItem(index: number): unknown
  flush(): void
}

/** Where to read: `count` values from `start` on, and which of them are there. */
export interface Stretch {
  readonly values: ArrayLike<unknown>
  readonly valid?: ValidBits | undefined
  readonly start: number
  readonly count: number
}

/** Writes a stretch of values into a vector of a data chunk; null and undefined are missing. */
// `items` is not documented API of the binding (duckdb-node-neo#361), hence the checks and the slower way beside it.
export function fillVector(vector: Vector, type: ExactType, stretch: Stretch, api: Api): void {
  const { items, validity } = vector
  const { values, start, count } = stretch
  if (validity && isTyped(items) && isTyped(values) && isBig(items) === isBig(values)) {
    items.set(values.subarray(start, start + count) as never)
    if (type.kind === 'dictionary') checkCodes(items as Typed, stretch, type.values.length)
    if (stretch.valid) setNulls(validity, stretch.valid, start, count)
  } else if (validity && items instanceof Float64Array && type.kind === 'double' && !stretch.valid) {
    for (let i = 0; i < count; i++) {
      const value = values[start + i]
      if (value == null) validity.setItemValid(i, false)
      else items[i] = value as number
    }
  } else if (validity && items instanceof BigInt64Array && isPlain64(type) && !stretch.valid) {
    fill64(items, validity, stretch)
  } else {
    const convert = valueConverter(type, api)
    const { valid } = stretch
    for (let i = 0; i < count; i++) {
      const value = valid && !isValid(valid, start + i) ? null : values[start + i]
      vector.setItem(i, value == null ? null : convert(value))
    }
  }
  vector.flush()
}

const isTyped = (values: unknown): values is NodeJS.TypedArray =>
  ArrayBuffer.isView(values) && !(values instanceof DataView)

const isBig = (values: NodeJS.TypedArray): boolean =>
  values instanceof BigInt64Array || values instanceof BigUint64Array

const isPlain64 = (type: ExactType): boolean =>
  type.kind === 'integer' || type.kind === 'time' || type.kind === 'timestamp'

/** Numbers, bigints and dates as 64-bit integers, half by half: making a bigint of each number costs five times as much. */
function fill64(items: BigInt64Array, validity: Validity, { values, start, count }: Stretch): void {
  const halves = new Int32Array(items.buffer, items.byteOffset, items.length * 2)
  for (let i = 0; i < count; i++) {
    const value = values[start + i] as number | bigint | Date | null | undefined
    if (value == null) validity.setItemValid(i, false)
    else if (typeof value === 'bigint') items[i] = value
    else {
      const number = typeof value === 'number' ? value : value.getTime()
      halves[2 * i] = number | 0
      halves[2 * i + 1] = Math.floor(number / 4_294_967_296)
    }
  }
}

/** A position beyond the dictionary would make the engine read beyond its memory. */
function checkCodes(items: Typed, { valid, start, count }: Stretch, size: number): void {
  for (let i = 0; i < count; i++) {
    if (valid && !isValid(valid, start + i)) items[i] = 0
    else if ((items[i] as number) >= size)
      throw new RangeError(`position ${items[i]} in a dictionary of ${size} values`)
  }
}

/** Whether a value is there. */
export function isValid({ bytes, offset }: ValidBits, index: number): boolean {
  const bit = offset + index
  return ((bytes[bit >> 3] as number) & (1 << (bit & 7))) !== 0
}

function setNulls(validity: Validity, valid: ValidBits, start: number, count: number): void {
  if (!('data' in validity)) {
    for (let i = 0; i < count; i++) if (!isValid(valid, start + i)) validity.setItemValid(i, false)
    return
  }
  const words = new BigUint64Array(Math.ceil(count / 64))
  const bytes = new Uint8Array(words.buffer)
  const from = valid.offset + start
  if ((from & 7) === 0) bytes.set(valid.bytes.subarray(from >> 3, (from >> 3) + Math.ceil(count / 8)))
  else for (let i = 0; i < count; i++) if (isValid(valid, start + i)) (bytes[i >> 3] as number) |= 1 << (i & 7)
  validity.data = words
}

/** Puts the vector's present values into a list of doubles from `start` on; how many there are. */
export function addDoubles(
  vector: Vector & { readonly itemCount: number },
  count: number,
  to: Float64Array,
  start: number,
): number {
  const { items, validity } = vector as { items?: unknown; validity?: { data?: unknown } }
  if (items instanceof Float64Array && validity && !validity.data) {
    to.set(items.subarray(0, count), start)
    return count
  }
  let place = start
  for (let i = 0; i < count; i++) {
    const value = vector.getItem(i)
    if (value !== null) to[place++] = Number(value)
  }
  return place - start
}
