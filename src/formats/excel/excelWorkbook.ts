import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { othersTurn, throwIfStopped } from '../../engine/stopping.ts'
import { AssayError } from '../../errors.ts'
import { numberText } from '../../words/text/numbers.ts'
import { sizeOf } from '../../bytes/regularFile.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'

const MB = 1024 ** 2
/** The largest workbook, in bytes. */
const LARGEST = 256 * MB
/** The most bytes that its XML unpacks to. */
const UNPACKED = 200 * MB
/** The most marks of XML in a sheet and its texts: about four for a cell. Reading takes some 130 bytes for each. */
const MARKS = 10_000_000
/** The most cells of the rectangle that a sheet's cells lie in. */
const CELLS = 20_000_000
const TURN = 4 * MB

/** A workbook that was looked at before it is unpacked: it fits into memory. */
export interface ExcelWorkbook {
  /** The file as it is. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The XML of the sheet; empty when there is no such sheet. */
  readonly xml: string
  /** The XML of the formats of cells. */
  readonly styles: string
  /** Whether its days count from 1904, not from 1900. */
  readonly from1904: boolean
}

/** Reads a workbook for one of its sheets. Throws an AssayError when it unpacks to more than is read. */
export async function excelWorkbook(
  { file, path: place }: NamedFile,
  sheet: string | number,
  signal: AbortSignal | undefined,
): Promise<ExcelWorkbook> {
  const shown = JSON.stringify(file)
  const size = await sizeOf(place)
  if (size === 0) throw new AssayError('empty-file', `${shown} is empty (0 bytes), so it is not an Excel workbook`)
  if (size > LARGEST) throw tooLarge(`${shown} is ${megabytes(size)} long`, megabytes(LARGEST))
  const bytes = new Uint8Array(await readFile(place, { signal }))
  const { unzipSync } = await import('fflate')
  let unpacked = 0
  // The reader, too, goes by what the directory at the end of the archive says, and unpacks no more than that.
  unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (/\.xml(\.rels)?$/.test(name)) unpacked += originalSize
      return false
    },
  })
  if (unpacked > UNPACKED) throw tooLarge(`${shown} unpacks to ${megabytes(unpacked)}`, megabytes(UNPACKED))
  const part = (wanted: string): Uint8Array =>
    unzipSync(bytes, { filter: ({ name }) => name === wanted })[wanted] ?? none
  const workbook = text(part('xl/workbook.xml'))
  const target = partOf(workbook, text(part('xl/_rels/workbook.xml.rels')), sheet)
  const content = part(target)
  await checkMarks([content, part('xl/sharedStrings.xml')], shown, signal)
  const xml = text(content)
  await checkRectangle(xml, shown, signal)
  const from1904 = tags(workbook, 'workbookPr').some(({ date1904 }) => date1904 === '1' || date1904 === 'true')
  return { bytes, xml, styles: text(part('xl/styles.xml')), from1904 }
}

const none = new Uint8Array(0)
const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
const megabytes = (bytes: number): string => `${numberText(Math.ceil(bytes / MB))} MB`

function tooLarge(what: string, most: string): AssayError {
  return new AssayError('unreadable-file', `${what}, and at most ${most} of a workbook are read`, {
    hint: 'save the sheet as CSV, which is read at any size',
  })
}

/** The part of the archive that holds a sheet; empty when there is no such sheet. */
function partOf(workbook: string, relations: string, sheet: string | number): string {
  const sheets = tags(workbook, 'sheet')
  const named = sheets.find((one, i) => (typeof sheet === 'number' ? i === sheet - 1 : one.name === sheet))
  const relation = tags(relations, 'Relationship').find(({ Id }) => Id === named?.['r:id'])
  const target = relation?.Target ?? ''
  return target.startsWith('/') ? target.slice(1) : path.posix.join('xl', target)
}

function tags(xml: string, tag: string): Record<string, string>[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${tag}\\b([^>]*)>`, 'g'))].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w:]+)\s*=\s*["']([^"']*)["']/g)].map(([, name, value]) => [name, value]),
    ),
  )
}

const MARK = '<'.charCodeAt(0)

async function checkMarks(parts: readonly Uint8Array[], shown: string, signal: AbortSignal | undefined): Promise<void> {
  let marks = 0
  for (const part of parts) {
    for (let from = 0; from < part.length; from += TURN) {
      throwIfStopped(signal)
      const to = Math.min(part.length, from + TURN)
      for (let i = from; i < to; i++) if (part[i] === MARK) marks++
      if (marks > MARKS) throw tooLarge(`${shown} holds more XML than ${numberText(MARKS / 4)} cells do`, 'so much')
      await othersTurn()
    }
  }
}

/** The reader fills the rectangle of all cells, and one cell in the last row and column makes it 17 billion. */
async function checkRectangle(xml: string, shown: string, signal: AbortSignal | undefined): Promise<void> {
  const place = /\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']/g
  let rows = 0
  let columns = 0
  let turn = TURN
  for (let cell = place.exec(xml); cell; cell = place.exec(xml)) {
    rows = Math.max(rows, Number(cell[2]))
    columns = Math.max(columns, columnOf(cell[1] as string) + 1)
    if (place.lastIndex < turn) continue
    turn = place.lastIndex + TURN
    throwIfStopped(signal)
    await othersTurn()
  }
  if (rows * columns <= CELLS) return
  throw new AssayError(
    'unreadable-file',
    `the cells of a sheet of ${shown} lie in ${numberText(rows)} rows and ${numberText(columns)} columns, more than ${numberText(CELLS)} places`,
    { hint: 'delete the rows and columns after the table, in which a cell seems to have been left, or save it as CSV' },
  )
}

/** `A` is 0, `Z` 25, `AA` 26. */
export function columnOf(letters: string): number {
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}
