import type { Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import type { Metric } from '../metrics/metric.ts'
import { runMetrics } from '../metrics/run.ts'

/** Rows and missing values of one side. */
export interface ColumnTally {
  readonly rows: number
  readonly missing: number
}

/** Computes metrics of one relation; throws the AssayError of the first that could not be computed. */
export async function valuesOf(
  metrics: Readonly<Record<string, Metric>>,
  relation: Relation,
  signal: AbortSignal | undefined,
): Promise<{ values: Record<string, unknown>; sql: string[] }> {
  const results = await runMetrics(Object.values(metrics), relation, { signal })
  const values: Record<string, unknown> = {}
  const sql: string[] = []
  for (const [name, metric] of Object.entries(metrics)) {
    const result = results.get(metric.key)
    if (!result?.ok) throw result?.error ?? new AssayError('query-failed', `no value for ${metric.name}`)
    values[name] = result.value
    sql.push(result.sql)
  }
  return { values, sql }
}
