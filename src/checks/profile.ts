import type { Dataset } from '../dataset/dataset.ts'
import type { Column, QueryOptions } from '../engine/engine.ts'
import {
  distinctCount,
  finiteRange,
  histogram,
  max,
  mean,
  min,
  missingCount,
  rowCount,
  topValues,
} from '../metrics/index.ts'
import { isNumeric, isTime, type Metric, type ValueOf } from '../metrics/metric.ts'
import { type MetricResult, runMetrics } from '../metrics/run.ts'
import type { ColumnProfile, DatasetSummary } from '../results/runDocument.ts'
import { niceEdges } from './niceEdges.ts'

const TOP = 8

/**
 * What is in a dataset: for each column its type, missing and distinct values, and the extent, mean and histogram of
 * numbers and times, or the most frequent values of anything else. Of columns tagged `pii` only counts leave the
 * dataset. What cannot be computed for a column (a mean over NaN) is left out.
 */
export async function profile(dataset: Dataset, options: QueryOptions = {}): Promise<DatasetSummary> {
  const relation = await dataset.relation()
  const [first, fingerprint] = await Promise.all([
    runMetrics([rowCount(), ...relation.columns.flatMap((column) => firstRound(column, dataset))], relation, options),
    dataset.fingerprint(),
  ])
  const found = reader(first)
  const second = reader(
    await runMetrics(
      relation.columns.flatMap((column) => secondRound(column, dataset, found)),
      relation,
      options,
    ),
  )
  return {
    name: dataset.name,
    source: dataset.source,
    fingerprint,
    rows: found(rowCount()) ?? 0,
    columns: relation.columns.map((column) => columnProfile(column, dataset, found, second)),
  }
}

type Read = <M extends Metric>(metric: M) => ValueOf<M> | undefined

/** Reads values by metric; undefined for one that could not be computed or was not asked. A stopped run throws. */
function reader(results: ReadonlyMap<string, MetricResult>): Read {
  for (const result of results.values()) {
    if (!result.ok && result.error.code === 'aborted') throw result.error
  }
  return (metric) => {
    const result = results.get(metric.key)
    return result?.ok ? (result.value as ValueOf<typeof metric>) : undefined
  }
}

const isSecret = (column: Column, dataset: Dataset): boolean => dataset.pii.includes(column.name)
const isMeasured = (column: Column): boolean => isNumeric(column) || isTime(column)

function firstRound(column: Column, dataset: Dataset): Metric[] {
  const { name } = column
  const counts: Metric[] = [missingCount(name), distinctCount(name)]
  if (isSecret(column, dataset) || !isMeasured(column)) return counts
  if (isTime(column)) return [...counts, finiteRange(name)]
  const extent = column.type === 'integer' ? [min(name), max(name)] : []
  return [...counts, finiteRange(name), mean(name), ...extent]
}

function secondRound(column: Column, dataset: Dataset, found: Read): Metric[] {
  if (isSecret(column, dataset)) return []
  if (!isMeasured(column)) return [topValues(column.name, TOP)]
  const edges = edgesOf(column, found)
  return edges ? [histogram(column.name, edges)] : []
}

function edgesOf(column: Column, found: Read): number[] | undefined {
  const range = found(finiteRange(column.name))
  if (!range || range.min === null || range.max === null) return undefined
  return niceEdges(range.min, range.max, isTime(column) ? 'time' : column.type === 'integer' ? 'integer' : 'number')
}

function columnProfile(column: Column, dataset: Dataset, found: Read, second: Read): ColumnProfile {
  const { name, type } = column
  const distinct = found(distinctCount(name))
  const counts = {
    name,
    type,
    missing: found(missingCount(name)) ?? 0,
    ...(distinct === undefined ? {} : { distinct }),
  }
  if (isSecret(column, dataset)) return counts
  const top = second(topValues(name, TOP))
  if (!isMeasured(column)) return top ? { ...counts, top: top.map(shortened) } : counts
  const range = found(finiteRange(name))
  const show = (value: number | bigint): string => (isTime(column) ? timeText(Number(value), type) : String(value))
  const low = found(min(name)) ?? range?.min
  const high = found(max(name)) ?? range?.max
  const average = found(mean(name))
  const edges = edgesOf(column, found)
  const bins = edges && second(histogram(name, edges))
  return {
    ...counts,
    ...(low === undefined || low === null ? {} : { min: show(low) }),
    ...(high === undefined || high === null ? {} : { max: show(high) }),
    ...(average === undefined || average === null ? {} : { mean: average }),
    ...(bins ? { histogram: { edges: bins.edges, counts: bins.counts } } : {}),
  }
}

const LONGEST = 200

function shortened({ value, count }: { value: string; count: number }): { value: string; count: number } {
  return { value: value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value, count }
}

/** Milliseconds since the epoch as ISO 8601 text; a date without its time. */
function timeText(ms: number, type: Column['type']): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return String(ms)
  const text = date.toISOString()
  return type === 'date' ? text.slice(0, text.indexOf('T')) : text
}
