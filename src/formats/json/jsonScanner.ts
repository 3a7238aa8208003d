import { BACKSLASH, CLOSE, CLOSE_LIST, LINE_FEED, OPEN, OPEN_LIST, QUOTE } from './jsonBytes.ts'

/** What stands at a place of a JSON text: the byte of the mark, or of a value's first character. */
export interface JsonToken {
  /** `{`, `}`, `[`, `]`, `,`, `:`, `"` (a string's first quote), `'` (its last), `v` (any other value's first byte). */
  readonly kind: string
  /** Place in the chunk. */
  readonly at: number
  /** Physical line. */
  readonly line: number
  /** How many brackets are open before the mark. */
  readonly depth: number
}

const marks = new Uint8Array(256)
for (const mark of '{}[],:"') marks[mark.charCodeAt(0)] = 1
for (const space of ' \t\r\n') marks[space.charCodeAt(0)] = 2

/** Finds the marks of JSON in bytes that come in chunk by chunk. Values are not looked at; strings are skipped. */
export class JsonScanner {
  private depth = 0
  /** The physical line it stands in. */
  line = 1
  private inString = false
  private escaped = false
  private inValue = false
  private readonly deepest: number

  /** Marks inside more brackets than `deepest` are passed over. */
  constructor(deepest = Number.POSITIVE_INFINITY) {
    this.deepest = deepest
  }

  /** Calls back for each mark between two places, until that returns false; returns where it stopped. */
  feed(chunk: Uint8Array, from: number, to: number, onToken: (token: JsonToken) => boolean): number {
    for (let at = from; at < to; at++) {
      const byte = chunk[at] as number
      if (this.inString) {
        if (this.escaped) this.escaped = false
        else if (byte === BACKSLASH) this.escaped = true
        else if (byte === QUOTE) {
          this.inString = false
          if (this.depth <= this.deepest && !onToken({ kind: "'", at, line: this.line, depth: this.depth }))
            return at + 1
        }
        if (byte === LINE_FEED) this.line++
        continue
      }
      const mark = marks[byte]
      if (mark === 0) {
        if (this.inValue) continue
        this.inValue = true
        if (this.depth <= this.deepest && !onToken({ kind: 'v', at, line: this.line, depth: this.depth })) return at + 1
        continue
      }
      this.inValue = false
      if (mark === 2) {
        if (byte === LINE_FEED) this.line++
        continue
      }
      if (!this.mark(byte, at, onToken)) return at + 1
    }
    return to
  }

  private mark(byte: number, at: number, onToken: (token: JsonToken) => boolean): boolean {
    const depth = this.depth
    if (byte === QUOTE) this.inString = true
    else if (byte === OPEN || byte === OPEN_LIST) this.depth++
    else if (byte === CLOSE || byte === CLOSE_LIST) this.depth = Math.max(0, depth - 1)
    return depth > this.deepest || onToken({ kind: String.fromCharCode(byte), at, line: this.line, depth })
  }
}

/** The name that a key spells, quotes included; as it stands where it spells none. */
export function nameOfKey(parts: readonly Uint8Array[]): string {
  const quoted = Buffer.concat(parts).toString('utf8')
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}
