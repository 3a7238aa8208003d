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

const QUOTE = 34
const BACKSLASH = 92
const NEWLINE = 10

const marks = new Uint8Array(256)
for (const mark of '{}[],:"') marks[mark.charCodeAt(0)] = 1
for (const space of ' \t\r\n') marks[space.charCodeAt(0)] = 2

/** Finds the marks of JSON in bytes that come in chunk by chunk. Values are not looked at; strings are skipped. */
export class JsonScanner {
  private depth = 0
  private line = 1
  private inString = false
  private escaped = false
  private inValue = false

  /** Calls back for each mark; false stops. */
  feed(chunk: Uint8Array, found: (token: JsonToken) => boolean): boolean {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (this.inString) {
        if (this.escaped) this.escaped = false
        else if (byte === BACKSLASH) this.escaped = true
        else if (byte === QUOTE) {
          this.inString = false
          if (!found({ kind: "'", at, line: this.line, depth: this.depth })) return false
        }
        if (byte === NEWLINE) this.line++
        continue
      }
      const mark = marks[byte]
      if (mark === 0) {
        if (this.inValue) continue
        this.inValue = true
        if (!found({ kind: 'v', at, line: this.line, depth: this.depth })) return false
        continue
      }
      this.inValue = false
      if (mark === 2) {
        if (byte === NEWLINE) this.line++
        continue
      }
      if (!this.mark(String.fromCharCode(byte), at, found)) return false
    }
    return true
  }

  private mark(kind: string, at: number, found: (token: JsonToken) => boolean): boolean {
    const depth = this.depth
    if (kind === '"') this.inString = true
    else if (kind === '{' || kind === '[') this.depth++
    else if (kind === '}' || kind === ']') this.depth = Math.max(0, depth - 1)
    return found({ kind, at, line: this.line, depth })
  }

  /** Where the text stands now. */
  get end(): { readonly line: number; readonly depth: number; readonly inString: boolean } {
    return { line: this.line, depth: this.depth, inString: this.inString }
  }
}
