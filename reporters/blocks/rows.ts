import { type Cell, failingValues, placesOf, type RowsBlock } from '../../src/results/blocks/rows.ts'
import { countText, integer } from '../../src/words/text/numbers.ts'
import { cut, shorten, visible } from '../../src/words/text/visible.ts'
import { html, type Markup } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

/** Longest text of a cell beside the offending one. */
const LONGEST_NEIGHBOUR = 300

/** The commonest failing values, and the failing rows with their offending cells marked. */
export const rows: BlockDrawing<RowsBlock> = {
  html: (block, result, room) =>
    html`${values(block)}
${block.rows.length > 0 && table(block, labelOf(block, result.title), room)}`,
}

const labelOf = ({ from }: RowsBlock, title: string): string =>
  from === undefined ? `Failing rows of ${title}` : `Rows of ${visible(from)} that are missing`

/** The commonest failing values with their counts, and how many failing rows hold another. */
function values(block: RowsBlock): Markup | false {
  const { values: all = [], counted = 0 } = failingValues(block) ?? {}
  const [first] = all
  if (!first || first.count === 1) return false
  const rest = counted - all.reduce((sum, { count }) => sum + count, 0)
  return html`<p class="values"><span class="x">failing values</span> ${all.map(({ cells, count }) => html`<span class="value"><mark>${cells.map((cell, i) => html`${i > 0 && ', '}${valueText(cell)}`)}</mark> × ${integer(count)}</span> `)}${rest > 0 && html`<span class="x">others × ${integer(rest)}</span>`}${counted < block.total && html` <span class="x">of the first ${integer(counted)}</span>`}</p>`
}

function valueText(cell: Cell): Markup {
  return cell === null || cell === '' ? cellText(cell) : html`<code>${shorten(visible(cell), 60)}</code>`
}

/** Columns of failing rows that are drawn, whatever room there is; the offending ones are among them. */
const LEAST_COLUMNS = 20
/** Rows that are drawn, whatever room there is. */
const LEAST_ROWS = 2

/** The failing rows; says when it shows fewer than there are, or fewer of their columns. */
function table(block: RowsBlock, label: string, room: number): Markup {
  const most = Math.max(LEAST_COLUMNS, Math.floor(room / (2 * LEAST_ROWS + 1)))
  const marked = new Set(block.marked)
  const columns = [...block.columns.keys()]
    .sort((a, b) => Number(marked.has(b)) - Number(marked.has(a)))
    .slice(0, most)
    .sort((a, b) => a - b)
  const rows = block.rows.slice(0, Math.max(LEAST_ROWS, Math.floor(room / (2 * columns.length + 4))))
  const places = placesOf(block)
  const left = block.columns.length - columns.length
  const shown = rows.length
  const counted = countText(block.total, block.from === undefined ? 'failing row' : 'missing row')
  const text = `${shown < block.total ? `${integer(shown)} of ` : ''}${counted}${block.from === undefined ? '' : ` of ${visible(block.from)}`}`
  return html`<details class="rows" open><summary>${text}</summary><div class="tw" role="group" tabindex="0" aria-label="${label}"><table class="small"><thead><tr>${places.map(({ name }) => html`<th scope="col" class="r">${name}</th>`)}${columns.map((j) => html`<th scope="col">${visible(block.columns[j] as string)}</th>`)}</tr></thead>
<tbody>${rows.map((row, i) => html`<tr>${places.map(({ cells }) => html`<td class="r x">${placeText(cells[i])}</td>`)}${columns.map((j) => html`<td>${cellAt(row[j] ?? null, marked.has(j))}</td>`)}</tr>`)}</tbody></table>${left > 0 && html`<p class="empty">${countText(left, 'more column is', 'more columns are')} not drawn.</p>`}</div></details>`
}

function cellAt(cell: Cell, marked: boolean): Markup {
  return marked ? html`<mark>${cellText(cell)}</mark>` : cellText(cell && cut(cell, LONGEST_NEIGHBOUR))
}

function placeText(place: number | string | undefined): string {
  return typeof place === 'string' ? visible(place) : integer(place)
}

function cellText(cell: Cell): Markup {
  if (cell === null) return html`<i>missing</i>`
  if (cell === '') return html`<i>empty</i>`
  return html`<code class="cell">${visible(cell)}</code>`
}
