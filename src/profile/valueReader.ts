import type { Metric, ValueOf } from '../metrics/metric.ts'
import type { MetricResult } from '../metrics/metricResult.ts'

/** Tells the value of a metric; undefined for one that could not be computed or was not asked. */
export type ValueReader = <M extends Metric>(metric: M) => ValueOf<M> | undefined

/** Reads values of results by metric. A stopped run throws. */
export function valueReader(results: ReadonlyMap<string, MetricResult>): ValueReader {
  for (const result of results.values()) {
    if (!result.ok && result.error.code === 'aborted') throw result.error
  }
  return (metric) => {
    const result = results.get(metric.key)
    return result?.ok ? (result.value as ValueOf<typeof metric>) : undefined
  }
}
