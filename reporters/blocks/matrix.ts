import type { MatrixBlock } from '../../src/results/blocks/matrix.ts'
import { integer } from '../../src/words/text/numbers.ts'
import { shorten, visible } from '../../src/words/text/visible.ts'
import { html } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

/** Labels drawn in each direction. */
const SHOWN = 20
const LABEL = 24
const SHOWN_IN_TEXT = 10

/** Counts in rows and columns; what is off the diagonal is tinted by its share of the row. */
export const matrix: BlockDrawing<MatrixBlock> = {
  html(block, { title }) {
    const { down, across, rows, columns, counts } = block
    if (rows.length === 0) return undefined
    const left = Math.max(rows.length, columns.length) - SHOWN
    const label = (text: string): string => shorten(visible(text), LABEL)
    const cell = (i: number, j: number): ReturnType<typeof html> => {
      const count = counts[i]?.[j] ?? 0
      return html`<td class="r${count > 0 && rows[i] !== columns[j] && ` over-${tint(count, counts[i] ?? [])}`}">${integer(count)}</td>`
    }
    return html`<div class="tw" role="group" tabindex="0" aria-label="${`${visible(down)} by ${visible(across)} of ${title}`}"><table class="small matrix"><thead><tr><th scope="col" class="l">${visible(down)} \\ ${visible(across)}</th>${columns.slice(0, SHOWN).map((name) => html`<th scope="col" class="r">${label(name)}</th>`)}</tr></thead><tbody>${rows.slice(0, SHOWN).map((name, i) => html`<tr><th scope="row">${label(name)}</th>${columns.slice(0, SHOWN).map((_, j) => cell(i, j))}</tr>`)}</tbody></table></div>${left > 0 && html`<p class="x">and ${integer(left)} more</p>`}`
  },
  markdown({ down, across, rows, columns, counts }, text) {
    if (rows.length === 0) return undefined
    const shown = columns.slice(0, SHOWN_IN_TEXT)
    const head = `| ${text(`${down} \\ ${across}`)} | ${shown.map((name) => text(name, LABEL)).join(' | ')} |\n|-|${'-:|'.repeat(shown.length)}\n`
    const body = rows
      .slice(0, SHOWN_IN_TEXT)
      .map((name, i) => `| ${text(name, LABEL)} | ${shown.map((_, j) => integer(counts[i]?.[j] ?? 0)).join(' | ')} |\n`)
    const left = Math.max(rows.length, columns.length) - SHOWN_IN_TEXT
    return `${head}${body.join('')}${left > 0 ? `\n… and ${integer(left)} more\n` : ''}`
  },
}

function tint(count: number, row: readonly number[]): 1 | 2 | 3 | 4 {
  const share = count / row.reduce((sum, one) => sum + one, 0)
  return share <= 0.05 ? 1 : share <= 0.2 ? 2 : share <= 0.4 ? 3 : 4
}
