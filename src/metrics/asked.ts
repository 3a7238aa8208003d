import type { Relation } from '../engine/engine.ts'
import type { Metric } from './metric.ts'

/** A metric of a relation, or of each of its segments. */
export interface Asked<M extends Metric = Metric> {
  readonly metric: M
  readonly relation: Relation
  /** The column whose values are the segments. */
  readonly by?: string
}

/** What is asked of the same rows, in parts. */
export function byRows(asks: readonly Asked[]): readonly (readonly Asked[])[] {
  const parts = new Map<Relation, Map<string | undefined, Asked[]>>()
  for (const asked of asks) {
    const own = parts.get(asked.relation) ?? new Map<string | undefined, Asked[]>()
    parts.set(asked.relation, own)
    own.set(asked.by, [...(own.get(asked.by) ?? []), asked])
  }
  return [...parts.values()].flatMap((own) => [...own.values()])
}
