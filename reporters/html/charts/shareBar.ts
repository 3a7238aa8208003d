import type { CheckResult, Status } from '../../../src/results/index.ts'
import { shareText } from '../../../src/words/text/numbers.ts'
import { failingShare } from '../../../src/results/worstFirst.ts'
import { html, type Markup } from '../template.ts'
import { at, clamp, svg } from './svg.ts'

const width = 92

/** Length of the bar, and of its limit tick when there is one, on a log scale from 0.001 % to 100 %. */
export interface ShareBar {
  readonly length: number
  readonly tick?: number
}

/** The share of failing rows of a result: 40 of 1.3 million stay visible. Nothing when no row fails. */
export function shareBar(result: CheckResult): ShareBar | undefined {
  const share = failingShare(result)
  if (!share) return undefined
  const limit = shareLimit(result)
  return { length: place(share), ...(limit ? { tick: place(limit) } : {}) }
}

/** Draws the bar. */
export function drawShareBar(bar: ShareBar, status: Status, share: number | undefined): Markup {
  const tick =
    bar.tick !== undefined && html`<path class="k-ink" stroke="#4b535b" stroke-width="1.2" d="M${bar.tick} 0V10"/>`
  const body = html`<rect class="f-line" fill="#e5e6e4" y="3" width="${width}" height="4" rx="2"/><rect class="f-${status}" fill="#68717a" y="3" width="${bar.length}" height="4" rx="2"/>${tick}`
  return svg('bar', width, 10, `${shareText(share)} of tested rows fail`, body)
}

// A limit is drawn only when it bounds a share: the failing share from above, or the passing share from below.
function shareLimit({ limit, value, counts }: CheckResult): number | undefined {
  if (!limit || value === undefined || !counts || counts.tested === 0) return undefined
  const failing = counts.failed / counts.tested
  if (limit.max !== undefined && limit.max <= 1 && Math.abs(value - failing) < 1e-6) return limit.max
  if (limit.min !== undefined && limit.min <= 1 && Math.abs(value - (1 - failing)) < 1e-6) return 1 - limit.min
  return undefined
}

function place(share: number): number {
  if (share <= 0) return 0
  return at(clamp((width * (Math.log10(Math.max(share, 1e-5)) + 5)) / 5, 2, width))
}
