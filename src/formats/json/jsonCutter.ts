import { AssayError } from '../../errors.ts'
import { countText } from '../../words/text/numbers.ts'
import { JsonAround } from './jsonAround.ts'
import { type JsonToken, nameOfKey } from './jsonScanner.ts'
import type { JsonShape } from './jsonShape.ts'
import { checkLength, decoded, type TextRecord } from '../lines/lines.ts'

/** A record that is too deep is a finding; a file of more levels than this is no table. */
const DEEPEST_FILE = 1_000_000

/**
 * Cuts the texts of a JSON file's records out of its marks, with the physical lines they begin at, whatever their
 * values are; what has no place among them is a problem.
 */
export class JsonCutter {
  readonly out: TextRecord[] = []
  /** Depth at which records stand. */
  private readonly at: number
  private readonly brackets: string[] = []
  private parts: Buffer[] | undefined
  private from = 0
  private started = 0
  /** Bytes of what is begun. */
  private length = 0
  /** Whether the reader is inside the array that holds the records. */
  private inside: boolean
  private done = false
  private key: Buffer[] | undefined
  private keyText = ''
  private comma: number | undefined
  /** What stands around the array, and where it goes on in the chunk. */
  private readonly around: JsonAround | undefined
  private outside = 0
  private readonly file: string
  private readonly shape: JsonShape

  constructor(file: string, shape: JsonShape) {
    this.file = file
    this.shape = shape
    this.at = { values: 0, elements: 1, property: 2 }[shape.kind]
    this.inside = shape.kind === 'values'
    this.around = shape.kind === 'property' ? new JsonAround(file) : undefined
  }

  /** Whether it stands where a record may begin. */
  get between(): boolean {
    return this.inside && this.parts === undefined
  }

  /** A record that was read otherwise; whether a comma follows it. */
  skip(line: number, comma: boolean): void {
    this.comma = comma ? line : undefined
  }

  /** Takes the next mark; returns whether it is not between records afterwards. */
  take(token: JsonToken, chunk: Buffer): boolean {
    const { kind, at, line, depth } = token
    if (kind === '{' || kind === '[') {
      if (this.brackets.length === DEEPEST_FILE)
        throw this.unreadable(line, `more than ${countText(DEEPEST_FILE, 'bracket')} are open at once`)
      this.brackets.push(kind === '{' ? '}' : ']')
    } else if (kind === '}' || kind === ']') {
      const wanted = this.brackets.pop()
      if (wanted !== kind) this.broken(line, kind, wanted)
    }
    if (!this.inside) this.enter(token, chunk)
    else if (depth === this.at && kind === ',' && this.at > 0) this.separate(at, line, chunk)
    else if (depth === this.at && kind === ']' && this.at > 0) this.leave(at, line, chunk)
    else if (!this.parts) this.begin(at, line)
    // Values that stand one after another end with their own bracket.
    if (this.at === 0 && this.parts && depth === 1 && (kind === '}' || kind === ']')) this.end(at + 1, chunk)
    return !this.between
  }

  /** Before and after the array: only the property that holds it matters. */
  private enter({ kind, at, line, depth }: JsonToken, chunk: Buffer): void {
    if (this.done) {
      if (depth === 0) {
        this.done = false
        if (kind === '[' && this.shape.kind === 'elements') this.inside = true
        else throw this.unreadable(line, 'something stands after the end of its first value')
      }
      return
    }
    if (this.shape.kind === 'elements') this.inside = kind === '[' && depth === 0
    else if (depth === 1) {
      if (kind === '"') {
        this.key = []
        this.length = 0
        this.started = line
        this.from = at
      } else if (kind === "'" && this.key) {
        this.key.push(chunk.subarray(this.from, at + 1))
        this.keyText = nameOfKey(this.key)
        this.key = undefined
      } else if (kind === '[' && this.shape.kind === 'property' && this.keyText === this.shape.name) {
        this.inside = true
        this.around?.add(chunk.subarray(this.outside, at + 1))
      }
    }
  }

  private begin(at: number, line: number): void {
    this.parts = []
    this.length = 0
    this.from = at
    this.started = line
    this.comma = undefined
  }

  private separate(at: number, line: number, chunk: Buffer): void {
    if (this.parts) this.end(at, chunk)
    else this.out.push({ line, text: '', problem: 'a comma without a record before it' })
    this.comma = line
  }

  private leave(at: number, line: number, chunk: Buffer): void {
    if (this.parts) this.end(at, chunk)
    else if (this.comma !== undefined) this.out.push({ line, text: '', problem: 'a comma without a record after it' })
    this.comma = undefined
    this.inside = false
    this.done = true
    this.outside = at
    this.around?.goOn(line)
  }

  private end(at: number, chunk: Buffer): void {
    const parts = this.parts ?? []
    parts.push(chunk.subarray(this.from, at))
    this.out.push(decoded(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts), this.started, this.file))
    this.parts = undefined
  }

  endOfChunk(chunk: Buffer): void {
    const open = this.parts ?? this.key
    if (open) {
      open.push(Buffer.from(chunk.subarray(this.from)))
      this.length += chunk.length - this.from
      checkLength(this.length, this.started, this.file)
    }
    this.from = 0
    if (!this.inside) this.around?.add(chunk.subarray(this.outside))
    this.outside = 0
  }

  /** A text that goes on where the file ends was cut off. */
  finish(line: number): void {
    if (this.parts && this.brackets.length > this.at) {
      const text = Buffer.concat(this.parts).subarray(0, 80).toString('utf8')
      this.out.push({ line: this.started, text, problem: `the file ends in line ${line}, inside this record` })
      return
    }
    if (this.parts) this.out.push(decoded(Buffer.concat(this.parts), this.started, this.file))
    if (this.brackets.length > 0)
      this.out.push({ line, text: '', problem: `the file ends before its ${JSON.stringify(this.brackets[0])}` })
    else {
      const problem = this.around?.problem()
      if (problem) this.out.push(problem)
    }
  }

  private broken(line: number, kind: string, wanted: string | undefined): never {
    throw this.unreadable(
      line,
      wanted === undefined
        ? `there is a ${JSON.stringify(kind)} that closes nothing`
        : `there is a ${JSON.stringify(kind)} where a ${JSON.stringify(wanted)} is due`,
    )
  }

  private unreadable(line: number, what: string): AssayError {
    return new AssayError('unreadable-file', `${JSON.stringify(this.file)} is no valid JSON: in line ${line} ${what}`, {
      hint: 'see whether the file was cut, or put together from several ones',
    })
  }
}
