import { first, put, start } from './hashed.ts'

/** Where keys stand in a list. */
export interface KeyPlaces {
  /** The place of the key; -1 where it is not there. */
  find(key: unknown): number
  /** The same, and adds a key that is not there, at the place. */
  findOrAdd(key: unknown, place: number): number
  /** Forgets all keys. */
  clear(): void
}

/** Slots of a table that is kept, cleared, for the next list. */
const KEPT = 2 ** 16

/**
 * Finds keys of a list that holds them itself (`at`): a hash and a place each, so that a million take a third of the time
 * that a map of them does. Keys are one as in a map; objects are told apart by what they are, not by what they hold.
 */
export function keyPlaces(at: (place: number) => unknown, expected = 32): KeyPlaces {
  const sizeOf = (keys: number): number => 2 ** Math.ceil(Math.log2(2 * keys + 2))
  let size = sizeOf(expected)
  // A hash and, from 1, a place: side by side, since of a large table each look is a wait for the memory.
  let table = new Int32Array(2 * size)
  let count = 0
  let hash = 0
  /** Where the key is, or would be. */
  const slotOf = (key: unknown): number => {
    hash = hashOf(key)
    for (let slot = hash & (size - 1); ; slot = (slot + 1) & (size - 1)) {
      const place = table[2 * slot + 1] as number
      if (place === 0 || (table[2 * slot] === hash && isSame(at(place - 1), key))) return slot
    }
  }
  const grow = (): void => {
    const before = table
    size *= 2
    table = new Int32Array(2 * size)
    for (let i = 0; i < before.length; i += 2) {
      const place = before[i + 1] as number
      if (place === 0) continue
      const own = before[i] as number
      let slot = own & (size - 1)
      while (table[2 * slot + 1] !== 0) slot = (slot + 1) & (size - 1)
      table[2 * slot] = own
      table[2 * slot + 1] = place
    }
  }
  return {
    find: (key) => (table[2 * slotOf(key) + 1] as number) - 1,
    findOrAdd(key, place) {
      const slot = slotOf(key)
      const before = table[2 * slot + 1] as number
      if (before > 0) return before - 1
      table[2 * slot] = hash
      table[2 * slot + 1] = place + 1
      if (2 * ++count > size) grow()
      return -1
    },
    clear() {
      if (size <= KEPT) table.fill(0)
      else {
        size = sizeOf(expected)
        table = new Int32Array(2 * size)
      }
      count = 0
    },
  }
}

let lastKey: unknown = {}
let lastHash = 0

function hashOf(key: unknown): number {
  if (typeof key === 'number' && (key | 0) === key) return mixed(key)
  // A key is looked for in one list after another.
  if (key === lastKey) return lastHash
  start()
  put(isCompared(key) ? key : numberOf(key as object))
  lastKey = key
  lastHash = first() | 0
  return lastHash
}

/** A whole number whose bits all hang on all of the given one's: the last step of MurmurHash3. */
function mixed(whole: number): number {
  let bits = whole
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

const isCompared = (key: unknown): boolean => (typeof key !== 'object' && typeof key !== 'function') || key === null

const isSame = (one: unknown, other: unknown): boolean => one === other || (one !== one && other !== other)

const numbers = new WeakMap<object, number>()
let objects = 0

function numberOf(key: object): number {
  const known = numbers.get(key) ?? objects++
  numbers.set(key, known)
  return known
}
