/** The bytes that mean something in JSON. */
export const QUOTE = 34
const BACKSLASH = 92
export const COMMA = 44
export const COLON = 58
export const OPEN = 123
export const CLOSE = 125
export const OPEN_LIST = 91
export const CLOSE_LIST = 93
export const LINE_FEED = 10
/** How many brackets of a value may be open at once. */
export const DEEPEST = 100_000
const MINUS = 45
const PLUS = 43
const POINT = 46
const ZERO = 48
const NINE = 57
const LOWER_U = 117

/**
 * Passes over JSON values in bytes, exactly as JSON.parse takes them, except that half a surrogate pair is none. Each
 * method takes where a value begins and returns where it ends, or -1; then `stop` is the byte that cannot stand where
 * it stands. What follows the bytes must be one that stands nowhere, so that no loop looks for the end of the bytes: a
 * value that stops there may go on.
 */
export class JsonBytes {
  bytes: Uint8Array = new Uint8Array(1)
  stop = 0
  /** Why the last one cannot be read, where it is JSON: it is too deep, holds half a surrogate pair or a key twice. */
  why: 'deep' | 'half' | 'twice' | undefined
  /** Of the number that was passed last: whether it is a mere row of digits, and not -0. */
  digits = false
  /** How many line feeds stood between values, and in strings that were passed whatever they hold. */
  feeds = 0
  private readonly spaces = new Uint8Array(256)
  private readonly brackets = new Uint8Array(DEEPEST)

  /** `spaces` are the characters that may stand between values. */
  constructor(spaces: string) {
    for (const space of spaces) this.spaces[space.charCodeAt(0)] = 1
  }

  space(from: number): number {
    const { bytes, spaces } = this
    let at = from
    let byte = bytes[at] as number
    while (spaces[byte] === 1) {
      if (byte === LINE_FEED) this.feeds++
      byte = bytes[++at] as number
    }
    return at
  }

  string(from: number): number {
    const { bytes } = this
    let at = from + 1
    for (;;) {
      const byte = bytes[at] as number
      if (byte === QUOTE) return at + 1
      if (byte === BACKSLASH) {
        at = this.escape(at)
        if (at < 0) return -1
      } else if (byte < 32) return this.no(at)
      else at++
    }
  }

  /** From inside a string to its end before `to`, whatever it holds; -1 where there is none: `stop` is where it goes on. */
  quoted(from: number, to: number): number {
    const { bytes } = this
    let at = from
    while (at < to) {
      const byte = bytes[at] as number
      if (byte === QUOTE) return at + 1
      if (byte === LINE_FEED) this.feeds++
      if (byte !== BACKSLASH) at++
      else if (at + 1 === to) break
      else {
        if (bytes[at + 1] === LINE_FEED) this.feeds++
        at += 2
      }
    }
    return this.no(at)
  }

  number(from: number): number {
    const { bytes } = this
    let at = from
    if (bytes[at] === MINUS) at++
    let byte = bytes[at] as number
    this.digits = byte !== ZERO || at === from
    if (byte === ZERO) byte = bytes[++at] as number
    else if (byte > ZERO && byte <= NINE) {
      do byte = bytes[++at] as number
      while (byte >= ZERO && byte <= NINE)
    } else return this.no(at)
    if (byte === POINT) {
      this.digits = false
      byte = bytes[++at] as number
      if (!(byte >= ZERO && byte <= NINE)) return this.no(at)
      do byte = bytes[++at] as number
      while (byte >= ZERO && byte <= NINE)
    }
    if (byte === 101 || byte === 69) {
      this.digits = false
      byte = bytes[++at] as number
      if (byte === MINUS || byte === PLUS) byte = bytes[++at] as number
      if (!(byte >= ZERO && byte <= NINE)) return this.no(at)
      do byte = bytes[++at] as number
      while (byte >= ZERO && byte <= NINE)
    }
    return at
  }

