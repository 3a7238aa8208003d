import { type MemoryColumn, memoryTable, type SourceFinding } from '../engine/engine.ts'
import { currentSignal } from '../engine/running.ts'
import { throwIfStopped } from '../engine/stopping.ts'
import { AssayError, firstLine } from '../errors.ts'
import { checkColumnNames } from './columnNames.ts'
import { excelFlaws } from './excelFlaws.ts'
import { fileSource } from './fileSource.ts'
import { type ExcelWorkbook, excelWorkbook } from './excelWorkbook.ts'
import { type LoadedFile, loadFiles } from './loadFiles.ts'
import { memoryColumn } from './records.ts'
import type { DatasetOptions, SourceKind } from './source.ts'

type Cell = string | number | bigint | boolean | Date | null

const FIRST_FINDINGS = 100
/**
 * A sheet of an Excel workbook (.xlsx): the first one, or `sheet`, under the names in its first row, or `headerRow`.
 * Formulas read as the value Excel saved last; a cell that shows an error is missing, and a finding.
 */
export const excel: SourceKind = fileSource({
  name: 'xlsx',
  endings: ['xlsx'],
  async open(files, options) {
    return {
      relation: (engine, asked) =>
        loadFiles(engine, files, (file) => read(file, options, asked?.signal ?? currentSignal()), asked),
    }
  },
})

async function read(
  file: string,
  { sheet = 1, headerRow = 1 }: DatasetOptions,
  signal: AbortSignal | undefined,
): Promise<LoadedFile> {
  const shown = JSON.stringify(file)
  const { rows, xml } = await sheetOf(file, sheet, signal)
  const header = rows[headerRow - 1]
  if (!header) {
    throw new AssayError(
      'empty-file',
      `sheet ${JSON.stringify(sheet)} of ${shown} has no row ${headerRow} with names`,
      {
        hint: 'sheet and headerRow say where the table is',
      },
    )
  }
  const names = header.map((cell) => (cell === null ? '' : cell instanceof Date ? cell.toISOString() : String(cell)))
  checkColumnNames(names, `sheet ${JSON.stringify(sheet)} of ${shown}`)
  const body = rows.slice(headerRow)
  const flaws = excelFlaws(xml).filter(({ row, column }) => row > headerRow && column < names.length)
  const first = flaws.slice(0, FIRST_FINDINGS).map(({ row, column, error }): SourceFinding => {
    const place = { file, line: row, column: names[column] as string }
    return error === undefined
      ? {
          kind: 'formula',
          reason: 'the formula was saved without its value: open the workbook in Excel and save it',
          ...place,
        }
      : { kind: 'error', reason: `the cell shows the error ${error}`, ...place, text: error }
  })
  const columns = names.map((name, at) =>
    columnOf(
      name,
      body.map((row) => row[at] ?? null),
      (row) => `${JSON.stringify(name)} in row ${headerRow + row + 1} of ${shown}`,
    ),
  )
  return {
    table: memoryTable(columns, body.length),
    findings: async () => ({ total: flaws.length, rowsLost: 0, first }),
  }
}

async function sheetOf(
  file: string,
  sheet: string | number,
  signal: AbortSignal | undefined,
): Promise<{ rows: Cell[][]; xml: string }> {
  const { readSheet } = await import('read-excel-file/universal')
  try {
    const { bytes, xml }: ExcelWorkbook = await excelWorkbook(file, sheet, signal)
    // Whole numbers beyond 2^53 are written with all their digits by other programs than Excel.
    const parseNumber = (text: string): number | bigint =>
      /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text)
    const options = { trim: false, parseNumber: parseNumber as never }
    const rows = (await readSheet(bytes.buffer as never, sheet as never, options)) as Cell[][]
    throwIfStopped(signal)
    return { rows, xml }
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throwIfStopped(signal)
    const missing = cause instanceof Error && cause.name === 'SheetNotFoundError'
    throw new AssayError(
      'unreadable-file',
      `${JSON.stringify(file)} cannot be read as an Excel workbook: ${firstLine(cause)}`,
      {
        hint: missing
          ? 'sheet: the name of a sheet, or its number from 1'
          : 'open it in Excel and save it as .xlsx again',
        cause,
      },
    )
  }
}

/** A column of nothing but midnights is one of dates: a workbook knows instants only. */
function columnOf(name: string, cells: readonly Cell[], where: (row: number) => string): MemoryColumn {
  const values = cells.map((cell) => (cell instanceof Date ? wholeSecond(cell) : cell))
  const column = memoryColumn(name, values, where)
  const midnights = column.type === 'timestamp' && values.every((cell) => cell === null || isMidnight(cell as Date))
  return midnights ? { name, type: 'date', exact: { kind: 'date' }, values } : column
}

const isMidnight = (date: Date): boolean => date.getTime() % 86_400_000 === 0

/** Workbooks hold days as floating numbers, and the reader rounds down: 12:34:56 becomes 12:34:55.999. */
function wholeSecond(date: Date): Date {
  const time = date.getTime()
  return ((time % 1000) + 1000) % 1000 === 999 ? new Date(time + 1) : date
}
