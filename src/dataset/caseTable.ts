import { createRequire } from 'node:module'
import type * as CsvParse from 'csv-parse/sync'
import { AssayError, firstLine } from '../errors.ts'
import { smallText } from './smallText.ts'

/** A small table read whole and at once: cases of a test. */
export interface CaseTable {
  readonly header: readonly string[]
  readonly rows: readonly { readonly values: Readonly<Record<string, string>>; readonly line: number }[]
}

/** Reads delimited text with a header. Throws an AssayError for a file that is missing, empty or broken. */
export function caseTable(file: string): CaseTable {
  const text = smallText(file, 'case table')
  const shown = JSON.stringify(file)
  // At once, because cases are needed while tests are collected; and only now, because most test files have none.
  const { parse } = createRequire(import.meta.url)('csv-parse/sync') as typeof CsvParse
  let records: { record: string[]; info: { lines: number } }[]
  try {
    records = parse(text, { delimiter: /\.tsv$/i.test(file) ? '\t' : ',', info: true, skip_empty_lines: true }) as never
  } catch (cause) {
    throw new AssayError('wrong-cases', `the case table ${shown} cannot be read: ${firstLine(cause)}`, {
      hint: 'cells that hold commas or quotes stand in quotes, and quotes in them are doubled',
      cause,
    })
  }
  const header = records[0]?.record ?? []
  return {
    header,
    rows: records.slice(1).map(({ record, info }) => ({
      values: Object.fromEntries(header.map((name, i) => [name, record[i] ?? ''])),
      line: info.lines,
    })),
  }
}
