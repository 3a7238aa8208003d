import type { CurveBlock, CurvePoint } from '../../../src/results/blocks/curve.ts'
import { decimal } from '../../../src/words/text/numbers.ts'
import { html, type Markup } from '../template.ts'
import { at, clamp, svg } from './svg.ts'

const width = 276
const height = 200
const left = 34
const bottom = 22
const top = 8
/** The radius of the largest point. */
const LARGEST = 5
/** The height of the tallest bar of counts. */
const TALLEST = 34

/** One number over another, with the intervals of its points; the more cases stand behind a point, the larger it is. */
export function curveChart({ x, y, points, ideal }: CurveBlock, about: string): Markup {
  const known = points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y))
  const xs = known.map((point) => point.x)
  const ys = known.flatMap((point) => [point.y, ...(point.interval ?? [])])
  // Beside a diagonal both axes have one scale, so that it is one.
  const both = ideal === 'diagonal' ? shareExtent([...xs, ...ys]) : undefined
  const across = both ?? extentOf(xs)
  const up = both ?? extentOf(ys)
  const place = (value: number, [from, to]: readonly [number, number], start: number, end: number): number =>
    at(clamp(start + ((value - from) / (to > from ? to - from : 1)) * (end - start), 0, 1e4))
  const px = (value: number): number => place(value, across, left, width - 6)
  const py = (value: number): number => place(value, up, height - bottom, top)
  const most = Math.max(1, ...known.map(({ count = 1 }) => count))
  const line = known.map((point, i) => `${i ? 'L' : 'M'}${px(point.x)} ${py(point.y)}`).join('')
  const [from, to] = [Math.max(across[0], up[0]), Math.min(across[1], up[1])]
  const diagonal = ideal === 'diagonal' && from < to
  const body = html`<path class="k-line" fill="none" stroke="#e5e6e4" d="M${left} ${top}V${height - bottom}H${width - 6}"/>${diagonal && html`<path class="k-ref" stroke="#68717a" fill="none" stroke-dasharray="3 3" d="M${px(from)} ${py(from)}L${px(to)} ${py(to)}"/>`}
${bars(known, px)}<path class="k-cur" fill="none" stroke="#1f5fbf" stroke-width="1.6" d="${line}"/>${known.map((point) => dot(point, px, py, most))}
<text x="${left}" y="${height - 6}">${decimal(across[0])}</text><text x="${width}" y="${height - 6}" text-anchor="end">${decimal(across[1])}</text>
<text x="${left - 4}" y="${height - bottom}" text-anchor="end">${decimal(up[0])}</text><text x="${left - 4}" y="${top + 8}" text-anchor="end">${decimal(up[1])}</text>`
  return svg('chart', width, height, `${about}: ${y} over ${x}`, body)
}

function dot(
  { x, y, interval, count = 1 }: CurvePoint,
  px: (value: number) => number,
  py: (value: number) => number,
  most: number,
): Markup {
  const range =
    interval &&
    html`<path class="k-cur" fill="none" stroke="#1f5fbf" d="M${px(x)} ${py(interval[0])}V${py(interval[1])}"/>`
  return html`${range}<circle class="f-dot" fill="#1f5fbf" cx="${px(x)}" cy="${py(y)}" r="${at(Math.max(1.5, LARGEST * Math.sqrt(Math.max(0, count) / most)))}"/>`
}

/** How many cases stand behind the points, as bars on the axis. */
function bars(points: readonly CurvePoint[], px: (value: number) => number): Markup | undefined {
  if (points.length < 2 || points.some(({ count }) => count === undefined)) return undefined
  const most = Math.max(1, ...points.map(({ count = 0 }) => count))
  const base = height - bottom
  const path = points.map(({ x, count = 0 }) =>
    count > 0 ? `M${at(px(x) - 4)} ${base}V${at(base - Math.max(1, (TALLEST * count) / most))}h8V${base}z` : '',
  )
  return html`<path class="f-ref" fill="#c4c9cd" d="${path.join('')}"/>`
}

/** From 0 to 1 where all are shares. */
function shareExtent(values: readonly number[]): readonly [number, number] {
  const [least, most] = extentOf(values)
  return least >= 0 && most <= 1 ? [0, 1] : [least, most]
}

function extentOf(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite)
  return finite.length > 0 ? [Math.min(...finite), Math.max(...finite)] : [0, 1]
}
