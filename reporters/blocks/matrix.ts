import type { MatrixBlock } from '../../src/results/blocks/matrix.ts'
import { integer, shareText } from '../../src/words/text/numbers.ts'
import { shorten, visible } from '../../src/words/text/visible.ts'
import { html } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

/** Labels drawn in each direction. */
const SHOWN = 20
const LABEL = 24
const SHOWN_IN_TEXT = 10

/**
 * Counts in rows and columns; what is off the diagonal is tinted by its share of the row. Where rows and columns have the
 * same labels, each row says which share of it is on the diagonal (recall), and each column (precision).
 */
export const matrix: BlockDrawing<MatrixBlock> = {
  html(block, { title }) {
    const { down, across, rows, columns, counts } = block
    if (rows.length === 0) return undefined
    const left = Math.max(rows.length, columns.length) - SHOWN
    const label = (text: string): string => shorten(visible(text), LABEL)
    const confusion = rows.length === columns.length && rows.every((name, i) => name === columns[i])
    const cell = (i: number, j: number): ReturnType<typeof html> => {
      const count = counts[i]?.[j] ?? 0
      const same = confusion ? i === j : rows[i] === columns[j]
      const tinted = count > 0 && !same ? ` over-${tint(count, counts[i] ?? [])}` : ''
      return html`<td class="r${tinted}${same && ' same'}">${integer(count)}</td>`
    }
    const recall = (i: number): ReturnType<typeof html> =>
      html`<td class="r of-row">${shareText(diagonal(counts[i] ?? [], i))}</td>`
    const precision = (j: number): ReturnType<typeof html> =>
      html`<td class="r of-row">${shareText(
        diagonal(
          counts.map((row) => row[j] ?? 0),
          j,
        ),
      )}</td>`
    return html`<div class="tw" role="group" tabindex="0" aria-label="${`${visible(down)} by ${visible(across)} of ${title}`}"><table class="small matrix"><thead><tr><th scope="col" class="l">${visible(down)} \\ ${visible(across)}</th>${columns.slice(0, SHOWN).map((name) => html`<th scope="col" class="r">${label(name)}</th>`)}${confusion && html`<th scope="col" class="r">recall</th>`}</tr></thead><tbody>${rows.slice(0, SHOWN).map((name, i) => html`<tr><th scope="row">${label(name)}</th>${columns.slice(0, SHOWN).map((_, j) => cell(i, j))}${confusion && recall(i)}</tr>`)}</tbody>${confusion && html`<tfoot><tr><th scope="row">precision</th>${columns.slice(0, SHOWN).map((_, j) => precision(j))}<td></td></tr></tfoot>`}</table></div>${left > 0 && html`<p class="x">and ${integer(left)} more</p>`}`
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

/** The share of a row or column that is on the diagonal; undefined where nothing is in it. */
function diagonal(line: readonly number[], place: number): number | undefined {
  const all = line.reduce((sum, count) => sum + count, 0)
  return all > 0 ? (line[place] ?? 0) / all : undefined
}

function tint(count: number, row: readonly number[]): 1 | 2 | 3 | 4 {
  const share = count / row.reduce((sum, one) => sum + one, 0)
  return share <= 0.05 ? 1 : share <= 0.2 ? 2 : share <= 0.4 ? 3 : 4
}
