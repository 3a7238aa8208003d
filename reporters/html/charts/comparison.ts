import type { DistributionsBlock } from '../../../src/results/blocks/distributions.ts'
import { shareText } from '../../../src/words/text/numbers.ts'
import { edge } from '../../../src/words/text/times.ts'
import { shorten, visible } from '../../../src/words/text/visible.ts'
import { html, type Markup } from '../template.ts'
import { at, barPath, shares, svg } from './svg.ts'

const width = 276
const height = 96

/** Reference and current data over the same bins: grey bars and a blue line or tick, told apart by form. */
export function comparison(chart: DistributionsBlock, about: string): Markup {
  return chart.type === 'histogram' ? histogram(chart, about) : categories(chart, about)
}

function histogram(chart: DistributionsBlock & { type: 'histogram' }, about: string): Markup {
  const base = 76
  const current = shares(chart.current)
  const reference = shares(chart.reference ?? [])
  const tallest = Math.max(...current, ...reference, 1e-12)
  const step = width / Math.max(1, current.length)
  const y = (share: number): number => at(base - (share / tallest) * (base - 4))
  const line = current.map((share, i) => `${i ? 'L' : 'M'}${at(i * step)} ${y(share)}H${at((i + 1) * step)}`).join('')
  const [low, high] = extentOf(chart)
  const label = (value: number): string => edge(value, chart.unit, high - low)
  const bars = barPath(
    reference.map((share) => share / tallest),
    width,
    4,
    base,
    1,
  )
  const median = (of: readonly number[], length: number, className: string, color: string): Markup | false =>
    of.length > 0 &&
    html`<path class="${className}" stroke="${color}" fill="none" stroke-width="1.8" d="M${at((medianBin(of) + 0.5) * step)} ${base}v${length}"/>`
  const body = html`<path class="f-ref" fill="#c4c9cd" d="${bars}"/>
<path class="f-cur" fill="none" d="${line && `${line}V${base}H0z`}"/><path class="k-cur" fill="none" stroke="#1f5fbf" stroke-width="1.6" d="${line}"/>
<path class="k-line" fill="none" stroke="#e5e6e4" d="M0 ${base}.5H${width}"/>
${median(reference, 5, 'k-ref', '#68717a')}${median(current, 8, 'k-cur', '#1f5fbf')}
<text x="0" y="${height - 4}">${label(low)}</text><text x="${width}" y="${height - 4}" text-anchor="end">${label(high)}</text>`
  return svg('chart', width, height, `${about}: distribution from ${label(low)} to ${label(high)}`, body)
}

/** From where to where a chart goes; bins of whole numbers have their edges halfway between them. */
function extentOf({ edges, unit }: DistributionsBlock & { type: 'histogram' }): [number, number] {
  const low = edges[0] ?? 0
  const high = edges[edges.length - 1] ?? 0
  const halfway = unit !== 'time' && edges.every((edge) => Math.abs(edge % 1) === 0.5)
  return halfway ? [low + 0.5, high - 0.5] : [low, high]
}

function categories(chart: DistributionsBlock & { type: 'categories' }, about: string): Markup {
  const most = 8
  const left = 92
  const room = width - left - 50
  const current = shares(chart.current).slice(0, most)
  const reference = shares(chart.reference ?? []).slice(0, most)
  const tallest = Math.max(...current, ...reference, 1e-12)
  const rowHeight = height / Math.max(1, current.length)
  const thick = Math.min(12, rowHeight - 3)
  const rows = current.map((share, i) => {
    const middle = (i + 0.5) * rowHeight
    const folded = chart.folded && i === chart.labels.length - 1 ? ` (${chart.folded})` : ''
    const label = shorten(visible(chart.labels[i] ?? '') + folded, 13)
    const bar = reference[i] ?? share
    return html`<text x="${left - 6}" y="${at(middle + 3.5)}" text-anchor="end">${label}</text>
<rect class="f-ref" fill="#c4c9cd" x="${left}" y="${at(middle - thick / 2)}" width="${at((bar / tallest) * room)}" height="${at(thick)}"/>
${chart.reference ? html`<path class="k-cur" stroke="#1f5fbf" stroke-width="2.2" d="M${at(left + (share / tallest) * room)} ${at(middle - thick / 2 - 1.5)}v${at(thick + 3)}"/>` : ''}
<text x="${width}" y="${at(middle + 3.5)}" text-anchor="end">${shareText(Math.round(share * 1000) / 1000)}</text>`
  })
  return svg('chart', width, height, `${about}: share by category`, rows)
}

function medianBin(of: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < of.length; i++) {
    sum += of[i] as number
    if (sum >= 0.5) return i
  }
  return 0
}
