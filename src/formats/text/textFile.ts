import type { QueryOptions, SourceFindings } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import type { WrittenCells } from '../../bytes/cellForms.ts'
import { type Spool, spooled } from '../../bytes/spool.ts'
import { checkColumnCount } from '../columnNames.ts'
import { nameFindings, ownNames } from '../ownNames.ts'
import { FindingsList } from '../findings.ts'
import { firstLines } from './firstLines.ts'
import { bytesOf, cleanRecord, findingsOf, type RecordRules, textOf, unreadable, verdictOf } from './judgeRecord.ts'
import type { PassedOver } from './passingOver.ts'
import type { PlainText } from './plainText.ts'
import { ProvenColumns } from './provenColumns.ts'
import { cellsOf, type ScannedRecord } from './recordScan.ts'
import { isReadable, scanFile, type TextPlace } from './scanFile.ts'
import { delimiterWithin, otherDelimiters, type TextDialect, textDialect } from './textDialect.ts'
import type { TextOptions } from './textOptions.ts'

/** What a look at every record of a text tells. */
export interface TextLook {
  /** Its lines before the first record. */
  readonly skip: number
  /** What its records end with. */
  readonly lineEnd: string
  readonly dialect: TextDialect
  readonly names: readonly string[]
  /** No line of what the engine reads has more bytes. */
  readonly longest: number
  /** The cells of the first records, for their types. */
  readonly head: readonly (readonly string[])[]
  /** How every cell of a column is written; undefined where that is not proven, for a copy and for few rows. */
  readonly proven: readonly (WrittenCells | undefined)[]
  /** How many of its records are rows. */
  readonly rows: number
  readonly findings: SourceFindings
  /** Where every so-manieth row starts. */
  readonly places: readonly TextPlace[]
  readonly rules: RecordRules
}

/** A text whose every record was looked at. */
export interface TextFile extends TextLook {
  /** What the engine reads: the text itself, or a copy of the records that could be read. */
  readonly path: string
  /** The temporary files it is read from, which are there for as long as this is held. */
  readonly copies: readonly Spool[]
  /** The physical lines at which rows (from 1) start. */
  linesOf(rows: readonly number[], options?: QueryOptions): Promise<readonly number[]>
}

/** How a text is called, and what is known of it beforehand. */
export interface TextFileOptions extends TextOptions {
  readonly file: string
  /** Cells stand between tabs, as in `.tsv` files. */
  readonly tabs: boolean
}

const HEAD_ROWS = 5000
const HEAD_BYTES = 1024 ** 2
/** Rows between places that are remembered. */
const STRIDE = 65_536
const LINE_END = Buffer.from('\n')

