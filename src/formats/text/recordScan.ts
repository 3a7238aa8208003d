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

  private records(
    { bytes, end, last, base, suspicious }: ScannedBytes,
    each: (record: ScannedRecord) => boolean,
    over: PassedOver | undefined,
  ): number {
    const { delimiter, quote, escape, comment, top } = this
    const record: ScannedRecord = {
      bytes,
      base,
      start: 0,
      end,
      line: 1,
      cells: 1,
      lineEnd: '',
      stray: false,
      problem: undefined,
      suspicious,
    }
    const delimiters = new ByteCounter(bytes, delimiter)
    const find = (byte: number, from: number): number => {
      const found = byte < 0 ? -1 : bytes.indexOf(byte, from)
      return found < 0 ? bytes.length : found
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
      let i = at
      let cells = 1
      let lines = 1
      let stray = false
      let problem: RecordProblem | undefined
      const isComment = bytes[i] === comment
      if (lineFeed < at) lineFeed = find(LF, at)
      if (carriageReturn < at) carriageReturn = find(CR, at)
      if (nextQuote < at) nextQuote = find(quote, at)
      if (isComment) i = lineEndFrom(bytes, i)
      else if (nextQuote > lineFeed && carriageReturn >= lineFeed - 1 && escape === quote) {
        // A line without quotes, as nearly all are: its delimiters are its cells.
        i = Math.min(carriageReturn, lineFeed)
        cells += delimiters.count(at, i)
      } else {
        cell: for (;;) {
          if (bytes[i] === quote && i < end) {
            i++
            for (;;) {
              let byte = bytes[i] as number
              while (byte !== quote && byte !== escape && i < end) {
                if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) lines++
                byte = bytes[++i] as number
              }
              if (i >= end || (i + 1 >= end && !last)) {
                if (!last && end - at <= LONGEST_RECORD) return at
                if (i >= end || !last) problem = 'unclosed'
              }
              if (problem) break cell
              if (byte !== escape || (escape === quote && (bytes[i + 1] !== quote || i + 1 >= end))) break
              i++
              if (bytes[i] !== LF) i++
            }
            i++
            if (bytes[i] === delimiter && i < end) {
              cells++
              i++
              continue
            }
            if (bytes[i] !== LF && bytes[i] !== CR) problem = 'after'
            break
          }
          for (;;) {
            const byte = bytes[i] as number
            if (byte > top) i++
            else if (byte === delimiter) {
              cells++
              i++
              continue cell
            } else if (byte === LF || byte === CR) break cell
            else {
              if (byte === quote) stray = true
              i++
            }
          }
        }
      }
      if (problem) {
        // What a broken quote has swallowed is read again, line by line.
        i = lineEndFrom(bytes, at)
        lines = 1
      } else if (i - at > LONGEST_RECORD) problem = 'long'
      if (i >= end && !last) return at
      let next = i + 1
      if (i >= end) record.lineEnd = ''
      else if (bytes[i] === LF) record.lineEnd = '\n'
      else {
        if (next >= end && !last) return at
        const both = bytes[next] === LF && next < end
        record.lineEnd = both ? '\r\n' : '\r'
        if (both) next++
      }
      record.start = at
      record.end = i
      record.line = this.line
      record.cells = cells
      record.stray = stray
      record.problem = problem
      this.line += lines
      at = next
      if (isComment) this.comments++
      else if (each(record)) return at
    }
    return at
  }
}

/** Where the line that holds the position ends; the scanned bytes always end with a line end. */
function lineEndFrom(bytes: Buffer, from: number): number {
  let i = from
  while (bytes[i] !== LF && bytes[i] !== CR) i++
  return i
}

/** The cells of a record whose quotes are in order, byte by byte (as Latin-1), without their quotes. */
export function cellsOf(record: string, { delimiter, quote, escape }: TextDialect): string[] {
  const cells: string[] = []
  let i = 0
  for (;;) {
    let cell = ''
    if (quote !== '' && record[i] === quote) {
      i++
      for (;;) {
        const close = record.indexOf(quote, i)
        const escaped = escape === quote ? close : record.indexOf(escape, i)
        const inside = escaped >= 0 && (escape === quote ? record[close + 1] === quote : escaped < close)
        const until = inside ? escaped : close < 0 ? record.length : close
        cell += record.slice(i, until)
        i = until + 1
        if (!inside) break
        cell += record[i] ?? ''
        i++
      }
    } else {
      const until = record.indexOf(delimiter, i)
      cell = record.slice(i, until < 0 ? undefined : until)
      i += cell.length
    }
    cells.push(cell)
    if (record[i] !== delimiter) return cells
    i++
  }
}

/** Cells as a record that reads as them; the inverse of `cellsOf`. */
export function recordOf(cells: readonly string[], { delimiter, quote, escape }: TextDialect): string {
  const quoted = (cell: string): string => {
    const plain = !/[\r\n]|^\s|\s$/.test(cell) && !cell.includes(delimiter) && !cell.includes(quote)
    if (plain || quote === '') return cell
    let inner = cell
    if (escape !== quote) inner = inner.replaceAll(escape, escape + escape)
    return quote + inner.replaceAll(quote, escape + quote) + quote
  }
  return cells.map(quoted).join(delimiter)
}
