import { AssayError } from '../../errors.ts'
import { ByteCounter } from '../../bytes/countByte.ts'
import { type PassedOver, PassingOver } from './passingOver.ts'
import type { TextDialect } from './textDialect.ts'

const LF = 10
const CR = 13

/** Why a record has no cells that can be told apart. */
export type RecordProblem = 'unclosed' | 'after' | 'long'

/** A record as it stands in `bytes`; the same object is used for every record. */
export interface ScannedRecord {
  bytes: Buffer
  /** Where `bytes` starts in the file. */
  base: number
  start: number
  /** Where its line end starts. */
  end: number
  /** The physical line it starts at, from 1. */
  line: number
  cells: number
  lineEnd: '\n' | '\r\n' | '\r' | ''
  /** Some unquoted cell holds a quote. */
  stray: boolean
  problem: RecordProblem | undefined
  /** What is no text in its encoding, or a zero, stands in this record or in another of the same bytes. */
  suspicious: boolean
}

/** Bytes to divide. */
export interface ScannedBytes {
  readonly bytes: Buffer
  readonly base: number
  readonly end: number
  /** Nothing comes after `end`. */
  readonly last: boolean
  readonly suspicious: boolean
}

/** The longest record that is read, in bytes: a quote that is not closed must not swallow the file. */
const LONGEST_RECORD = 60_000_000

/** The longest line that is waited for, in bytes: one that does not end must not fill the memory, or the disk. */
export const LONGEST_LINE = 2 * LONGEST_RECORD

/** What a text ends with whose line goes on and on; `where` names it. */
export function tooLong(where: string): AssayError {
  return new AssayError('unreadable-file', `${where} is longer than ${LONGEST_LINE / 1e6} MB`, {
    hint: 'is this delimited text? Its line ends or its quotes may be others',
  })
}

/**
 * Divides bytes into records, one after the other. LF, CRLF and CR outside quotes end a record. A cell that starts
 * with a quote ends with the quote that is followed by a delimiter or a line end; when something else follows, or no
 * quote does, the record is a problem that ends with its first line, and the next line starts a new record.
 */
export class RecordScanner {
  /** Lines that were comments. */
  comments = 0
  /** The physical line the next record starts at. */
  line: number
  private readonly delimiter: number
  private readonly quote: number
  private readonly escape: number
  private readonly comment: number
  private readonly top: number
  private readonly passing: PassingOver
  /** The physical lines of the record that is walked through. */
  private lines = 1
  private readonly record: ScannedRecord = {
    bytes: Buffer.alloc(0),
    base: 0,
    start: 0,
    end: 0,
    line: 1,
    cells: 1,
    lineEnd: '',
    stray: false,
    problem: undefined,
    suspicious: false,
  }

  constructor({ delimiter, quote, escape, comment }: TextDialect, line: number) {
    const code = (text: string): number => (text === '' ? -1 : text.charCodeAt(0))
    this.delimiter = code(delimiter)
    this.quote = code(quote)
    this.escape = code(escape)
    this.comment = code(comment)
    this.top = Math.max(this.delimiter, this.quote, CR)
    this.passing = new PassingOver(this.delimiter, this.quote)
    this.line = line
  }

  /**
   * Calls `each` for every record that is complete in the bytes before `end`, until it returns true. Returns
   * where the first record that is not complete starts. `bytes` must be longer than `end`. Plain lines may be `over`.
   */
  scan(piece: ScannedBytes, each: (record: ScannedRecord) => boolean, over?: PassedOver): number {
    const { bytes, end } = piece
    // With a line end after the last byte, no loop has to look for the end of the bytes.
    const after = bytes[end] as number
    bytes[end] = LF
    const next = this.records(piece, each, over)
    bytes[end] = after
    if (over) this.passing.scanned({ base: piece.base, next }, over)
    return next
  }

