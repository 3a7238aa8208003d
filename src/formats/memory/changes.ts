import { isDate } from '../../sql/sql.ts'
import { arrowParts } from '../arrow/arrowParts.ts'
import type { Snapshot } from '../source.ts'
import { type Columns, isVector } from './columnValues.ts'

/** Rows in memory as they are now. To be asked later they are walked: 1,000 rows of ten cells take a tenth of a millisecond. */
export function recordsSnapshot(records: readonly unknown[]): Snapshot {
  const names: (readonly string[] | undefined)[] = []
  const cells: Held[] = []
  let previous: readonly string[] = []
  for (const record of records) {
    if (!isRecord(record)) {
      names.push(undefined)
      cells.push(record)
      continue
    }
    const keys = Object.keys(record)
    // Records that are alike share their names.
    if (!equal(keys, previous)) previous = keys
    names.push(previous)
    for (const name of previous) cells.push(held(record[name], []))
  }
  const same = (): boolean => {
    if (records.length !== names.length) return false
    let at = 0
    for (let i = 0; i < names.length; i++) {
      const record = records[i]
      const known = names[i]
      if (!known) {
        if (record !== cells[at++]) return false
        continue
      }
      if (!isRecord(record)) return false
      let count = 0
      for (const name in record) if (name !== known[count++] && !ownNames(record, known)) return false
      if (count < known.length) return false
      for (const name of known) if (!isStill(cells[at++], record[name])) return false
    }
    return true
  }
  return { same }
}

/** An object of columns as it is now. */
export function columnsSnapshot(columns: Columns): Snapshot {
  return partsSnapshot(() => Object.entries(columns).map(([name, values]) => [name, columnParts(values)]))
}

const columnParts = (values: ArrayLike<unknown>): unknown => (isVector(values) ? arrowParts(values.data) : values)

/** What something is made of now. */
export function partsSnapshot(parts: () => readonly unknown[]): Snapshot {
  const known = held(parts(), [])
  return { same: () => isStill(known, parts()) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i])
}

/** For records that inherit names: whether their own ones are those. */
function ownNames(record: object, known: readonly string[]): boolean {
  return equal(Object.keys(record), known)
}

/** What a value was: itself, or what an object held. */
type Held = unknown

class Copy {
  readonly prototype: unknown
  readonly parts: readonly Held[] | Uint8Array

  constructor(prototype: unknown, parts: readonly Held[] | Uint8Array) {
    this.prototype = prototype
    this.parts = parts
  }
}

const DEEPEST = 200

function held(value: unknown, within: readonly object[]): Held {
  // What reaches into itself is refused when it is read.
  if (typeof value !== 'object' || value === null || within.length > DEEPEST || within.includes(value)) return value
  const parts = partsOf(value)
  if (parts instanceof Uint8Array) return new Copy(Object.getPrototypeOf(value), parts.slice())
  const path = [...within, value]
  const copies = parts.map((part) => held(part, path))
  return new Copy(Object.getPrototypeOf(value), copies)
}

function isStill(before: Held, now: unknown): boolean {
  if (before === now) return now !== 0 || Object.is(before, now)
  if (!(before instanceof Copy)) return Object.is(before, now)
  if (typeof now !== 'object' || now === null || Object.getPrototypeOf(now) !== before.prototype) return false
  const { parts } = before
  if (isOfMembers(now)) return hasStill(parts, now)
  const others = partsOf(now)
  if (parts.length !== others.length) return false
  if (parts instanceof Uint8Array) return others instanceof Uint8Array && Buffer.compare(parts, others) === 0
  for (let i = 0; i < parts.length; i++) if (!isStill(parts[i], others[i])) return false
  return true
}

/** Whether an object is what its own members are. */
function isOfMembers(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && !('toJSON' in value)
}

/** Whether names and values are still those, one after another; no list of them is made for it. */
function hasStill(parts: readonly Held[] | Uint8Array, now: Readonly<Record<string, unknown>>): boolean {
  let at = 0
  for (const name of Object.keys(now)) if (name !== parts[at++] || !isStill(parts[at++], now[name])) return false
  return at === parts.length
}

/** What an object holds, one after another. */
function partsOf(value: object): readonly unknown[] | Uint8Array {
  if (Array.isArray(value)) return value
  if (isDate(value)) return [value.getTime()]
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (value instanceof Map) return [...value].flat()
  if (value instanceof Set) return [...value]
  // Objects of libraries keep for themselves what they have worked out; what they are is what they write.
  if ('toJSON' in value && typeof value.toJSON === 'function') return [value.toJSON() as unknown]
  return Object.entries(value).flat()
}
