import type { CurveBlock } from '../../src/results/blocks/curve.ts'
import { decimal, integer, interval } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import { curveChart } from '../html/charts/curve.ts'
import { html } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

const SHOWN_IN_TEXT = 20

/** One number over another, beside the sentences. */
export const curve: BlockDrawing<CurveBlock> = {
  beside: true,
  html: (block, { title }) =>
    block.points.length > 0
      ? html`${curveChart({ ...block, x: visible(block.x), y: visible(block.y) }, title)}<p class="x meaning">${visible(block.y)} over ${visible(block.x)}</p>`
      : undefined,
  markdown({ x, y, points }, text) {
    if (points.length === 0) return undefined
    const rows = points
      .slice(0, SHOWN_IN_TEXT)
      .map(
        (point) =>
          `| ${decimal(point.x)} | ${decimal(point.y)} | ${interval(point.interval)} | ${integer(point.count)} |\n`,
      )
    const left = points.length - SHOWN_IN_TEXT
    return `| ${text(x)} | ${text(y)} | interval | cases |\n|-:|-:|-:|-:|\n${rows.join('')}${left > 0 ? `\n… and ${integer(left)} more\n` : ''}`
  },
}
