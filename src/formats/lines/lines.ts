import { isUtf8 } from 'node:buffer'
import { type Engine, type QueryOptions, ROW_NUMBER, type SourceFinding } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { id, sql, type Sql } from '../../sql/sql.ts'
import { isPlainText, NEWLINE, utf8Bytes } from '../../bytes/bytes.ts'
import { literalPath } from '../../bytes/files.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'

/** One file as a table of texts: lines of a log, records of a JSON file. */
export interface LinesTable {
  readonly file: string
  /** Where it lies. */
  readonly path: string
  /** Has the column `text`; in a file of lines, null for an empty one. */
  readonly from: Sql
  /** The same rows with `n`, ascending and unique in the file, and `line`, the physical line. */
  readonly numbered: Sql
  /** Records that could not be decoded, and are not in the table. */
  readonly lost: readonly SourceFinding[]
}

/** A text with the physical line it begins at; `problem` says why it can't be read. */
export interface TextRecord {
  readonly line: number
  readonly text: string
  readonly problem?: string
}

/** The lines of files: read by the engine where it reads them faithfully, else loaded through JavaScript. */
export async function lineTables(
  engine: Engine,
  files: readonly NamedFile[],
  options: QueryOptions = {},
): Promise<readonly LinesTable[]> {
  const tables: LinesTable[] = []
  for (const named of files) {
    const plain = await isPlainText(named.path, options.signal)
    tables.push(plain ? readLines(named) : await loadTexts(engine, named, linesOf(named, options.signal), options))
  }
  return tables
}

/** The lines of a file as the engine reads them. */
function readLines({ file, path }: NamedFile): LinesTable {
  // As long as empty lines read as null they are there: with another null text the reader leaves them out.
  const read = sql`read_csv(${literalPath(path)}, columns = {text: 'VARCHAR'}, auto_detect = false, header = false,
    delim = ${'\n'}, quote = '', escape = '', strict_mode = false)`
  return {
    file,
    path,
    from: read,
    numbered: sql`(select row_number() over () as n, row_number() over () as line, text from ${read})`,
    lost: [],
  }
}

const BATCH = 8192
const BATCH_LENGTH = 32 * 1024 ** 2

/** Fills a table with texts. */
async function loadTexts(
  engine: Engine,
  { file, path }: NamedFile,
  texts: AsyncIterable<TextRecord>,
  options: QueryOptions = {},
): Promise<LinesTable> {
  const lost: SourceFinding[] = []
  async function* batches() {
    let lines: number[] = []
    let values: string[] = []
    let length = 0
    for await (const { line, text, problem } of texts) {
      if (problem !== undefined) {
        lost.push({ kind: 'text', reason: problem, file, line, text: text.slice(0, 80) })
        continue
      }
      lines.push(line)
      values.push(text)
      length += text.length
      if (values.length < BATCH && length < BATCH_LENGTH) continue
      yield { rowCount: values.length, values: [lines, values] }
      lines = []
      values = []
      length = 0
    }
    if (values.length > 0) yield { rowCount: values.length, values: [lines, values] }
  }
  const loaded = await engine.load(
    {
      columns: [
        { name: 'line', type: 'integer' },
        { name: 'text', type: 'string' },
      ],
      batches: batches(),
    },
    options,
  )
  return {
    file,
    path,
    from: sql`(select text from ${loaded.from})`,
    numbered: sql`(select ${id(ROW_NUMBER)} as n, line, text from ${loaded.numbered as Sql})`,
    lost,
  }
}

const notUtf8 = 'bytes that are not UTF-8'
/** The longest record or line that is read, in bytes: what does not end must not fill the memory. */
export const LONGEST = 60_000_000

/** Throws an AssayError for more bytes than a text can have. */
export function checkLength(length: number, line: number, file: string): void {
  if (length <= LONGEST) return
  throw new AssayError(
    'unreadable-file',
    `the record at line ${line} of ${JSON.stringify(file)} is longer than ${LONGEST / 1e6} MB`,
    { hint: 'is it a file of records? It may be cut off, or have no line ends' },
  )
}

/** Bytes as text, or why not. */
export function decoded(bytes: Buffer, line: number, file: string): TextRecord {
  checkLength(bytes.length, line, file)
  const text = bytes.toString('utf8')
  return isUtf8(bytes) ? { line, text } : { line, text, problem: notUtf8 }
}

/** The lines of a file, decoded by JavaScript. */
export async function* linesOf({ file, path }: NamedFile, signal?: AbortSignal): AsyncGenerator<TextRecord> {
  let line = 1
  let begun: Buffer[] = []
  let length = 0
  for await (const chunk of utf8Bytes(path, signal, file)) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const tail = chunk.subarray(start, end)
      yield decoded(withoutReturn(begun.length > 0 ? Buffer.concat([...begun, tail]) : tail), line++, file)
      begun = []
      length = 0
      start = end + 1
    }
    if (start === chunk.length) continue
    begun.push(chunk.subarray(start))
    length += chunk.length - start
    checkLength(length, line, file)
  }
  if (begun.length > 0) yield decoded(withoutReturn(Buffer.concat(begun)), line, file)
}

/** The bytes of a line without the carriage return at its end. */
export function withoutReturn(bytes: Buffer): Buffer {
  return bytes[bytes.length - 1] === 13 ? bytes.subarray(0, -1) : bytes
}
