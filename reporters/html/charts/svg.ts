import { html, type MarkupHole, type Markup } from '../template.ts'

/** A drawing of fixed user units with a text alternative. */
export function svg(
  className: string,
  width: number,
  height: number,
  label: string,
  body: MarkupHole,
  ratio?: 'none',
): Markup {
  return html`<svg class="${className}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${ratio && html` preserveAspectRatio="${ratio}"`} role="img" aria-label="${label}">${body}</svg>`
}

/** A coordinate with one decimal; anything that is not finite becomes 0, so no path is ever broken. */
export function at(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 : 0
}

/** `value` kept within `low` and `high`. */
export function clamp(value: number, low: number, high: number): number {
  return Number.isNaN(value) ? low : Math.min(high, Math.max(low, value))
}

/** Counts as shares of their sum; all zero when there is nothing. */
export function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + finite(count), 0)
  return counts.map((count) => (total > 0 ? finite(count) / total : 0))
}

/** A path of bars from the base line up; `heights` are 0 to 1. */
export function barPath(heights: readonly number[], width: number, top: number, base: number, gap: number): string {
  const step = width / Math.max(1, heights.length)
  return heights
    .map((height, i) =>
      height > 0
        ? `M${at(i * step)} ${base}V${at(base - Math.max(0.8, height * (base - top)))}h${at(Math.max(0.5, step - gap))}V${base}z`
        : '',
    )
    .join('')
}

function finite(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0
}
