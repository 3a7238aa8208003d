import { narrowed } from '../engine/narrowing.ts'
import { AssayError } from '../errors.ts'
import type { Sql } from '../sql/sql.ts'
import type { MetricContext, QueryMetric } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'
import { sharedTable } from './sharedTable.ts'

/** A metric that has a query of its own. */
export interface QueryStep {
  readonly kind: 'query'
  readonly query: Sql
  readonly request: MetricRequest<QueryMetric>
}

/** The query of a metric, of each segment where those are asked; an AssayError where it has none of segments. */
export function queryStep(request: MetricRequest<QueryMetric>, context: MetricContext): QueryStep {
  const { metric, relation, by } = request
  const { from, numbered } = narrowed(relation, by === undefined ? metric.columns : [...metric.columns, by])
  const table = metric.numbered ? (numbered ?? from) : from
  if (by === undefined) return { kind: 'query', query: metric.query(context, table), request }
  const { from: marked, keys } = sharedTable([{ ...relation, from: table }], by)
  const [key] = keys as [Sql]
  if (!metric.byKey) throw new AssayError('wrong-use', `${metric.name} is not computed by segment`)
  return { kind: 'query', query: metric.byKey(context, marked, key), request }
}
