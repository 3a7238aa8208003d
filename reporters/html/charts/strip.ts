import type { CheckResult } from '../../../src/results/index.ts'
import { countByStatus, statusOrder } from '../../../src/results/index.ts'
import { integer } from '../../format.ts'
import { statusWord } from '../../../src/words/status.ts'
import { html, type Markup } from '../template.ts'
import { at, svg } from './svg.ts'

const columns = 24
const cell = 13

/** Every check as one shape, worst first; above 400 checks one stacked bar. */
export function strip(results: readonly CheckResult[]): Markup {
  const counts = countByStatus(results)
  const present = statusOrder.filter((status) => counts[status] > 0)
  const label = `Checks: ${present.map((status) => `${integer(counts[status])} ${statusWord[status].toLowerCase()}`).join(', ')}`
  if (results.length > 400) {
    const width = columns * cell
    let x = 0
    // A status with few checks stays visible: at least 4 units wide, taken from the widest.
    const raw = present.map((status) => Math.max(4, (width * counts[status]) / results.length))
    const sum = raw.reduce((total, value) => total + value, 0)
    const parts = present.map((status, i) => {
      const wide = ((raw[i] as number) * width) / sum
      const part = html`<rect class="f-${status}" fill="#68717a" x="${at(x)}" y="0" width="${at(Math.max(1, wide - 1))}" height="18" rx="2"/>`
      x += wide
      return part
    })
    return svg('strip', width, 18, label, parts)
  }
  const body = results.map((result, i) => {
    const x = (i % columns) * cell
    const y = Math.floor(i / columns) * cell
    return result.status === 'pass'
      ? html`<rect class="f-pass" fill="#2a7f86" x="${x + 1}" y="${y + 1}" width="9" height="9" rx="2"/>`
      : html`<use class="c-${result.status}" href="#g-${result.status}" x="${x}" y="${y}" width="11" height="11"/>`
  })
  return svg('strip', columns * cell, Math.max(1, Math.ceil(results.length / columns)) * cell, label, body)
}
