import type { Column } from '../engine/engine.ts'
import type { CategoryCount } from '../metrics/kinds/topValues.ts'
import type { FiniteRange } from '../metrics/kinds/finiteRange.ts'
import { isMeasured, isTime } from '../metrics/metric.ts'
import type { TextLengths } from '../metrics/textLengths.ts'
import type { ValueSummary } from '../metrics/kinds/valueSummary.ts'
import type { ColumnProfile, Quantiles } from '../results/runDocument.ts'

/** What is known of a column; undefined where it could not be computed. */
export interface ColumnFacts {
  readonly rows: number
  readonly missing: number
  readonly distinct: number | undefined
  /** Only counts may be told. */
  readonly secret: boolean
  readonly summary: ValueSummary | undefined
  readonly range: FiniteRange | undefined
  readonly mean: number | null | undefined
  readonly bins: { readonly edges: readonly number[]; readonly counts: readonly number[] } | undefined
  /** There are too many different values to count each: quantiles are estimated, patterns those of the first rows. */
  readonly large?: LargeColumn | undefined
}

/** What is told of a column with many different values. */
export interface LargeColumn {
  readonly quantiles: readonly number[] | undefined
  readonly lengths: TextLengths | null | undefined
  /** The first values. */
  readonly front: ValueSummary | undefined
  /** The distinct count is exact all the same. */
  readonly counted: boolean
}

const LONGEST = 200
/** Numbers with at most this many different values are codes as well, so their frequent values are told. */
const MOST_CODES = 50

/** Puts together what is told of a column. */
export function columnProfile(column: Column, facts: ColumnFacts): ColumnProfile {
  const { name, type } = column
  const { rows, missing, distinct, summary, range, bins, large } = facts
  const counts: ColumnProfile = {
    name,
    type,
    missing,
    ...(distinct === undefined ? {} : { distinct }),
    ...(large && (!large.counted || large.quantiles) ? { approximate: true as const } : {}),
    ...(distinct === 1 && missing === 0 && rows > 1 ? { constant: true as const } : {}),
  }
  if (facts.secret) return counts
  const measured = isMeasured(column)
  const top = summary && (!measured || summary.distinct <= MOST_CODES) ? { top: summary.top.map(shortened) } : {}
  if (!measured) return { ...counts, ...top, ...(large ? ofFirst(large) : textOf(summary)) }
  const show = (value: number | bigint): string => (isTime(column) ? timeText(Number(value), type) : String(value))
  const exact = summary?.ordered
  // The engine's text of an integer or decimal is exact; times are told in ISO 8601.
  const shown = (value: string): string => (isTime(column) ? isoText(value, type) : value)
  const low =
    exact && !isTime(column) ? exact.min : range?.min === null || range === undefined ? undefined : show(range.min)
  const high =
    exact && !isTime(column) ? exact.max : range?.max === null || range === undefined ? undefined : show(range.max)
  const quantiles = large ? large.quantiles?.map(show) : exact?.quantiles.map(shown)
  return {
    ...counts,
    ...(low === undefined ? {} : { min: low }),
    ...(high === undefined ? {} : { max: high }),
    ...(facts.mean === undefined || facts.mean === null ? {} : { mean: facts.mean }),
    ...(quantiles && quantiles.length === 5 ? { quantiles: named(quantiles) } : {}),
    ...(bins ? { histogram: bins } : {}),
    ...(isTime(column) ? {} : top),
  }
}

function textOf(summary: ValueSummary | undefined): Partial<ColumnProfile> {
  const { text, shapes } = summary ?? {}
  if (!text || !shapes) return {}
  const { empty, ...lengths } = text
  const [first] = shapes.top
  // Free text has as many shapes as values: then they say nothing.
  const telling = first && shapes.distinct <= Math.max(6, (summary?.distinct ?? 0) / 4)
  return {
    ...(empty > 0 ? { empty } : {}),
    lengths,
    ...(telling
      ? { patterns: shapes.top.map(({ value, count }) => ({ pattern: value, count })), patternCount: shapes.distinct }
      : {}),
  }
}

/** Lengths of all texts, and how the first ones are built. */
function ofFirst({ lengths, front }: LargeColumn): Partial<ColumnProfile> {
  const { patterns, patternCount } = textOf(front)
  const { empty = 0, ...extent } = lengths ?? {}
  return {
    ...(empty > 0 ? { empty } : {}),
    ...(lengths ? { lengths: extent as Omit<TextLengths, 'empty'> } : {}),
    ...(front && patterns && patternCount ? { patterns, patternCount, among: front.values } : {}),
  }
}

function named([p5, p25, p50, p75, p95]: readonly string[]): Quantiles {
  return { p5, p25, p50, p75, p95 } as Quantiles
}

function shortened({ value, count }: CategoryCount): CategoryCount {
  return { value: value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value, count }
}

/** Milliseconds since the epoch as ISO 8601 text; a date without its time. */
function timeText(ms: number, type: Column['type']): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return String(ms)
  const text = date.toISOString()
  return type === 'date' ? text.slice(0, text.indexOf('T')) : text
}

/** An engine's text of a time as ISO 8601, cut to milliseconds. */
function isoText(text: string, type: Column['type']): string {
  const ms = Date.parse(
    type === 'date'
      ? `${text}T00:00:00Z`
      : `${text
          .replace(' ', 'T')
          .replace(/(\.\d{3})\d+/, '$1')
          .replace(/([+-]00(:?00)?|Z)$/, '')}Z`,
  )
  return Number.isNaN(ms) ? text : timeText(ms, type)
}
