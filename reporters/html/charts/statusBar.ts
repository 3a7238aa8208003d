import type { CheckResult } from '../../../src/results/index.ts'
import { countByStatus, statusOrder } from '../../../src/results/index.ts'
import { statusWord } from '../../../src/words/status.ts'
import { integer } from '../../../src/words/text/numbers.ts'
import { html, type Markup } from '../template.ts'
import { at, svg } from './svg.ts'

const width = 1000
const height = 6
/** A status with few checks stays visible. */
const least = 6

/** All checks as one bar, worst first, each status as wide as it has checks. */
export function statusBar(results: readonly CheckResult[]): Markup {
  const counts = countByStatus(results)
  const present = statusOrder.filter((status) => counts[status] > 0)
  const label = `Checks: ${present.map((status) => `${integer(counts[status])} ${statusWord[status].toLowerCase()}`).join(', ')}`
  const raw = present.map((status) => Math.max(least, (width * counts[status]) / results.length))
  const sum = raw.reduce((total, value) => total + value, 0)
  let x = 0
  const parts = present.map((status, i) => {
    const wide = ((raw[i] as number) * width) / sum
    const part = html`<rect class="f-${status}" fill="#68717a" x="${at(x)}" y="0" width="${at(Math.max(1, wide - 2))}" height="${height}" rx="1"/>`
    x += wide
    return part
  })
  return svg('strip', width, height, label, parts, 'none')
}
