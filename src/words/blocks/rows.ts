import type { Cell, RowsBlock, ValueCount } from '../../results/blocks/rows.ts'
import { placesOf } from '../../results/places.ts'
import { countText, numberText } from '../text/numbers.ts'
import { shorten, visible } from '../text/visible.ts'
import type { BlockText } from './block.ts'
import { columnsOfText } from './columns.ts'

const SHOWN_ROWS = 5
const SHOWN_COLUMNS = 6
const CELL = 24
/** The offending cell, which is what the row is shown for. */
const MARKED_CELL = 60

/** Different failing values in the space of a line. */
const SHOWN_VALUES = 3

/** Failing rows: a table in which `▸` marks the offending cells, and the commonest failing values in short. */
export const rows: BlockText<RowsBlock> = {
  lines: table,
  brief(block) {
    const { values = [] } = failingValues(block) ?? {}
    const [first] = values
    if (!first || (first.count === 1 && values.length > SHOWN_VALUES)) return undefined
    const shown = values
      .slice(0, SHOWN_VALUES)
      .map(({ cells, count }) => `${cells.map(valueText).join(', ')} × ${numberText(count)}`)
    return `${shown.join(', ')}${values.length > shown.length ? ', …' : ''}`
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
  return [...columnsOfText([header, ...body]), ...(left > 0 ? [`  … and ${countText(left, 'more row')}`] : [])]
}

function cell(text: string | null, most = CELL): string {
  if (text === null) return '(missing)'
  return text === '' ? '(empty)' : shorten(visible(text), most)
}

const placeText = (place: number | string | undefined): string =>
  typeof place === 'number' ? numberText(place) : cell(place ?? null)
