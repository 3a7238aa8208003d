/**
 * A reproducible source of numbers in [0, 1): the same seed gives the same sequence on every machine. Not for secrets.
 * Text seeds are hashed (FNV-1a), the generator is mulberry32.
 */
export function seeded(seed: number | string): () => number {
  let state = typeof seed === 'number' ? seed | 0 : hash(seed)
  return () => {
    state = (state + STEP) | 0
    return (mixed(state) >>> 0) / 4294967296
  }
}

/** Puts a list into an order of its own, in place: each order is as likely (Fisher and Yates; Durstenfeld 1964). */
export function shuffle<T>(list: { [place: number]: T; readonly length: number }, random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    const item = list[i] as T
    list[i] = list[other] as T
    list[other] = item
  }
}

/** Draws of a generator: each call fills a list with its next 32-bit numbers. */
export type RandomWords = (into: Uint32Array) => void

/** The generator of `seeded` for many numbers at once: 2^32 times what that returns. */
export function seededWords(seed: number): RandomWords {
  let state = seed | 0
  return (into) => {
    // A number that outlives a call is an object anew each time it changes.
    let own = state
    for (let i = 0; i < into.length; i++) {
      own = (own + STEP) | 0
      into[i] = mixed(own)
    }
    state = own
  }
}

const STEP = 0x6d2b79f5

function mixed(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return t ^ (t >>> 14)
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}
