import { stripVTControlCharacters } from 'node:util'
import { withoutCommands } from '../src/results/index.ts'
import { grouped } from '../src/numberText.ts'

/** What stands for a number that is not there, or is not finite. */
const noValue = '—'

/** Longest text of one value in a report; what is cut says so. */
const longestValue = 2000

const thinSpace = '\u202f'

/** A count with a thin space between thousands: `1 284 310`. */
export function integer(value: number | null | undefined, separator: string = thinSpace): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return noValue
  const digits = String(Math.round(Math.abs(value)))
  if (!/^\d+$/.test(digits)) return String(value)
  const text = grouped(digits, separator)
  return value < 0 && digits !== '0' ? `−${text}` : text
}

/** A measured number with about `significant` digits: `0.0312`, `12 400`, `1.2e+21`. */
export function decimal(value: number | null | undefined, significant = 3): string {
  if (typeof value !== 'number' || Number.isNaN(value)) return noValue
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  if (value === 0) return '0'
  const size = Math.abs(value)
  const sign = value < 0 ? '−' : ''
  if (size >= 1e15 || size < 1e-6) return sign + size.toExponential(significant - 1)
  const short = Number(size.toPrecision(size >= 10 ** significant ? Math.ceil(Math.log10(size)) + 1 : significant))
  if (Number.isInteger(short)) return sign + integer(short)
  const [whole = '0', fraction = ''] = String(short).includes('e')
    ? short.toFixed(10).replace(/0+$/, '').split('.')
    : String(short).split('.')
  return `${sign}${integer(Number(whole))}.${fraction}`
}

/**
 * A share as a percentage. More digits near 0 and 1, and never rounded into them:
 * 3 rows of a million are `< 0.001 %`, not `0 %`.
 */
export function percent(share: number | null | undefined): string {
  if (typeof share !== 'number' || !Number.isFinite(share)) return noValue
  const value = 100 * share
  const fromEnd = Math.min(Math.abs(value), Math.abs(100 - value))
  if (fromEnd === 0) return `${value}${thinSpace}%`
  if (fromEnd < 0.001) return `${value < 50 ? '< 0.001' : '> 99.999'}${thinSpace}%`
  const digits = fromEnd >= 10 ? 1 : fromEnd >= 0.1 ? 2 : 3
  return `${Number(value.toFixed(digits))}${thinSpace}%`
}

/** An interval of shares, one decimal: `92.7–97.3 %`. */
export function percentInterval([low, high]: readonly [number, number]): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return noValue
  return `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}${thinSpace}%`
}

/** Text in which a number stays on one line with the percent sign after it and the comparison before it. */
export function keepTogether(text: string): string {
  return text.replace(/(\d) %/g, `$1${thinSpace}%`).replace(/([≤≥<>=]) (?=[\d−-])/g, '$1\u00a0')
}

/** A probability of a test: small ones as a bound. */
export function probability(p: number | null | undefined): string {
  if (typeof p !== 'number' || !Number.isFinite(p)) return noValue
  if (p < 0.0001) return '< 0.0001'
  return String(Number(p.toPrecision(2)))
}

/** An interval: `0.21 to 0.25`. */
export function interval(
  bounds: readonly [number, number] | undefined,
  show: (value: number) => string = decimal,
): string {
  return bounds ? `${show(bounds[0])} to ${show(bounds[1])}` : noValue
}

/** Milliseconds in one unit, so that a column of them can be compared: `3.5 ms`, `1 204 ms`. */
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

/** `1 row`, `2 rows`. */
export function plural(count: number, word: string, words: string = `${word}s`): string {
  return `${integer(count)} ${count === 1 ? word : words}`
}

/** `a`, `a and b`, `a, b and c`. */
export function sentenceList(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`
}

// Controls but tab and newline, invisible and bidi marks, line separators, lone halves of surrogate pairs.
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text in which control, invisible and bidi characters are shown as `\u202e`; tabs and newlines stay. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Like `visible`, on one line: tabs and newlines are shown as `\t` and `\n`. */
export function oneLine(text: string): string {
  return visible(text.replaceAll('\r\n', '\\r\\n').replaceAll('\n', '\\n').replaceAll('\t', '\\t'))
}

/** Text of the data on one line of a terminal or a log: no escape sequence, no command to a CI server, plain spaces. */
export function logLine(text: string): string {
  return plainSpaces(oneLine(withoutCommands(stripVTControlCharacters(text))))
}

/** Text with ordinary spaces for the thin ones between digits. */
export function plainSpaces(text: string): string {
  return text.replaceAll(thinSpace, ' ')
}

/** At most `longest` characters; a cut text ends by saying how long it was. */
export function cut(text: string, longest: number = longestValue): string {
  if (text.length <= longest) return text
  const kept = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')
  return `${kept}… (cut: ${integer(longest)} of ${integer(text.length)} characters)`
}

/** At most `longest` characters, ending in an ellipsis; for labels and one-line summaries. */
export function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
