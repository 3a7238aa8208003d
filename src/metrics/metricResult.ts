import type { SegmentLabel } from '../dataset/segment.ts'
import type { Value } from '../engine/engine.ts'
import { AssayError, firstLine } from '../errors.ts'
import { type SqlSpelling, written } from '../sql/render.ts'
import type { Sql } from '../sql/sql.ts'
import type { AggregatePart } from './aggregateStep.ts'
import type { QueryMetric } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'
import { labelOf } from './sharedTable.ts'

/** The value of a metric, or why there is none. */
export type MetricResult<V = unknown> =
  | { readonly ok: true; readonly value: V; readonly sql: string }
  | { readonly ok: false; readonly error: AssayError; readonly sql?: string }

/** Values of segments; of a segment that it cannot be computed of, why. */
export interface BySegment {
  readonly values: ReadonlyMap<SegmentLabel, MetricResult>
  /** What it is of every other segment: no row of them is one that it is about. */
  readonly none: MetricResult
}

/** What was thrown as an error of Assay. */
export function failure(thrown: unknown): AssayError {
  if (thrown instanceof AssayError) return thrown
  const name = thrown instanceof Error ? thrown.name : 'error'
  return new AssayError('query-failed', `unexpected ${name}: ${firstLine(thrown)}`, { cause: thrown })
}

/** The value of a metric with a query of its own; by segment, each row of the answer begins with whose it is. */
export function ofQuery(
  { metric, by }: MetricRequest<QueryMetric>,
  rows: readonly (readonly Value[])[],
  text: string,
): MetricResult {
  const valueOf = (own: readonly (readonly Value[])[]) => attempt(() => metric.finish(own), text)
  if (by === undefined) return valueOf(rows)
  const segments = new Map<SegmentLabel, (readonly Value[])[]>()
  for (const [key, ...row] of rows) {
    const own = segments.get(labelOf(key)) ?? []
    segments.set(labelOf(key), own)
    own.push(row)
  }
  const values = new Map([...segments].map(([label, own]) => [label, valueOf(own)]))
  return { ok: true, value: { values, none: valueOf([]) }, sql: text }
}

/** The value of a metric from its groups of rows, or how it is to be asked again because they do not tell it. */
export type MetricOutcome = MetricResult | 'alone' | 'uncombined'

/** The outcome of a metric of all rows. */
export function ofGroups(
  { request: { metric }, none, combined }: AggregatePart,
  groups: readonly (readonly Value[])[],
  text: string,
): MetricOutcome {
  const [first = none, ...more] = groups
  if (combined && metric.pass === 'frequency') {
    const value = more.length === 0 ? metric.ofCombinations?.(Number(first[0]), Number(first[1])) : undefined
    return value === undefined ? 'uncombined' : { ok: true, value, sql: text }
  }
  if (metric.pass === 'frequency') return more.length > 0 ? 'alone' : attempt(() => metric.finish(first), text)
  const { merge } = metric
  if (more.length > 0 && !merge) return 'alone'
  return attempt(
    () =>
      metric.finish(more.reduce((state, cells) => merge?.(state, metric.decode(cells)) ?? state, metric.decode(first))),
    text,
  )
}

/** The outcome of a metric of each segment. */
export function ofSegments(part: AggregatePart, rows: readonly (readonly Value[])[], text: string): MetricOutcome {
  const values = new Map<SegmentLabel, MetricResult>()
  for (const [label, groups] of part.segments(rows)) {
    const outcome = ofGroups(part, groups, text)
    if (typeof outcome === 'string') return outcome
    values.set(label, outcome)
  }
  const value = { values, none: ofGroups(part, [], text) }
  return { ok: true, value, sql: text }
}

const LONGEST_SQL = 8000

/** A query as evidence: to read, and to run by hand where it is not too long for that. */
export function shown(query: Sql, spelling: SqlSpelling): string {
  const text = written(query, spelling)
  return text.length > LONGEST_SQL
    ? `${text.slice(0, LONGEST_SQL)}… (${text.length - LONGEST_SQL} characters more)`
    : text
}

function attempt(work: () => unknown, text: string): MetricResult {
  try {
    return { ok: true, value: work(), sql: text }
  } catch (error) {
    return { ok: false, error: failure(error) }
  }
}