  /** `true`, `false` or `null`. */
  word(from: number): number {
    const first = this.bytes[from]
    if (first === 116) return this.rest('true', from)
    if (first === 102) return this.rest('false', from)
    return first === 110 ? this.rest('null', from) : this.no(from)
  }

  /** Any value, without recursion; one that is too deep is none. */
  value(from: number): number {
    const { bytes } = this
    let depth = 0
    let at = from
    for (;;) {
      const byte = bytes[at] as number
      if (byte === OPEN || byte === OPEN_LIST) {
        if (depth === DEEPEST) return this.no(at, 'deep')
        this.brackets[depth++] = byte
        at = this.space(at + 1)
        if (bytes[at] === byte + 2) {
          at++
          depth--
        } else {
          if (byte === OPEN) at = this.key(at)
          if (at < 0) return -1
          continue
        }
      } else {
        at = byte === QUOTE ? this.string(at) : byte === MINUS || byte <= NINE ? this.number(at) : this.word(at)
        if (at < 0) return -1
      }
      for (;;) {
        if (depth === 0) return at
        at = this.space(at)
        const next = bytes[at] as number
        const open = this.brackets[depth - 1] as number
        if (next === COMMA) {
          at = this.space(at + 1)
          if (open === OPEN) at = this.key(at)
          if (at < 0) return -1
          break
        }
        if (next !== open + 2) return this.no(at)
        at++
        depth--
      }
    }
  }

  /** From a key to the value it names. */
  private key(from: number): number {
    if (this.bytes[from] !== QUOTE) return this.no(from)
    const end = this.string(from)
    return end < 0 ? -1 : this.colon(end)
  }

  /** From the end of a key to its value. */
  colon(from: number): number {
    const { bytes } = this
    const at = bytes[from] === COLON ? from : this.space(from)
    if (bytes[at] !== COLON) return this.no(at)
    return (bytes[at + 1] as number) > 32 ? at + 1 : this.space(at + 1)
  }

  no(at: number, why?: 'deep' | 'half' | 'twice'): -1 {
    this.stop = at
    this.why = why
    return -1
  }

  private rest(word: string, from: number): number {
    const { bytes } = this
    for (let i = 1; i < word.length; i++) if (bytes[from + i] !== word.charCodeAt(i)) return this.no(from + i)
    return from + word.length
  }

  /** From a backslash to what stands after the character it spells. */
  private escape(from: number): number {
    const { bytes } = this
    const byte = bytes[from + 1] as number
    if (byte !== LOWER_U) return escapes.includes(byte) ? from + 2 : this.no(from + 1)
    const unit = this.unit(from)
    if (unit < 0 || unit < 0xd800 || unit > 0xdfff) return unit < 0 ? -1 : from + 6
    if (unit > 0xdbff) return this.no(from, 'half')
    if (bytes[from + 6] !== BACKSLASH) return this.no(from + 6, 'half')
    if (bytes[from + 7] !== LOWER_U) return this.no(from + 7, 'half')
    const low = this.unit(from + 6)
    if (low < 0) return -1
    return low >= 0xdc00 && low <= 0xdfff ? from + 12 : this.no(from, 'half')
  }

  /** The code unit that `\uXXXX` spells. */
  private unit(from: number): number {
    let unit = 0
    for (let at = from + 2; at < from + 6; at++) {
      const digit = hexadecimal[this.bytes[at] as number] as number
      if (digit > 15) return this.no(at)
      unit = unit * 16 + digit
    }
    return unit
  }
}

/** The name that a key spells, which is valid between its quotes. */
export function nameOf(spelled: Buffer): string {
  const name = spelled.toString('utf8')
  return name.includes('\\') ? String(JSON.parse(`"${name}"`)) : name
}

const escapes = Array.from('"\\/bfnrt', (character) => character.charCodeAt(0))
const hexadecimal = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return /^[0-9a-f]$/i.test(character) ? Number.parseInt(character, 16) : 16
})
