import type { QueryOptions } from '../../engine/engine.ts'
import { type Spool, spooled } from '../../bytes/spool.ts'
import type { TextFileOptions } from './firstRecord.ts'
import { firstLines } from './firstLines.ts'
import { cleanRecord, verdictOf } from './judgeRecord.ts'
import type { PlainText } from './plainText.ts'
import type { ScannedRecord } from './recordScan.ts'
import { rowLines } from './rowLines.ts'
import { scanFile } from './scanFile.ts'
import { textDialect } from './textDialect.ts'
import type { TextLook } from './textLook.ts'
import { TextSurvey } from './textSurvey.ts'

/** A text whose every record was looked at. */
export interface TextFile extends TextLook {
  /** What the engine reads: the text itself, or a copy of the records that could be read. */
  readonly path: string
  /** The temporary files it is read from, which are there for as long as this is held. */
  readonly copies: readonly Spool[]
  /** The physical lines at which rows (from 1) start. */
  linesOf(rows: readonly number[], options?: QueryOptions): Promise<readonly number[]>
}

const LINE_END = Buffer.from('\n')

/** Looks at every record of a text once, and once more to copy them where some cannot be read as they stand. */
export async function textFile(text: PlainText, options: TextFileOptions, signal?: AbortSignal): Promise<TextFile> {
  const label = JSON.stringify(options.file)
  const { quote = '"', comment = '', skip = 0 } = options
  const opening = await firstLines(text.path, { skip, comment, quote }, label)
  const dialect = textDialect(opening.text, options.tabs, options)
  const survey = new TextSurvey({ options, label, opening, dialect, decoded: text.decoded })
  const each = (record: ScannedRecord): boolean => {
    survey.add(record)
    return false
  }
  const comments = await scanFile(text, dialect, opening.start, each, { over: survey, signal })
  const { isCopied, ...look } = survey.look(comments)
  return textFileOf(look, text, isCopied ? await cleanCopy(text, look, label, signal) : undefined)
}

/** A text that was looked at, and the copy of its records where it cannot be read as it stands. */
export function textFileOf(look: TextLook, text: PlainText, copy?: Spool): TextFile {
  return {
    ...look,
    path: (copy ?? text).path,
    copies: [text.copy, copy].filter((spool) => spool !== undefined),
    linesOf: (rows, options = {}) => rowLines(text, look, rows, options),
  }
}

/** The records that can be read, from the first row on, as the engine reads them right. */
function cleanCopy(
  text: PlainText,
  { rules, places: [from] }: TextLook,
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
