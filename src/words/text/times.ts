import { decimal, integer, noValue } from './numbers.ts'

/** Milliseconds in one unit, so that a column of them can be compared: `3.5 ms`, `1,204 ms`. */
export function milliseconds(ms: number): string {
  if (!Number.isFinite(ms)) return noValue
  return ms < 10 ? `${Number(ms.toFixed(1))} ms` : `${integer(ms)} ms`
}

/** A longer stretch of time: `640 ms`, `6.4 s`, `12 min 5 s`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return noValue
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`
  const seconds = Math.round(ms / 1000)
  return `${integer(Math.floor(seconds / 60))} min ${seconds % 60} s`
}

/** An ISO instant as `2026-11-23 04:12:09 UTC`. */
export function instant(iso: string): string {
  return /^\d{4}-\d\d-\d\dT.*Z$/.test(iso) ? iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC') : iso
}

/** The edge of a bin; times by day, or by minute when the axis spans less than two days. */
export function edge(value: number, unit: 'number' | 'time' | undefined, span: number): string {
  if (unit !== 'time') return decimal(value)
  if (!Number.isFinite(value) || Math.abs(value) > 8.64e15) return noValue
  const iso = new Date(value).toISOString()
  return span < 2 * 86_400_000 ? iso.slice(0, 16).replace('T', ' ') : iso.slice(0, 10)
}

const stretches: readonly (readonly [unit: string, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/** How old something is, in its largest unit and the one below: `2 days 3 hours`, `1 hour`; `0 seconds` below a second. */
export function ageText(ms: number): string {
  let rest = Math.floor(ms / 1000) * 1000
  const first = stretches.findIndex(([, length]) => rest >= length)
  if (first < 0) return '0 seconds'
  const parts = stretches.slice(first, first + 2).flatMap(([unit, length]) => {
    const count = Math.floor(rest / length)
    rest -= count * length
    return count === 0 ? [] : [`${integer(count)} ${unit}${count === 1 ? '' : 's'}`]
  })
  return parts.join(' ')
}
