import { checkColumnCount } from '../columnNames.ts'
import { COMMA, CLOSE, JsonBytes, nameOf, OPEN, OPEN_LIST, QUOTE } from './jsonBytes.ts'
import { isWhole } from '../wholeNumber.ts'

/** What the values of a key are, as bits. */
export const kinds = {
  integer: 1,
  wide: 2,
  number: 4,
  string: 8,
  boolean: 16,
  list: 32,
  struct: 64,
  null: 128,
  /** Beside `integer` or `wide`: no double is written like it. */
  exact: 256,
  /** An integer of more than 128 bits. */
  endless: 512,
} as const

/** A key of records. */
export interface JsonKey {
  readonly name: string
  /** As it stands between its quotes, where it was seen first. */
  readonly spelled: Uint8Array
  /** The kinds of its values, those of records that are whole. */
  kinds: number
  /** The record that had it last. */
  record: number
}

/** Reads records and keeps which keys they have and what their values are. */
export class JsonKeys {
  /** The keys of the records that were whole, in the order they first appeared. */
  readonly inOrder: JsonKey[] = []
  private readonly json: JsonBytes
  private readonly bySpelling = new Map<string, JsonKey>()
  private readonly byName = new Map<string, JsonKey>()
  /** The keys of this record so far, and those of the one before: most records have the same in the same order. */
  private readonly keys: JsonKey[] = []
  private readonly values: number[] = []
  private record = 0
  private count = 0

  constructor(json: JsonBytes) {
    this.json = json
  }

  /**
   * The end of the record that begins at an opening brace, or -1; a record with a key twice stops at that key. What it
   * holds counts once it is kept.
   */
  read(from: number): number {
    const { json, keys, values } = this
    const { bytes } = json
    const record = ++this.record
    let count = 0
    let at = json.space(from + 1)
    if (bytes[at] === CLOSE) {
      this.count = 0
      return at + 1
    }
    for (;;) {
      if (bytes[at] !== QUOTE) return json.no(at)
      let key = keys[count]
      let end = key ? endOfKey(bytes, at + 1, key.spelled) : -1
      if (!key || end < 0) {
        end = json.string(at)
        if (end < 0) return -1
        key = this.key(bytes, at + 1, end - 1)
      }
      if (key.record === record) return json.no(at, 'twice')
      key.record = record
      keys[count] = key
      at = json.colon(end)
      if (at < 0) return -1
      const begin = at
      const byte = bytes[at] as number
      if (byte === QUOTE) {
        at = json.string(at)
        values[count] = kinds.string
      } else if (byte < 58) {
        at = json.number(at)
        values[count] = at < 0 ? 0 : this.number(begin, at, key)
      } else if (byte === OPEN || byte === OPEN_LIST) {
        at = json.value(at)
        values[count] = byte === OPEN ? kinds.struct : kinds.list
      } else {
        at = json.word(at)
        values[count] = byte === 110 ? kinds.null : kinds.boolean
      }
      if (at < 0) return -1
      count++
      let next = bytes[at] as number
      if (next <= 32) {
        at = json.space(at)
        next = bytes[at] as number
      }
      if (next === COMMA) {
        at++
        if ((bytes[at] as number) <= 32) at = json.space(at)
      } else if (next === CLOSE) {
        this.count = count
        return at + 1
      } else return json.no(at)
    }
  }

  /** Counts the record that was read last. */
  keep(): void {
    const { keys, values, count } = this
    for (let i = 0; i < count; i++) {
      const key = keys[i] as JsonKey
      if (key.kinds === 0) this.inOrder.push(key)
      key.kinds |= values[i] as number
    }
  }

  private key(bytes: Uint8Array, from: number, to: number): JsonKey {
    const spelled = Buffer.from(bytes.subarray(from, to))
    const text = spelled.toString('latin1')
    const known = this.bySpelling.get(text)
    if (known) return known
    const name = nameOf(spelled)
    const key = this.byName.get(name) ?? { name, spelled, kinds: 0, record: 0 }
    this.byName.set(name, key)
    checkColumnCount(this.byName.size, 'a table of these records')
    this.bySpelling.set(text, key)
    return key
  }

  /** Integers keep their digits: `wide` are those of more than 64 bits with a sign. */
  private number(from: number, to: number, key: JsonKey): number {
    const { json } = this
    if (json.digits) {
      if (to - from < 16) return kinds.integer
      const text = this.text(from, to)
      const value = BigInt(text)
      const exact = String(Number(text)) === text ? 0 : kinds.exact
      if (BigInt.asIntN(64, value) === value) return kinds.integer | exact
      if (BigInt.asIntN(128, value) === value) return kinds.wide | exact
      return kinds.endless
    }
    // A number among others decides nothing more.
    if ((key.kinds & kinds.number) !== 0) return kinds.number
    return isWhole(Number(this.text(from, to))) ? kinds.integer : kinds.number
  }

  private text(from: number, to: number): string {
    const { bytes } = this.json
    return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')
  }
}

/** Where a key ends that is spelled so, or -1. */
function endOfKey(bytes: Uint8Array, from: number, spelled: Uint8Array): number {
  const end = from + spelled.length
  for (let i = from, j = 0; i < end; i++, j++) if (bytes[i] !== spelled[j]) return -1
  return bytes[end] === QUOTE ? end + 1 : -1
}
