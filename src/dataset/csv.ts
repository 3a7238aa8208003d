import { open } from 'node:fs/promises'
import type { parse as Parse } from 'csv-parse/sync'
import { AssayError, firstLine } from '../errors.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { join, literal, sql } from '../sql/sql.ts'
import { fileSource } from './fileSource.ts'
import { literalPath, sizeOf } from './files.ts'
import { typeOfTexts } from './lexical.ts'
import type { SourceKind } from './source.ts'
import { textCells } from './textCells.ts'

const HEAD = 1024 ** 2
const delimiters = [',', '\t', ';', '|'] as const

/** CSV and TSV files. Delimiter, header and types are read off the first megabyte; every cell keeps its text. */
export const csv: SourceKind = fileSource({
  name: 'csv',
  endings: ['csv', 'tsv'],
  async open([file = ''], options) {
    const shown = JSON.stringify(file)
    const size = await sizeOf(file)
    if (size === 0)
      throw new AssayError('empty-file', `${shown} is empty (0 bytes): a CSV file needs at least a header line`)
    const text = await head(file)
    const { parse } = await import('csv-parse/sync')
    const delimiter = /\.tsv$/i.test(file) ? '\t' : delimiterOf(text)
    const rows = headRows(text, delimiter, size > HEAD, parse, shown)
    const header = rows[0] ?? []
    checkHeader(header, shown)
    const missing = (options.missing ?? ['']).map(String)
    const columns = header.map((name, i) => ({ name, type: declared(name, i) }))
    function declared(name: string, index: number): LogicalType {
      const given = options.types?.[name]
      return given ?? typeOfTexts(presentTexts(rows, index, missing))
    }
    const texts = join(columns.map(({ name }) => sql`${literal(name)}: 'VARCHAR'`))
    const read = sql`read_csv(${literalPath(file)}, auto_detect = false, header = true, delim = ${literal(delimiter)},
      quote = '"', escape = '"', columns = {${texts}}, nullstr = [${join(missing.map((one) => literal(one)))}],
      max_line_size = 64000000)`
    return { relation: async (engine) => textCells(engine, read, columns, sql`row_number() over ()`) }
  },
})

async function head(file: string): Promise<string> {
  const handle = await open(file, 'r')
  try {
    const buffer = Buffer.alloc(HEAD)
    const { bytesRead } = await handle.read(buffer, 0, HEAD, 0)
    return buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
  } finally {
    await handle.close()
  }
}

/** The delimiter that occurs most often outside quotes in the header line. */
function delimiterOf(text: string): string {
  const line = text.split(/\r?\n/, 1)[0] ?? ''
  const bare = line.replace(/"([^"]|"")*"/g, '')
  const counts = delimiters.map((delimiter) => bare.split(delimiter).length - 1)
  return delimiters[counts.indexOf(Math.max(...counts))] as string
}

function headRows(text: string, delimiter: string, cut: boolean, parse: typeof Parse, shown: string): string[][] {
  // The last line of a cut head may be half a line: it is left out.
  const whole = cut ? text.slice(0, Math.max(text.lastIndexOf('\n'), 0)) : text
  try {
    return parse(whole, { delimiter, relax_column_count: true, skip_empty_lines: true, to: 5000 }) as string[][]
  } catch (error) {
    throw new AssayError('unreadable-file', `${shown} cannot be read as CSV: ${firstLine(error)}`, {
      hint: 'look at the line it names for a quote that is not closed',
      cause: error,
    })
  }
}

function checkHeader(header: readonly string[], shown: string): void {
  const seen = new Map<string, number>()
  header.forEach((name, i) => {
    const where = `column ${i + 1} of ${shown}`
    if (name === '')
      throw new AssayError('unreadable-file', `${where} has no name`, { hint: 'name every column in the header line' })
    const lower = name.toLowerCase()
    const before = seen.get(lower)
    if (before !== undefined) {
      throw new AssayError(
        'unreadable-file',
        `${where} is called ${JSON.stringify(name)}, and so is column ${before + 1} (names differ by more than case)`,
      )
    }
    seen.set(lower, i)
  })
}

function* presentTexts(rows: readonly string[][], index: number, missing: readonly string[]): Generator<string> {
  for (let i = 1; i < rows.length; i++) {
    const text = rows[i]?.[index]
    if (text !== undefined && !missing.includes(text)) yield text
  }
}
