import { REDACTED } from '../../dataset/personal.ts'
import { columnsOfText } from '../../words/text/columns.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { shorten, visible } from '../../words/text/visible.ts'
import { type BlockDefinition, tellsOf } from './block.ts'

/** A value as it is shown: already text, redacted and cut; `null` is a missing value. */
export type Cell = string | null

/** How often the offending cells hold these values. */
export interface ValueCount {
  /** One value for each marked column, in the order of `marked`. */
  readonly cells: readonly Cell[]
  /** @count */
  readonly count: number
}

/** Rows that break a check, in row order. */
export interface RowsBlock {
  readonly kind: 'rows'
  /** The other dataset that these rows are of, where they are missing in that of the result. */
  readonly from?: string
  readonly columns: readonly string[]
  /**
   * The columns of the data that each of `columns` holds values of, where that is not the one it is called by; `any` for
   * text of whole records.
   */
  readonly of?: readonly (readonly string[] | 'any')[]
  /**
   * 1-based row number of each row in its source (its file, where there are several), where known.
   * @count
   */
  readonly rowNumbers?: readonly number[]
  /** The file of each row, where the source has several. */
  readonly files?: readonly string[]
  /**
   * The physical line each row starts at, for text files.
   * @count
   */
  readonly lines?: readonly number[]
  /** @maxItems 20 */
  readonly rows: readonly (readonly Cell[])[]
  /**
   * Indexes into `columns` of the offending cells.
   * @count
   */
  readonly marked: readonly number[]
  /**
   * How many rows break the check in all; there may be fewer here.
   * @count
   */
  readonly total: number
  /**
   * The commonest failing values, where more rows fail than are shown and no marked column is personal.
   * @maxItems 8
   */
  readonly values?: readonly ValueCount[]
  /**
   * How many failing rows `values` counts, where they are fewer than `total`.
   * @count
   */
  readonly counted?: number
}

/** The columns of the data that one of its columns tells values of. */
const columnsAt = ({ columns, of }: RowsBlock, i: number): readonly string[] | 'any' =>
  of?.[i] ?? [columns[i] as string]

const SHOWN_ROWS = 5
const SHOWN_COLUMNS = 6
const CELL = 24
/** The offending cell, which is what the row is shown for. */
const MARKED_CELL = 60

/** A cell of the one row that is left where a run has too many. */
const LEAST_CELL = 40

/** Different failing values in the space of a line. */
const SHOWN_VALUES = 3

/** Failing rows: a table in which `▸` marks the offending cells, and the commonest failing values in short. */
export const rows: BlockDefinition<RowsBlock> = {
  lines: table,
  least({ values: _, counted: __, ...block }) {
    const width = Math.max(-1, ...block.marked) + 1 || block.columns.length
    const first = <T>(list: readonly T[]): readonly T[] => list.slice(0, 1)
    const cut = (cell: Cell): Cell =>
      cell === null || cell.length <= LEAST_CELL ? cell : `${cell.slice(0, LEAST_CELL)}…`
    return {
      ...block,
      columns: block.columns.slice(0, width),
      ...(block.of ? { of: block.of.slice(0, width) } : {}),
      ...(block.rowNumbers ? { rowNumbers: first(block.rowNumbers) } : {}),
      ...(block.files ? { files: first(block.files) } : {}),
      ...(block.lines ? { lines: first(block.lines) } : {}),
      rows: first(block.rows).map((row) => row.slice(0, width).map(cut)),
    }
  },
  brief(block) {
    const { values = [] } = failingValues(block) ?? {}
    const [first] = values
    if (!first || (first.count === 1 && values.length > SHOWN_VALUES)) return undefined
    const shown = values
      .slice(0, SHOWN_VALUES)
      .map(({ cells, count }) => `${cells.map(valueText).join(', ')} × ${numberText(count)}`)
    return values.length > shown.length ? [...shown, '…'] : shown
  },
  columns(block) {
    const all = block.columns.map((_, i) => columnsAt(block, i))
    return all.includes('any') ? 'any' : (all as readonly (readonly string[])[]).flat()
  },
  hide({ values, counted, ...block }, secret) {
    const hidden = block.columns.map((_, i) => tellsOf(columnsAt(block, i), secret))
    const open = values !== undefined && !block.marked.some((i) => hidden[i])
    return {
      ...block,
      rows: block.rows.map((row) => row.map((cell, i) => (cell !== null && hidden[i] ? REDACTED : cell))),
      ...(open ? { values, ...(counted === undefined ? {} : { counted }) } : {}),
    }
  },
  cut({ values, ...block }, cut) {
    const cells = (row: readonly Cell[]): readonly Cell[] => row.map((cell) => (cell === null ? null : cut(cell)))
    return {
      ...block,
      rows: block.rows.map(cells),
      ...(values ? { values: values.map((value) => ({ ...value, cells: cells(value.cells) })) } : {}),
    }
  },
}

