import { isUtf8 } from 'node:buffer'
import type { SourceFinding } from '../../engine/engine.ts'
import { cellsOf, recordOf } from './recordCells.ts'
import type { RecordProblem, ScannedRecord } from './recordScan.ts'
import { isReadable } from './scanFile.ts'
import type { TextDialect } from './textDialect.ts'
import { countText } from '../../words/text/numbers.ts'

/** What becomes of a record: a row, a blank line between records, or nothing, since its cells cannot be told apart. */
export type RecordVerdict = 'row' | 'blank' | 'lost'

/** What the records of a file are judged by. */
export interface RecordRules {
  readonly dialect: TextDialect
  readonly names: readonly string[]
  /** What says how many cells a record has: `header`, `first record`. */
  readonly model: string
  readonly encoding: string
  /** It was in another encoding: U+FFFD stands for what could not be read. */
  readonly decoded: boolean
}

/** In a file of several columns a blank line is no record; cells after the last column must be empty. */
export function verdictOf(record: ScannedRecord, { names, dialect }: RecordRules): RecordVerdict {
  if (record.problem) return 'lost'
  if (record.start === record.end) return names.length === 1 ? 'row' : 'blank'
  const extra = record.cells - names.length
  return extra === 0 || (extra > 0 && endsWith(record, dialect.delimiter.charCodeAt(0), extra)) ? 'row' : 'lost'
}

function endsWith({ bytes, start, end }: ScannedRecord, byte: number, times: number): boolean {
  if (end - times < start) return false
  for (let i = end - times; i < end; i++) if (bytes[i] !== byte) return false
  return true
}

const problems: Readonly<Record<RecordProblem, string>> = {
  unclosed: 'a quote that is not closed',
  after: 'text after the closing quote of a cell',
  long: 'a record longer than 60 MB',
}

/** What is wrong with a record; empty for most. */
export function findingsOf(record: ScannedRecord, rules: RecordRules): Omit<SourceFinding, 'file'>[] {
  const { names, model, decoded } = rules
  const findings: Omit<SourceFinding, 'file'>[] = []
  const about = { line: record.line, text: textOf(record) }
  const verdict = verdictOf(record, rules)
  if (record.problem) {
    findings.push({ kind: record.problem === 'long' ? 'size' : 'quote', reason: problems[record.problem], ...about })
  } else if (record.cells !== names.length && verdict !== 'blank') {
    const kept = verdict === 'row' ? ', the last of them empty' : ''
    findings.push({
      kind: 'cells',
      reason: `${countText(record.cells, 'cell')} where the ${model} has ${names.length}${kept}`,
      ...about,
    })
  }
  if (record.stray && !record.problem) {
    const cells = cellsOf(latin1(record), rules.dialect)
    const at = cells.findIndex((cell) => cell.includes(rules.dialect.quote))
    findings.push({ kind: 'quote', reason: 'a quote inside a cell that is not quoted', ...named(names[at]), ...about })
  }
  if (record.suspicious) {
    const bytes = bytesOf(record)
    const cells = record.problem ? [] : cellsOf(latin1(record), rules.dialect)
    const first = (test: (cell: Buffer) => boolean): { column?: string } =>
      named(names[cells.findIndex((cell) => test(Buffer.from(cell, 'latin1')))])
    if (!isReadable(bytes, decoded)) {
      const column = first((cell) => !isReadable(cell, decoded))
      findings.push({ kind: 'encoding', reason: unreadable(bytes, rules), ...column, ...about })
    }
    if (bytes.includes(0))
      findings.push({ kind: 'nul', reason: 'a NUL character', ...first((cell) => cell.includes(0)), ...about })
  }
  return findings
}

const REPLACEMENT = Buffer.from('\uFFFD')

/** Why bytes are not text in their encoding. */
export function unreadable(bytes: Buffer, { encoding, decoded }: Pick<RecordRules, 'encoding' | 'decoded'>): string {
  if (decoded) return `bytes that are no ${encoding}`
  const text = bytes.toString('utf8')
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) {
    const place = Buffer.byteLength(text.slice(0, at))
    if (bytes.subarray(place, place + 3).equals(REPLACEMENT)) continue
    return `a byte that is no UTF-8: 0x${(bytes[place] as number).toString(16).toUpperCase()} (if the file is in another encoding, say so: encoding: 'windows-1252')`
  }
  return 'bytes that are no UTF-8'
}

/** A row as the engine reads it right: as it stands, or with its cells quoted anew. */
export function cleanRecord(record: ScannedRecord, { names, dialect }: RecordRules): Buffer {
  const bytes = bytesOf(record)
  const odd = record.stray || record.cells > names.length
  const written = odd
    ? Buffer.from(recordOf(cellsOf(latin1(record), dialect).slice(0, names.length), dialect), 'latin1')
    : bytes
  return !record.suspicious || isUtf8(written) ? written : Buffer.from(written.toString('utf8'))
}

/** The record's bytes, without its line end. */
export function bytesOf({ bytes, start, end }: ScannedRecord): Buffer {
  return bytes.subarray(start, end)
}

const latin1 = ({ bytes, start, end }: ScannedRecord): string => bytes.toString('latin1', start, end)

/** The beginning of the record, for people. */
export function textOf({ bytes, start, end }: ScannedRecord): string {
  return bytes.toString('utf8', start, Math.min(end, start + 400))
}

const named = (column: string | undefined): { column?: string } => (column === undefined ? {} : { column })
