import type { ColumnProfile } from '../../../src/results/index.ts'
import { shareText } from '../../../src/words/text/numbers.ts'
import { shorten, visible } from '../../../src/words/text/visible.ts'
import { html, type Markup } from '../template.ts'
import { at, barPath, svg } from './svg.ts'

const width = 116
const height = 22
/** Length of a bar that holds every row. */
const full = 44

/** What a column holds, in the space of a table cell: a histogram, or its most frequent values. */
export function shape(column: ColumnProfile, rows: number): Markup | undefined {
  const counts = column.histogram?.counts
  if (counts && counts.some((count) => count > 0)) {
    const tallest = Math.max(...counts)
    const path = barPath(
      counts.map((count) => count / tallest),
      width,
      1,
      height,
      0.8,
    )
    const range = column.min !== undefined && column.max !== undefined ? ` from ${column.min} to ${column.max}` : ''
    return svg(
      'shape',
      width,
      height,
      `${column.name}: histogram${range}`,
      html`<path class="f-ref" fill="#c4c9cd" d="${path}"/>`,
    )
  }
  const top = (column.top ?? []).slice(0, 3)
  const present = column.among ?? rows - column.missing
  if (top.length === 0 || present <= 0) return undefined
  const share = (count: number): number => Math.min(1, count / present)
  const label = top.map(({ value, count }) => `${shorten(visible(value), 40)} ${shareText(share(count))}`).join(', ')
  const each = height / top.length
  const bars = top.map(({ count }, i) => {
    const long = at(Math.max(1, share(count) * full))
    const text = i === 0 ? shorten(visible(top[0]?.value ?? ''), 10) : ''
    return html`<rect class="f-ref" fill="#c4c9cd" x="0" y="${at(i * each + 0.5)}" width="${long}" height="${at(each - 1.2)}"/>${text && html`<text x="${full + 6}" y="${at(height / 2 + 3.5)}">${text}</text>`}`
  })
  return svg('shape', width, height, `${column.name}: most frequent values ${label}`, bars)
}
