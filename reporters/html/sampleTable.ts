import { type Cell, placesOf, type Sample } from '../../src/results/index.ts'
import { cut, integer, oneLine, plural } from '../format.ts'
import { html, type Markup } from './template.ts'

/** Longest text of a cell beside the offending one. */
const longestNeighbour = 300

/** The failing rows of a check, its offending cells marked; says when it shows fewer rows than there are. */
export function sampleTable(sample: Sample, label: string): Markup {
  const places = placesOf(sample)
  const marked = new Set(sample.marked)
  const shown = sample.rows.length
  const text =
    shown < sample.total ? `${integer(shown)} of ${plural(sample.total, 'failing row')}` : plural(shown, 'failing row')
  return html`<details class="rows" open><summary>${text}</summary><div class="tw" role="group" tabindex="0" aria-label="${label}"><table class="small"><thead><tr>${places.map(({ name }) => html`<th scope="col" class="r">${name}</th>`)}${sample.columns.map((name) => html`<th scope="col">${oneLine(name)}</th>`)}</tr></thead>
<tbody>${sample.rows.map((row, i) => html`<tr>${places.map(({ cells }) => html`<td class="r x">${placeText(cells[i])}</td>`)}${row.map((cell, j) => html`<td>${marked.has(j) ? html`<mark>${cellText(cell)}</mark>` : cellText(cell && cut(cell, longestNeighbour))}</td>`)}</tr>`)}</tbody></table></div></details>`
}

function placeText(place: number | string | undefined): string {
  return typeof place === 'string' ? oneLine(place) : integer(place)
}

function cellText(cell: Cell): Markup {
  if (cell === null) return html`<i>missing</i>`
  if (cell === '') return html`<i>empty string</i>`
  return html`<code class="cell">${oneLine(cell)}</code>`
}
