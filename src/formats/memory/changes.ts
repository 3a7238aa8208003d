import { isDate } from '../../sql/sql.ts'
import { arrowParts } from '../arrow/arrowParts.ts'
import type { Snapshot } from '../source.ts'
import { type Columns, isVector } from './columnValues.ts'
import { unreadable } from './unreadable.ts'

/** An object of columns as it is now. */
export function columnsSnapshot(columns: Columns): Snapshot {
  return partsSnapshot('the columns', () =>
    Object.entries(columns).map(([name, values]) => [name, columnParts(values)]),
  )
}

function columnParts(values: ArrayLike<unknown>): unknown {
  if (isVector(values)) return [String(values.type), arrowParts(values.data)]
  // Of a list that says how it is written the values are read all the same.
  return Array.isArray(values) && 'toJSON' in values ? Array.from(values) : values
}

/** What something is made of now; `words` say what it is. */
export function partsSnapshot(words: string, parts: () => readonly unknown[]): Snapshot {
  let known: Held
  try {
    known = held(parts())
  } catch (cause) {
    throw unreadable(words, cause)
  }
  return {
    same() {
      try {
        return isStill(known, parts())
      } catch {
        // Who reads them anew says which cannot be read.
        return false
      }
    },
  }
}

/** What a value was: itself, a date like it, or what an object held. */
export type Held = unknown

class Copy {
  readonly prototype: unknown
  readonly parts: readonly Held[] | Uint8Array
  /** Whether it stands in the value more than once. */
  isShared = false

  constructor(prototype: unknown, parts: readonly Held[] | Uint8Array) {
    this.prototype = prototype
    this.parts = parts
  }
}

const DEEPEST = 200

/** What a value is now. */
export function held(value: unknown): Held {
  if (typeof value !== 'object' || value === null) return value
  return isMereDate(value) ? new Date(value.getTime()) : copied(value, [], new Map())
}

/** What stands in a value several times is copied once. */
function copied(value: object, within: readonly object[], made: Map<object, Copy>): Held {
  // What reaches into itself is refused when it is read.
  if (within.length > DEEPEST || within.includes(value)) return value
  const before = made.get(value)
  if (before) {
    before.isShared = true
    return before
  }
  const parts = partsOf(value)
  const path = [...within, value]
  const copies = parts instanceof Uint8Array ? parts.slice() : parts.map((part) => copiedPart(part, path, made))
  const copy = new Copy(Object.getPrototypeOf(value), copies)
  made.set(value, copy)
  return copy
}

const copiedPart = (part: unknown, path: readonly object[], made: Map<object, Copy>): Held =>
  typeof part === 'object' && part !== null && !isMereDate(part) ? copied(part, path, made) : held(part)

const isMereDate = (value: object): value is Date => Object.getPrototypeOf(value) === Date.prototype && isDate(value)

/** Whether a value is what it was; `still` are what shared parts were found to be. */
export function isStill(before: Held, now: unknown, still?: Map<Copy, object>): boolean {
  if (before === now) return now !== 0 || Object.is(before, now)
  if (before instanceof Date)
    return typeof now === 'object' && now !== null && isMereDate(now) && Object.is(before.getTime(), now.getTime())
  if (!(before instanceof Copy)) return Object.is(before, now)
  if (typeof now !== 'object' || now === null || Object.getPrototypeOf(now) !== before.prototype) return false
  if (!before.isShared) return holdsStill(before, now, still)
  if (still?.get(before) === now) return true
  if (!holdsStill(before, now, still)) return false
  still?.set(before, now)
  return true
}

function holdsStill({ parts }: Copy, now: object, still = new Map<Copy, object>()): boolean {
  if (isOfMembers(now)) return hasStill(parts, now, still)
  const others = partsOf(now)
  if (parts.length !== others.length) return false
  if (parts instanceof Uint8Array) return others instanceof Uint8Array && Buffer.compare(parts, others) === 0
  for (let i = 0; i < parts.length; i++) if (!isStill(parts[i], others[i], still)) return false
  return true
}

/** Whether an object is what its own members are. */
function isOfMembers(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && !('toJSON' in value)
}

/** Whether names and values are still those, one after another; no list of them is made for it. */
function hasStill(
  parts: readonly Held[] | Uint8Array,
  now: Readonly<Record<string, unknown>>,
  still: Map<Copy, object>,
): boolean {
  let at = 0
  for (const name of Object.keys(now)) if (name !== parts[at++] || !isStill(parts[at++], now[name], still)) return false
  return at === parts.length
}

/** What is read of an object, one after another. */
function partsOf(value: object): readonly unknown[] | Uint8Array {
  if (isDate(value)) return [value.getTime()]
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  // Objects of libraries keep for themselves what they have worked out; what they are is what they write.
  if ('toJSON' in value && typeof value.toJSON === 'function') return [value.toJSON() as unknown]
  if (Array.isArray(value)) return value
  if (value instanceof Map) return [...value].flat()
  if (value instanceof Set) return [...value]
  return Object.entries(value).flat()
}
