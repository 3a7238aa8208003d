import type { Status } from '../../../src/results/index.ts'
import { html, type Markup } from '../template.ts'
import { at, clamp, svg } from './svg.ts'

const width = 120

/** A value with its interval and its limit on one line, from `from` to `to`. */
export function intervalBar(
  {
    value,
    interval,
    limit,
  }: { value: number; interval?: readonly [number, number] | undefined; limit?: number | undefined },
  [from, to]: readonly [number, number],
  status: Status,
  label: string,
): Markup {
  const span = to - from
  const x = (number: number): number =>
    at(clamp(6 + ((width - 12) * (number - from)) / (span > 0 ? span : 1), 2, width - 2))
  const range =
    interval &&
    html`<path class="k-${status}" stroke="#4b535b" fill="none" stroke-width="1.8" d="M${x(interval[0])} 4v6m0-3H${x(interval[1])}m0-3v6"/>`
  const tick =
    limit !== undefined &&
    html`<path class="k-ink" stroke="#4b535b" fill="none" stroke-dasharray="2 2" d="M${x(limit)} 0V14"/>`
  const body = html`<path class="k-line" stroke="#e5e6e4" d="M0 7H${width}"/>${tick}${range}<circle class="f-${status}" fill="#4b535b" cx="${x(value)}" cy="7" r="3"/>`
  return svg('interval', width, 14, label, body)
}
