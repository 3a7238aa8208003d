import type { Sample } from '../results/checkResult.ts'
import { placesOf } from '../results/places.ts'
import { countText, numberText } from './text/numbers.ts'
import { shorten, visible } from './text/visible.ts'

const SHOWN_ROWS = 5
const SHOWN_COLUMNS = 6
const CELL = 24
/** The offending cell, which is what the row is shown for. */
const MARKED_CELL = 60

/** Failing rows as lines of a table; `▸` marks the offending cells. */
export function sampleTable(sample: Sample): string[] {
  const { columns, rows, marked, total } = sample
  const places = placesOf(sample)
  const order = [...marked, ...columns.keys()]
    .filter((value, i, all) => all.indexOf(value) === i)
    .slice(0, SHOWN_COLUMNS)
  const header = [...places.map(({ name }) => name), ...order.map((i) => cell(columns[i] as string))]
  const body = rows
    .slice(0, SHOWN_ROWS)
    .map((row, r) => [
      ...places.map(({ cells }) => placeText(cells[r])),
      ...order.map((i) => (marked.includes(i) ? `▸ ${cell(row[i] ?? null, MARKED_CELL)}` : cell(row[i] ?? null))),
    ])
  const widths = header.map((text, i) => Math.max(text.length, ...body.map((row) => (row[i] as string).length)))
  const line = (row: readonly string[]) =>
    `  ${row.map((text, i) => text.padEnd(widths[i] as number)).join('  ')}`.trimEnd()
  const left = total - body.length
  return [line(header), ...body.map(line), ...(left > 0 ? [`  … and ${countText(left, 'more row')}`] : [])]
}

function cell(text: string | null, most = CELL): string {
  if (text === null) return '(missing)'
  return text === '' ? '(empty)' : shorten(visible(text), most)
}

const placeText = (place: number | string | undefined): string =>
  typeof place === 'number' ? numberText(place) : cell(place ?? null)
