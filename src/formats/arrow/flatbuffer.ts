/** What a slot of a table holds, where it points elsewhere; slots of plain numbers are left out. */
export type Slot =
  | 'string'
  | { readonly table: () => TableLayout }
  | { readonly tables: () => TableLayout }
  /** A vector of structs or numbers of so many bytes. */
  | { readonly each: number }
  /** A union: the number in the slot before says which table it is. */
  | { readonly union: readonly (TableLayout | undefined)[] }

/** The slots of a table, by their number in the schema of the format. */
export type TableLayout = Readonly<Record<number, Slot>>

/** Tables in tables, at most. */
const DEEPEST = 128

/** A table of a buffer that was checked: its numbers, tables and vectors can be read without a look at their bounds. */
export class FlatTable {
  readonly view: DataView
  private readonly at: number

  constructor(view: DataView, at: number) {
    this.view = view
    this.at = at
  }

  /** Where a slot's value lies; undefined where it has none. */
  slot(number: number): number | undefined {
    const fields = this.at - this.view.getInt32(this.at, true)
    if (4 + 2 * number >= this.view.getUint16(fields, true)) return undefined
    const offset = this.view.getUint16(fields + 4 + 2 * number, true)
    return offset === 0 ? undefined : this.at + offset
  }

  byte(number: number): number {
    const at = this.slot(number)
    return at === undefined ? 0 : this.view.getUint8(at)
  }

  /** A 64-bit number, rounded where JavaScript's numbers are. */
  long(number: number): number {
    const at = this.slot(number)
    return at === undefined ? 0 : Number(this.view.getBigInt64(at, true))
  }

  table(number: number): FlatTable | undefined {
    const at = this.slot(number)
    return at === undefined ? undefined : new FlatTable(this.view, at + this.view.getInt32(at, true))
  }

  tables(number: number): readonly FlatTable[] {
    const { start, length } = this.vector(number)
    return Array.from({ length }, (_, i) => {
      const at = start + 4 * i
      return new FlatTable(this.view, at + this.view.getInt32(at, true))
    })
  }

  /** Where a vector's elements start, and how many there are. */
  vector(number: number): { readonly start: number; readonly length: number } {
    const at = this.slot(number)
    if (at === undefined) return { start: 0, length: 0 }
    const start = at + this.view.getInt32(at, true)
    return { start: start + 4, length: this.view.getInt32(start, true) }
  }
}

/**
 * The root table of a flatbuffer, all of whose offsets, lengths and depths have been checked. Decoders take those for
 * granted: they run for ever or fill the memory where a vector says it has 2^31 elements or a table holds itself.
 */
export function flatbuffer(bytes: Uint8Array, shape: TableLayout): FlatTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = bytes.byteLength
  // Parts may be shared, but a buffer that is all shared parts takes more than its size to read.
  let left = 8 * size
  const within = (at: number, length: number): void => {
    left -= length
    if (at < 0 || length < 0 || at + length > size || left < 0) throw new RangeError('its parts lie beyond its end')
  }
  const pointed = (at: number): number => {
    within(at, 4)
    return at + view.getInt32(at, true)
  }
  const vector = (at: number, each: number): { start: number; length: number } => {
    const start = pointed(at)
    within(start, 4)
    const length = view.getInt32(start, true)
    within(start + 4, length * each)
    return { start: start + 4, length }
  }
  const check = (at: number, slots: TableLayout, depth: number): void => {
    if (depth > DEEPEST) throw new RangeError(`its parts lie more than ${DEEPEST} deep in each other`)
    within(at, 4)
    const fields = at - view.getInt32(at, true)
    if (fields < 0 || fields + 4 > size) throw new RangeError('its parts lie beyond its end')
    const known = view.getUint16(fields, true)
    const length = view.getUint16(fields + 2, true)
    if (known < 4 || known > 32_766 || fields + known > size) throw new RangeError('its parts lie beyond its end')
    within(at, length)
    for (let i = 4; i + 1 < known; i += 2) {
      const offset = view.getUint16(fields + i, true)
      if (offset !== 0 && (offset < 4 || offset >= length)) throw new RangeError('its parts lie beyond each other')
    }
    const table = new FlatTable(view, at)
    for (const [number, slot] of Object.entries(slots)) {
      const place = table.slot(Number(number))
      if (place === undefined) continue
      if (slot === 'string') vector(place, 1)
      else if ('each' in slot) vector(place, slot.each)
      else if ('table' in slot) check(pointed(place), slot.table(), depth + 1)
      else if ('union' in slot) check(pointed(place), slot.union[table.byte(Number(number) - 1)] ?? {}, depth + 1)
      else {
        const { start, length: count } = vector(place, 4)
        for (let i = 0; i < count; i++) check(pointed(start + 4 * i), slot.tables(), depth + 1)
      }
    }
  }
  const root = pointed(0)
  check(root, shape, 0)
  return new FlatTable(view, root)
}