/** Looks at every record of a text once, and once more to copy them where some cannot be read as they stand. */
export async function textFile(text: PlainText, options: TextFileOptions, signal?: AbortSignal): Promise<TextFile> {
  const { file, header: headed = true } = options
  const label = JSON.stringify(file)
  const { quote = '"', comment = '', skip = 0 } = options
  const opening = await firstLines(text.path, { skip, comment, quote }, label)
  const dialect = textDialect(opening.text, options.tabs, options)
  const list = new FindingsList()
  const places: TextPlace[] = []
  const head: string[][] = []
  const written = new ProvenColumns(dialect)
  let headBytes = 0
  let rules: RecordRules | undefined
  let before = 0
  let rewrite = opening.quoted
  let lineEnd: string | undefined
  let mixed = false
  let rows = 0
  // What is skipped before the first record is one line at most.
  let longest = opening.start.offset

  const each = (record: ScannedRecord): boolean => {
    longest = Math.max(longest, record.end - record.start)
    if (rules === undefined) {
      sameLineEnd(record)
      if (record.start === record.end) return false
      rules = begin(record)
      if (headed) return false
    }
    if (record.lineEnd !== lineEnd) sameLineEnd(record)
    const { names } = rules
    const plain = record.cells === names.length && !record.stray && !record.problem && !record.suspicious
    if (!plain || record.start === record.end) {
      const verdict = verdictOf(record, rules)
      // Of millions of such records the first are told, and the others counted.
      if (list.full && !record.stray && !record.problem && !record.suspicious && verdict === 'lost') {
        list.count(true)
        rewrite = true
        return false
      }
      const findings = findingsOf(record, rules)
      for (const finding of findings) list.add({ ...finding, file }, verdict === 'lost' && finding === findings[0])
      // A zero or a blank line in between is read as it stands.
      if (findings.some(({ kind }) => kind !== 'nul')) rewrite = true
      if (verdict !== 'row') return false
    }
    if (rows % STRIDE === 0) places.push({ offset: record.base + record.start, line: record.line })
    rows++
    if (rows <= HEAD_ROWS && headBytes < HEAD_BYTES) {
      headBytes += record.end - record.start
      head.push(cellsOf(cleanRecord(record, rules).toString('utf8'), dialect))
    }
    return false
  }
  const over: PassedOver = {
    allowed() {
      const isPlace = rows % STRIDE === 0
      if (rules === undefined || isPlace || (rows < HEAD_ROWS && headBytes < HEAD_BYTES)) return undefined
      if (lineEnd !== '\n' && lineEnd !== '\r\n') return undefined
      return { most: STRIDE - (rows % STRIDE), cells: rules.names.length, lineEnd }
    },
    passed(run) {
      rows += run.lines
      longest = Math.max(longest, run.longest)
    },
    scanned(piece) {
      const [first] = places
      if (rewrite || text.decoded) written.none()
      else if (first && lineEnd !== undefined) written.add(piece, { first: first.offset, head, lineEnd })
    },
  }
  const comments = await scanFile(text, dialect, opening.start, each, { over, signal })
  if (rules === undefined) throw new AssayError('empty-file', `${label} holds no records`)
  if (comments > 0) rewrite = true
  const known = rules
  const divided = known.names.length === 1 && list.summary.total === 0 ? delimiterWithin(head, dialect) : undefined
  if (divided !== undefined) list.add({ ...oneColumn('cells hold', divided), file, line: places[0]?.line ?? 1 })
  const copy = rewrite ? await cleanCopy(text, known, places[0], label, signal) : undefined
  const look = {
    skip: copy ? 0 : before,
    lineEnd: copy ? '\n' : (lineEnd ?? '\n'),
    dialect,
    names: known.names,
    // A byte that cannot be read is a character of three in the copy.
    longest: copy ? 3 * longest : longest,
    head,
    proven: copy ? [] : written.columns(),
    rows,
    findings: list.summary,
    places,
    rules: known,
  }
  return textFileOf(look, text, copy)

  function begin(record: ScannedRecord): RecordRules {
    if (record.problem) {
      throw new AssayError(
        'unreadable-file',
        `the first record of ${label} (line ${record.line}) cannot be read: ${JSON.stringify(textOf(record).slice(0, 80))}`,
        {
          hint: 'look for a quote that is not closed, or say quote: "" if quotes are only characters',
          discreet: `the first record of ${label} (line ${record.line}) cannot be read`,
        },
      )
    }
    checkColumnCount(record.cells, label)
    const { decoded } = text
    const encoding = options.encoding ?? (decoded ? 'text in the encoding its byte order mark says' : 'utf-8')
    const about = { file, line: record.line, text: textOf(record) }
    const cells = cellsOf(bytesOf(record).toString('utf8'), dialect)
    const own = headed ? ownNames(cells, label) : cells.map((_, i) => ({ name: `column${i + 1}` }))
    const [other] = cells.length === 1 ? otherDelimiters(opening.text, dialect) : []
    if (other !== undefined) list.add({ ...oneColumn('name holds', other), ...about })
    if (headed) {
      before = record.line
      rewrite ||= record.stray || bytesOf(record).includes(10) || bytesOf(record).includes(13)
      for (const finding of nameFindings(own, about)) list.add(finding)
      if (record.stray) list.add({ kind: 'quote', reason: 'a quote inside a name that is not quoted', ...about })
      if (record.suspicious && !isReadable(bytesOf(record), decoded))
        list.add({ kind: 'encoding', reason: unreadable(bytesOf(record), { encoding, decoded }), ...about })
    } else before = opening.start.line - 1
    return {
      dialect,
      names: own.map(({ name }) => name),
      model: headed ? 'header' : 'first record',
      encoding,
      decoded,
    }
  }

  function oneColumn(what: string, other: string) {
    const [here, there] = [dialect.delimiter, other].map((one) => JSON.stringify(one))
    return { kind: 'delimiter', reason: `one column, with ${here} as delimiter, whose ${what} ${there}` } as const
  }

  function sameLineEnd(record: ScannedRecord): void {
    const ending = record.lineEnd
    if (ending === '' || ending === lineEnd) return
    if (lineEnd !== undefined && !mixed) {
      const [here, there] = [ending, lineEnd].map((one) => JSON.stringify(one).slice(1, -1))
      const reason = `lines end in ${here} here and in ${there} before`
      list.add({ kind: 'line-end', reason, file, line: record.line, text: textOf(record) })
      mixed = true
      rewrite = true
    }
    lineEnd = ending
  }
}

/** A text that was looked at, and the copy of its records where it cannot be read as it stands. */
export function textFileOf(look: TextLook, text: PlainText, copy?: Spool): TextFile {
  return {
    ...look,
    path: (copy ?? text).path,
    copies: [text.copy, copy].filter((one) => one !== undefined),
    linesOf: (wanted, asked = {}) => linesOf(text, look, wanted, asked),
  }
}

/** The records that can be read, from the first row on, as the engine reads them right. */
function cleanCopy(
  text: PlainText,
  rules: RecordRules,
  from: TextPlace | undefined,
  label: string,
  signal: AbortSignal | undefined,
): Promise<Spool> {
  return spooled('csv', `a copy of ${label}`, async (spool) => {
    let waiting: Buffer[] = []
    const keep = (record: ScannedRecord): boolean => {
      if (verdictOf(record, rules) === 'row') waiting.push(Buffer.from(cleanRecord(record, rules)), LINE_END)
      return false
    }
    const flush = async (): Promise<void> => {
      await spool.write(Buffer.concat(waiting))
      waiting = []
    }
    if (from) await scanFile(text, rules.dialect, from, keep, { flush, signal })
  })
}

async function linesOf(
  text: PlainText,
  { rules, places }: TextLook,
  wanted: readonly number[],
  { signal }: QueryOptions,
): Promise<readonly number[]> {
  const lines = new Map<number, number>()
  const sorted = [...new Set(wanted)].sort((a, b) => a - b)
  for (let i = 0; i < sorted.length; ) {
    const place = Math.floor(((sorted[i] as number) - 1) / STRIDE)
    const from = places[place]
    if (!from) break
    let row = place * STRIDE
    const before = i
    const each = (record: ScannedRecord): boolean => {
      if (verdictOf(record, rules) === 'row' && ++row === sorted[i]) {
        lines.set(row, record.line)
        i++
      }
      return i >= sorted.length || (sorted[i] as number) > (place + 1) * STRIDE
    }
    await scanFile(text, rules.dialect, from, each, { signal })
    // The file has fewer rows by now.
    if (i === before) break
  }
  return wanted.map((row) => lines.get(row) ?? 0)
}
