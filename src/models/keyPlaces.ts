import { first, put, start } from './hashed.ts'

/** Where keys stand in a list. */
export interface KeyPlaces {
  /** The place of the key; -1 where it is not there. */
  find(key: unknown): number
  /** The same, and adds a key that is not there, at the place. */
  findOrAdd(key: unknown, place: number): number
}

/**
 * Finds keys of a list that holds them itself (`at`): a hash and a place each, so that a million take a third of the time
 * that a map of them does. Keys are one as in a map; objects are told apart by what they are, not by what they hold.
 */
export function keyPlaces(at: (place: number) => unknown, expected = 32): KeyPlaces {
  let size = 2 ** Math.ceil(Math.log2(2 * expected + 2))
  let places = new Int32Array(size).fill(-1)
  let hashes = new Int32Array(size)
  let count = 0
  let hash = 0
  /** Where the key is, or would be. */
  const slotOf = (key: unknown): number => {
    start()
    put(isCompared(key) ? key : numberOf(key as object))
    hash = first() | 0
    for (let slot = hash & (size - 1); ; slot = (slot + 1) & (size - 1)) {
      const place = places[slot] as number
      if (place < 0 || (hashes[slot] === hash && isSame(at(place), key))) return slot
    }
  }
  const grow = (): void => {
    const [before, ofBefore] = [places, hashes]
    size *= 2
    places = new Int32Array(size).fill(-1)
    hashes = new Int32Array(size)
    for (let i = 0; i < before.length; i++) {
      const place = before[i] as number
      if (place < 0) continue
      const own = ofBefore[i] as number
      let slot = own & (size - 1)
      while ((places[slot] as number) >= 0) slot = (slot + 1) & (size - 1)
      places[slot] = place
      hashes[slot] = own
    }
  }
  return {
    find: (key) => places[slotOf(key)] as number,
    findOrAdd(key, place) {
      const slot = slotOf(key)
      const before = places[slot] as number
      if (before >= 0) return before
      places[slot] = place
      hashes[slot] = hash
      if (2 * ++count > size) grow()
      return -1
    },
  }
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
