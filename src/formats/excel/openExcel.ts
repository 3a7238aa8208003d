import { type MemoryColumn, memoryTable } from '../../engine/engine.ts'
import { currentSignal } from '../../engine/running.ts'
import { throwIfStopped } from '../../engine/stopping.ts'
import { AssayError, firstLine } from '../../errors.ts'
import { bareDates } from './bareDates.ts'
import { dateOfDays, excelDate, NO_DATE } from './excelDate.ts'
import { excelFlaws } from './excelFlaws.ts'
import { type ExcelWorkbook, excelWorkbook } from './excelWorkbook.ts'
import { type LoadedFile, loadFiles } from '../loadFiles.ts'
import { nameFindings, ownNames } from '../ownNames.ts'
import { memoryColumn } from '../memory/openRecords.ts'
import { FindingsList } from '../findings.ts'
import { type NamedFile, unpacked } from '../../bytes/unpacked.ts'
import type { OpenOptions, OpenedSource } from '../source.ts'
import type { ExcelOptions } from './excelOptions.ts'

type Cell = string | number | bigint | boolean | Date | null

/** Opens a sheet of each workbook, as one relation. */
export async function openExcel(
  files: readonly NamedFile[],
  options: OpenOptions<ExcelOptions>,
  signal?: AbortSignal,
): Promise<OpenedSource> {
  const named = await unpacked(files, 'xlsx', signal)
  return {
    relation: (engine, asked) =>
      loadFiles(engine, named, (file) => read(file, options, asked?.signal ?? currentSignal()), asked),
  }
}

async function read(
  { file, path }: NamedFile,
  { sheet = 1, headerRow = 1 }: ExcelOptions,
  signal: AbortSignal | undefined,
): Promise<LoadedFile> {
  const shown = JSON.stringify(file)
  const { rows, xml } = await sheetOf({ file, path }, sheet, signal)
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
  const body = rows.slice(headerRow)
  const isColumn = (at: number): boolean => !isBlank(header[at]) || body.some((row) => !isBlank(row[at]))
  // Cells that are only formatted make a sheet wider than its table.
  const width = header.findLastIndex((_, at) => isColumn(at)) + 1
  const own = ownNames(header.slice(0, width).map(textOf), `sheet ${JSON.stringify(sheet)} of ${shown}`)
  const list = new FindingsList()
  for (const finding of nameFindings(own, { file, line: headerRow })) list.add(finding)
  const names = own.map(({ name }) => name)
  for (const { row, column, error } of excelFlaws(xml)) {
    if (row <= headerRow || column >= width) continue
    const place = { file, line: row, column: names[column] as string }
    list.add(
      error === undefined
        ? {
            kind: 'formula',
            reason: 'the formula was saved without its value: open the workbook in Excel and save it',
            ...place,
          }
        : { kind: 'error', reason: `the cell shows the error ${error}`, ...place, text: error },
    )
  }
  const columns = names.map((name, at) => {
    const cells = body.map((row, i) => {
      const cell = row[at] ?? null
      if (!(cell instanceof Date)) return cell
      const day = excelDate(cell)
      if (day === null) list.add({ kind: 'date', reason: NO_DATE, file, line: headerRow + i + 1, column: name })
      return day
    })
    return columnOf(name, cells, (row) => `${JSON.stringify(name)} in row ${headerRow + row + 1} of ${shown}`)
  })
  return { table: memoryTable(columns, body.length), findings: async () => list.summary }
}

const isBlank = (cell: Cell | undefined): boolean => (cell ?? '') === ''
const textOf = (cell: Cell): string =>
  cell === null ? '' : cell instanceof Date ? (excelDate(cell)?.toISOString() ?? '') : String(cell)

async function sheetOf(
  { file, path }: NamedFile,
  sheet: string | number,
  signal: AbortSignal | undefined,
): Promise<{ rows: Cell[][]; xml: string }> {
  const { readSheet } = await import('read-excel-file/universal')
  try {
    const { bytes, xml, styles, from1904 }: ExcelWorkbook = await excelWorkbook({ file, path }, sheet, signal)
    // Whole numbers beyond 2^53 are written with all their digits by other programs than Excel.
    const parseNumber = (text: string): number | bigint =>
      /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text)
    const options = { trim: false, parseNumber: parseNumber as never }
    const rows = (await readSheet(bytes.buffer as never, sheet as never, options)) as Cell[][]
    throwIfStopped(signal)
    for (const { row, column } of bareDates(styles, xml)) {
      const cells = rows[row - 1]
      const days = cells?.[column]
      if (cells && typeof days === 'number') cells[column] = dateOfDays(days, from1904)
    }
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
  const column = memoryColumn(name, cells, where)
  const midnights = column.type === 'timestamp' && cells.every((cell) => cell === null || isMidnight(cell as Date))
  return midnights ? { name, type: 'date', exact: { kind: 'date' }, values: cells } : column
}

const isMidnight = (date: Date): boolean => date.getTime() % 86_400_000 === 0
