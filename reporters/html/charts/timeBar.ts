import type { Status } from '../../../src/results/index.ts'
import { html, type Markup } from '../template.ts'
import { at, clamp, svg } from './svg.ts'

const width = 120

/** A time as a bar from 0 to the longest of its table, with its limit as a dashed tick. */
export function timeBar(ms: number, limit: number | undefined, longest: number, status: Status, label: string): Markup {
  const x = (value: number): number => at(clamp((width * value) / (longest > 0 ? longest : 1), 1, width - 1))
  const tick =
    limit !== undefined &&
    html`<path class="k-ink" stroke="#4b535b" fill="none" stroke-dasharray="2 2" d="M${x(limit)} 0V14"/>`
  const body = html`<rect class="f-line" fill="#e5e6e4" y="5" width="${width}" height="4" rx="2"/><rect class="f-${status}" fill="#68717a" y="5" width="${x(ms)}" height="4" rx="2"/>${tick}`
  return svg('interval', width, 14, label, body)
}
