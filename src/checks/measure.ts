import type { NumbersOptions, Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import type { Metric } from '../metrics/metric.ts'
import { runMetrics } from '../metrics/run.ts'
import type { MetricValues } from './check.ts'

/** The values of metrics by name, and the queries that computed them; throws the AssayError of the first that has none. */
export async function measure<M extends Readonly<Record<string, Metric>>>(
  relation: Relation,
  metrics: M,
  signal: AbortSignal | undefined,
  list?: NumbersOptions['list'],
): Promise<{ readonly values: MetricValues<M>; readonly sql: readonly string[] }> {
  const results = await runMetrics(Object.values(metrics), relation, { signal, list })
  const values: Record<string, unknown> = {}
  const sql = new Set<string>()
  for (const [name, metric] of Object.entries(metrics)) {
    const result = results.get(metric.key)
    if (!result?.ok) throw result?.error ?? new AssayError('query-failed', `no value for ${metric.name}`)
    values[name] = result.value
    sql.add(result.sql)
  }
  return { values: values as MetricValues<M>, sql: [...sql] }
}
