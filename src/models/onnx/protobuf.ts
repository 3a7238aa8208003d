export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

interface Field {
  readonly number: number
  /** A number, or the bytes of a text or message. */
  readonly value: number | Uint8Array
}

/** The fields of a protocol buffer message. Throws a RangeError where the bytes are none. */
function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0
  const varint = (): number => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined || shift > 63n) throw new RangeError('no protocol buffer')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return Number(BigInt.asIntN(64, value))
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    const [number, wire] = [Math.floor(tag / 8), tag % 8]
    if (wire === 0) {
      yield { number, value: varint() }
      continue
    }
    const length = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : -1
    if (length < 0 || at + length > bytes.length) throw new RangeError('no protocol buffer')
    yield { number, value: bytes.subarray(at, at + length) }
    at += length
  }
}

/** The fields of one number that are texts or messages. */
export function* within(bytes: Uint8Array, wanted: number): Generator<Uint8Array> {
  for (const { number, value } of fields(bytes)) if (number === wanted && typeof value !== 'number') yield value
}

/** The texts of the fields of one number. */
export const textsIn = (bytes: Uint8Array, wanted: number): string[] => [...within(bytes, wanted)].map(text)

/** Whole numbers, one a field or packed in one. */
export function numbersIn(bytes: Uint8Array, wanted: number): number[] {
  const numbers: number[] = []
  for (const { number, value } of fields(bytes)) {
    if (number !== wanted) continue
    if (typeof value === 'number') numbers.push(value)
    else numbers.push(...packed(value))
  }
  return numbers
}

function packed(bytes: Uint8Array): number[] {
  // As fields of a message each number would have a tag before it.
  const tagged = new Uint8Array(bytes.length * 2)
  let length = 0
  let starts = true
  for (const byte of bytes) {
    if (starts) tagged[length++] = 8
    tagged[length++] = byte
    starts = byte < 0x80
  }
  return [...fields(tagged.subarray(0, length))].map(({ value }) => value as number)
}
