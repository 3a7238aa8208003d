import type { Relation } from '../engine/engine.ts'
import type { Metric } from './metric.ts'

/** A metric of a relation, or of each of its segments. */
export interface MetricRequest<M extends Metric = Metric> {
  readonly metric: M
  readonly relation: Relation
  /** The column whose values are the segments. */
  readonly by?: string
}

/** What is asked of the same rows, in parts. */
export function byRows(asks: readonly MetricRequest[]): readonly (readonly MetricRequest[])[] {
  const parts = new Map<Relation, Map<string | undefined, MetricRequest[]>>()
  for (const request of asks) {
    const own = parts.get(request.relation) ?? new Map<string | undefined, MetricRequest[]>()
    parts.set(request.relation, own)
    own.set(request.by, [...(own.get(request.by) ?? []), request])
  }
  return [...parts.values()].flatMap((own) => [...own.values()])
}
