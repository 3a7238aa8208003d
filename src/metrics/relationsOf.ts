import { narrowed } from '../engine/narrowing.ts'
import type { Relation } from '../engine/engine.ts'
import type { MetricRequest } from './metricRequest.ts'
import { type SharedTable, sharedTable } from './sharedTable.ts'

/** The relations that requests are of, each once. */
export const relationsOf = (wanted: readonly { readonly request: MetricRequest }[]): readonly Relation[] => [
  ...new Set(wanted.map(({ request: { relation } }) => relation)),
]

/** The rows of what is asked, of a relation alone with the columns that it is asked for. */
export function tableOf(wanted: readonly { readonly request: MetricRequest }[]): SharedTable {
  const relations = relationsOf(wanted)
  const by = wanted.find(({ request }) => request.by !== undefined)?.request.by
  const [only, ...others] = relations as [Relation]
  if (others.length > 0) return sharedTable(relations, by)
  const names = wanted.flatMap(({ request: { metric } }) => metric.columns)
  return sharedTable([narrowed(only, by === undefined ? names : [...names, by])], by)
}