/** Failing values with how often each is there, commonest first. */
export interface FailingValues {
  readonly values: readonly ValueCount[]
  /** How many failing rows were counted. */
  readonly counted: number
}

/** What rows tell of the failing values; where all failing rows are shown they are counted here. */
export function failingValues(block: RowsBlock): FailingValues | undefined {
  if (block.marked.length === 0 || block.rows.length === 0) return undefined
  if (block.values) return { values: block.values, counted: block.counted ?? block.total }
  return block.rows.length < block.total ? undefined : { values: countedValues(block), counted: block.rows.length }
}

function countedValues({ rows: all, marked }: RowsBlock): ValueCount[] {
  const groups = new Map<string, { cells: readonly Cell[]; count: number }>()
  for (const row of all) {
    const cells = marked.map((i) => row[i] ?? null)
    const key = JSON.stringify(cells)
    const group = groups.get(key) ?? { cells, count: 0 }
    groups.set(key, group)
    group.count++
  }
  return [...groups.values()].sort((a, b) => b.count - a.count).slice(0, 8)
}

const valueText = (value: Cell): string =>
  value === null ? 'missing' : value === '' ? 'empty' : shorten(visible(value), CELL)

function table(block: RowsBlock): string[] {
  const { columns, rows: all, marked, total } = block
  if (all.length === 0) return []
  const places = placesOf(block)
  const order = [...marked, ...columns.keys()]
    .filter((value, i, all) => all.indexOf(value) === i)
    .slice(0, SHOWN_COLUMNS)
  const header = [...places.map(({ name }) => name), ...order.map((i) => cell(columns[i] as string))]
  const body = all
    .slice(0, SHOWN_ROWS)
    .map((row, r) => [
      ...places.map(({ cells }) => placeText(cells[r])),
      ...order.map((i) => (marked.includes(i) ? `▸ ${cell(row[i] ?? null, MARKED_CELL)}` : cell(row[i] ?? null))),
    ])
  const left = total - body.length
  const title = block.from === undefined ? [] : [`  missing, of ${visible(block.from)}:`]
  return [
    ...title,
    ...columnsOfText([header, ...body]),
    ...(left > 0 ? [`  … and ${countText(left, 'more row')}`] : []),
  ]
}

function cell(text: string | null, most = CELL): string {
  if (text === null) return '(missing)'
  return text === '' ? '(empty)' : shorten(visible(text), most)
}

const placeText = (place: number | string | undefined): string =>
  typeof place === 'number' ? numberText(place) : cell(place ?? null)

/** One thing that says where rows stand. */
export interface Place {
  readonly name: 'row' | 'line' | 'file'
  /** One for each row of the sample. */
  readonly cells: readonly (number | string)[]
}

/** Where the rows of a sample stand: row number, physical line, file; those that are known. */
export function placesOf({
  rowNumbers,
  lines,
  files,
}: Pick<RowsBlock, 'rowNumbers' | 'lines' | 'files'>): readonly Place[] {
  return [
    ...(rowNumbers ? [{ name: 'row' as const, cells: rowNumbers }] : []),
    ...(lines ? [{ name: 'line' as const, cells: lines }] : []),
    ...(files ? [{ name: 'file' as const, cells: files }] : []),
  ]
}
