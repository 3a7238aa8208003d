import type { PlainRun } from '../../bytes/plainLines.ts'
import { AssayError } from '../../errors.ts'
import { FindingsList } from '../findings.ts'
import { firstRecord, oneColumn, type OpenedText } from './firstRecord.ts'
import { cleanRecord, findingsOf, type RecordRules, textOf, verdictOf } from './judgeRecord.ts'
import type { PassedOver, ScannedPiece } from './passingOver.ts'
import { ProvenColumns } from './provenColumns.ts'
import { cellsOf } from './recordCells.ts'
import type { ScannedRecord } from './recordScan.ts'
import type { TextPlace } from './scanFile.ts'
import { delimiterWithin } from './textDialect.ts'
import type { TextLook } from './textLook.ts'

const HEAD_ROWS = 5000
const HEAD_BYTES = 1024 ** 2

/** Rows between places that are remembered. */
export const STRIDE = 65_536

/** Takes in every record of a text, one after the other; plain lines are passed over. */
export class TextSurvey implements PassedOver {
  private readonly text: OpenedText
  private readonly findings = new FindingsList()
  private readonly places: TextPlace[] = []
  private readonly head: string[][] = []
  private readonly written: ProvenColumns
  private headBytes = 0
  private rules: RecordRules | undefined
  private before = 0
  private isCopied: boolean
  private lineEnd: ScannedRecord['lineEnd'] | undefined
  private isMixed = false
  private rows = 0
  private longest: number

  constructor(text: OpenedText) {
    this.text = text
    this.written = new ProvenColumns(text.dialect)
    this.isCopied = text.opening.quoted
    // What is skipped before the first record is one line at most.
    this.longest = text.opening.start.offset
  }

  /** Takes in a record. */
  add(record: ScannedRecord): void {
    this.longest = Math.max(this.longest, record.end - record.start)
    if (record.lineEnd !== this.lineEnd) this.endsIn(record)
    if (this.rules === undefined) {
      if (record.start === record.end) return
      this.rules = this.begin(record)
      if (this.text.options.header ?? true) return
    }
    if (!this.isRow(record, this.rules)) return
    if (this.rows % STRIDE === 0) this.places.push({ offset: record.base + record.start, line: record.line })
    this.rows++
    if (this.rows <= HEAD_ROWS && this.headBytes < HEAD_BYTES) {
      this.headBytes += record.end - record.start
      this.head.push(cellsOf(cleanRecord(record, this.rules).toString('utf8'), this.text.dialect))
    }
  }

  allowed(): ReturnType<PassedOver['allowed']> {
    const { rules, rows, lineEnd } = this
    if (rules === undefined || rows % STRIDE === 0 || (rows < HEAD_ROWS && this.headBytes < HEAD_BYTES))
      return undefined
    if (lineEnd !== '\n' && lineEnd !== '\r\n') return undefined
    return { most: STRIDE - (rows % STRIDE), cells: rules.names.length, lineEnd }
  }

  passed(run: PlainRun): void {
    this.rows += run.lines
    this.longest = Math.max(this.longest, run.longest)
  }

  scanned(piece: ScannedPiece): void {
    const { head, lineEnd } = this
    const [first] = this.places
    if (this.isCopied || this.text.decoded) this.written.none()
    else if (first && lineEnd !== undefined) this.written.add(piece, { first: first.offset, head, lineEnd })
  }

  /** What all records tell, and whether the engine needs a copy of them; an AssayError where there was none. */
  look(comments: number): TextLook & { readonly isCopied: boolean } {
    const { rules, places, head, findings, lineEnd = '\n' } = this
    const { options, label, dialect } = this.text
    if (rules === undefined) throw new AssayError('empty-file', `${label} holds no records`)
    const isCopied = this.isCopied || comments > 0
    const divided = rules.names.length === 1 && findings.total === 0 ? delimiterWithin(head, dialect) : undefined
    if (divided !== undefined)
      findings.add({ ...oneColumn('cells hold', dialect, divided), file: options.file, line: places[0]?.line ?? 1 })
    return {
      isCopied,
      skip: isCopied ? 0 : this.before,
      lineEnd: isCopied ? '\n' : lineEnd,
      dialect,
      names: rules.names,
      // A byte that cannot be read is a character of three in the copy.
      longest: isCopied ? 3 * this.longest : this.longest,
      head,
      proven: isCopied ? [] : this.written.columns(),
      rows: this.rows,
      findings: findings.summary,
      places,
      rules,
    }
  }

  private begin(record: ScannedRecord): RecordRules {
    const { rules, before, isOdd, findings } = firstRecord(record, this.text)
    for (const finding of findings) this.findings.add(finding)
    this.before = before
    this.isCopied ||= isOdd
    return rules
  }

  private isRow(record: ScannedRecord, rules: RecordRules): boolean {
    const isWhole = !record.stray && !record.problem && !record.suspicious
    if (isWhole && record.cells === rules.names.length && record.start !== record.end) return true
    const verdict = verdictOf(record, rules)
    // Of millions of such records the first are told, and the others counted.
    if (this.findings.full && isWhole && verdict === 'lost') {
      this.findings.count(true)
      this.isCopied = true
      return false
    }
    const findings = findingsOf(record, rules)
    const { file } = this.text.options
    for (const finding of findings)
      this.findings.add({ ...finding, file }, verdict === 'lost' && finding === findings[0])
    // A zero or a blank line in between is read as it stands.
    if (findings.some(({ kind }) => kind !== 'nul')) this.isCopied = true
    return verdict === 'row'
  }

  private endsIn(record: ScannedRecord): void {
    const { lineEnd } = record
    if (lineEnd === '') return
    if (this.lineEnd !== undefined && !this.isMixed) {
      const [here, there] = [lineEnd, this.lineEnd].map((text) => JSON.stringify(text).slice(1, -1))
      const reason = `lines end in ${here} here and in ${there} before`
      const { file } = this.text.options
      this.findings.add({ kind: 'line-end', reason, file, line: record.line, text: textOf(record) })
      this.isMixed = true
      this.isCopied = true
    }
    this.lineEnd = lineEnd
  }
}
