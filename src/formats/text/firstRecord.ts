import type { SourceFinding } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { checkColumnCount } from '../columnNames.ts'
import { nameFindings, ownNames } from '../ownNames.ts'
import type { FirstLines } from './firstLines.ts'
import { bytesOf, type RecordRules, textOf, unreadable } from './judgeRecord.ts'
import { cellsOf } from './recordCells.ts'
import type { ScannedRecord } from './recordScan.ts'
import { isReadable } from './scanFile.ts'
import { otherDelimiters, type TextDialect } from './textDialect.ts'
import type { TextOptions } from './textOptions.ts'

/** How a text is called, and what is known of it beforehand. */
export interface TextFileOptions extends TextOptions {
  readonly file: string
  /** Cells stand between tabs, as in `.tsv` files. */
  readonly tabs: boolean
}

/** A text before its records are looked at. */
export interface OpenedText {
  readonly options: TextFileOptions
  /** The name of the file in quotes. */
  readonly label: string
  readonly opening: FirstLines
  readonly dialect: TextDialect
  /** It was in another encoding. */
  readonly decoded: boolean
}

/** What the first record of a text says of all. */
export interface FirstRecord {
  readonly rules: RecordRules
  /** Lines before the first row. */
  readonly before: number
  /** The engine would read it otherwise. */
  readonly isOdd: boolean
  readonly findings: readonly SourceFinding[]
}

/** The names of the columns, and what every record is judged by; an AssayError where the record has no cells. */
export function firstRecord(
  record: ScannedRecord,
  { options, label, opening, dialect, decoded }: OpenedText,
): FirstRecord {
  if (record.problem) {
    const place = `the first record of ${label} (line ${record.line}) cannot be read`
    throw new AssayError('unreadable-file', `${place}: ${JSON.stringify(textOf(record).slice(0, 80))}`, {
      hint: 'look for a quote that is not closed, or say quote: "" if quotes are only characters',
      discreet: place,
    })
  }
  checkColumnCount(record.cells, label)
  const { file, header: headed = true } = options
  const encoding = options.encoding ?? (decoded ? 'text in the encoding its byte order mark says' : 'utf-8')
  const about = { file, line: record.line, text: textOf(record) }
  const bytes = bytesOf(record)
  const cells = cellsOf(bytes.toString('utf8'), dialect)
  const own = headed ? ownNames(cells, label) : cells.map((_, i) => ({ name: `column${i + 1}` }))
  const findings: SourceFinding[] = []
  const [other] = cells.length === 1 ? otherDelimiters(opening.text, dialect) : []
  if (other !== undefined) findings.push({ ...oneColumn('name holds', dialect, other), ...about })
  if (headed) {
    findings.push(...nameFindings(own, about))
    if (record.stray) findings.push({ kind: 'quote', reason: 'a quote inside a name that is not quoted', ...about })
    if (record.suspicious && !isReadable(bytes, decoded))
      findings.push({ kind: 'encoding', reason: unreadable(bytes, { encoding, decoded }), ...about })
  }
  return {
    rules: {
      dialect,
      names: own.map(({ name }) => name),
      model: headed ? 'header' : 'first record',
      encoding,
      decoded,
    },
    before: headed ? record.line : opening.start.line - 1,
    isOdd: headed && (record.stray || bytes.includes(10) || bytes.includes(13)),
    findings,
  }
}

/** That cells look like those of another delimiter. */
export function oneColumn(
  what: string,
  { delimiter }: TextDialect,
  other: string,
): Pick<SourceFinding, 'kind' | 'reason'> {
  const [here, there] = [delimiter, other].map((text) => JSON.stringify(text))
  return { kind: 'delimiter', reason: `one column, with ${here} as delimiter, whose ${what} ${there}` }
}