  private records(piece: ScannedBytes, each: (record: ScannedRecord) => boolean, over: PassedOver | undefined): number {
    const { bytes, end, last, suspicious } = piece
    const { delimiter, quote, escape, comment, record } = this
    record.bytes = bytes
    record.base = piece.base
    record.suspicious = suspicious
    const delimiters = new ByteCounter(bytes, delimiter)
    const placeOf = (byte: number, from: number): number => {
      const place = byte < 0 ? -1 : bytes.indexOf(byte, from)
      return place < 0 ? bytes.length : place
    }
    let lineFeed = -1
    let carriageReturn = -1
    let nextQuote = -1
    let at = 0
    const passing = over && !suspicious && comment < 0 ? this.passing.through(bytes.subarray(0, end), over) : undefined
    while (at < end) {
      const passed = passing?.(at)
      if (passed) {
        this.line += passed.lines
        at = passed.next
        continue
      }
      this.begin(at)
      const isComment = bytes[at] === comment
      if (lineFeed < at) lineFeed = placeOf(LF, at)
      if (carriageReturn < at) carriageReturn = placeOf(CR, at)
      if (nextQuote < at) nextQuote = placeOf(quote, at)
      if (isComment) record.end = lineEndFrom(bytes, at)
      else if (nextQuote > lineFeed && carriageReturn >= lineFeed - 1 && escape === quote) {
        // A line without quotes, as nearly all are: its delimiters are its cells.
        record.end = Math.min(carriageReturn, lineFeed)
        record.cells += delimiters.count(at, record.end)
      } else if (!this.walk(piece)) return at
      if (record.problem) {
        // What a broken quote has swallowed is read again, line by line.
        record.end = lineEndFrom(bytes, at)
        this.lines = 1
      } else if (record.end - at > LONGEST_RECORD) record.problem = 'long'
      if (record.end >= end && !last) return at
      const lineEnd = lineEndAt(bytes, record.end, end)
      if (lineEnd === '\r' && record.end + 1 >= end && !last) return at
      record.lineEnd = lineEnd
      this.line += this.lines
      at = record.end + Math.max(1, lineEnd.length)
      if (isComment) this.comments++
      else if (each(record)) return at
    }
    return at
  }

  private begin(at: number): void {
    const { record } = this
    record.start = at
    record.line = this.line
    record.cells = 1
    record.stray = false
    record.problem = undefined
    this.lines = 1
  }

  /** Goes through the cells of the record that began; false where the bytes do not reach to its end. */
  private walk(piece: ScannedBytes): boolean {
    const { bytes, end } = piece
    const { delimiter, quote, top, record } = this
    let i = record.start
    for (;;) {
      if (bytes[i] === quote && i < end) {
        i = this.afterQuotes(piece, i + 1)
        if (i < 0) return false
        if (record.problem) break
        if (bytes[i] !== delimiter || i >= end) {
          if (bytes[i] !== LF && bytes[i] !== CR) record.problem = 'after'
          break
        }
      } else {
        let byte = bytes[i] as number
        while (byte > top || (byte !== delimiter && byte !== LF && byte !== CR)) {
          if (byte === quote) record.stray = true
          byte = bytes[++i] as number
        }
        if (byte !== delimiter) break
      }
      record.cells++
      i++
    }
    record.end = i
    return true
  }

  /** What comes after the quote that closes the cell whose text starts at `from`; -1 where the bytes do not reach to it. */
  private afterQuotes({ bytes, end, last }: ScannedBytes, from: number): number {
    const { quote, escape, record } = this
    let i = from
    for (;;) {
      let byte = bytes[i] as number
      while (byte !== quote && byte !== escape && i < end) {
        if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) this.lines++
        byte = bytes[++i] as number
      }
      if (i >= end || (i + 1 >= end && !last)) {
        if (!last && end - record.start <= LONGEST_RECORD) return -1
        if (i >= end || !last) {
          record.problem = 'unclosed'
          return i
        }
      }
      if (byte !== escape || (escape === quote && (bytes[i + 1] !== quote || i + 1 >= end))) return i + 1
      i++
      if (bytes[i] !== LF) i++
    }
  }
}

/** What ends the line that ends at a place of bytes; nothing at their end. */
function lineEndAt(bytes: Buffer, at: number, end: number): ScannedRecord['lineEnd'] {
  if (at >= end) return ''
  if (bytes[at] === LF) return '\n'
  return bytes[at + 1] === LF && at + 1 < end ? '\r\n' : '\r'
}

/** Where the line that holds the position ends; the scanned bytes always end with a line end. */
function lineEndFrom(bytes: Buffer, from: number): number {
  let i = from
  while (bytes[i] !== LF && bytes[i] !== CR) i++
  return i
}
