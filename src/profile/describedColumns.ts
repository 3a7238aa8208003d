import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { approximateDistinct } from '../metrics/approximate.ts'
import { distinctCount, finiteRange, mean, missingCount, rowCount } from '../metrics/index.ts'
import { isMeasured, isTime, type Metric } from '../metrics/metric.ts'
import { runMetrics } from '../metrics/run.ts'
import type { DatasetSummary } from '../results/runDocument.ts'
import { candidateKeys } from './candidateKeys.ts'
import { columnProfile, type ColumnFacts } from './columnProfile.ts'
import { binEdges } from './edges.ts'
import { largeColumns } from './largeColumns.ts'
import { type ValueReader, valueReader } from './valueReader.ts'
import { summariesOf } from './valueSummaries.ts'

/** How rows are described. */
export interface Describing extends QueryOptions {
  /** Columns of which only counts are told. */
  readonly secret: readonly string[]
  /** How many frequent values are told of each column. */
  readonly top: number
  /** Up to how many different values of a column everything is counted exactly. */
  readonly exactUpTo: number
}

/**
 * What the columns of a relation hold, and which could be a key: one fused scan, then a GROUP BY for each column, or for
 * many columns of a short table. Of a column with more than `exactUpTo` different values distinct counts and quantiles
 * are estimates, where the engine has estimates; whether it tells all rows apart is counted.
 */
export async function describedColumns(
  relation: Relation,
  { secret, top, exactUpTo, ...options }: Describing,
): Promise<Pick<DatasetSummary, 'rows' | 'columns' | 'keys'>> {
  const hidden = new Set(secret)
  const estimated = await estimable(relation, hidden, exactUpTo, options)
  const valueOf = await scan(relation, hidden, estimated, options)
  const rows = valueOf(rowCount()) ?? 0
  const large = new Map(
    estimated.flatMap(({ name }) => {
      const distinct = valueOf(approximateDistinct(name)) ?? 0
      return rows > exactUpTo && distinct > exactUpTo ? [[name, distinct] as const] : []
    }),
  )
  const edges = await binEdges(relation, valueOf, options)
  const exact = relation.columns.filter(({ name }) => !large.has(name))
  const [summaries, counts, details] = await Promise.all([
    summariesOf(
      relation,
      exact.filter(({ name }) => !hidden.has(name)),
      { rows, top, edges },
      options,
    ),
    counted(
      relation,
      exact.filter(({ name }) => hidden.has(name)).map(({ name }) => name),
      options,
    ),
    largeColumns(
      relation,
      { large, hidden, rows, edges, missing: (name) => valueOf(missingCount(name)) ?? 0 },
      options,
    ),
  ])
  const columns = relation.columns.map((column) => {
    const { name } = column
    const open = !hidden.has(name)
    const summary = summaries.get(name)
    const detail = details.get(name)
    const bounds = edges.get(name)
    const bins = summary?.bins ?? detail?.bins
    const average = open ? valueOf(mean(name)) : undefined
    const about: ColumnFacts = {
      rows,
      missing: valueOf(missingCount(name)) ?? 0,
      distinct: detail?.distinct ?? summary?.distinct ?? counts.get(name),
      secret: !open,
      summary,
      range: open ? valueOf(finiteRange(name)) : undefined,
      mean: typeof average === 'bigint' ? Number(average) : average,
      bins: bounds && bins ? { edges: bounds, counts: bins } : undefined,
      large: detail,
    }
    return { column, about, told: columnProfile(column, about) }
  })
  const keys = await candidateKeys(
    relation,
    rows,
    columns
      .filter(({ about: { large: many } }) => !many || many.counted)
      .map(({ column, about: { missing, distinct } }) => ({ column, missing, distinct })),
    options,
  )
  return { rows, columns: columns.map(({ told }) => told), ...(keys.length > 0 ? { keys } : {}) }
}

/** The columns of which a scan estimates how many different values they have: of more rows than may be counted each. */
async function estimable(
  relation: Relation,
  hidden: ReadonlySet<string>,
  exactUpTo: number,
  options: QueryOptions,
): Promise<readonly Column[]> {
  const { engine, columns, scanCost, mostRows } = relation
  if (!engine.dialect.estimates || exactUpTo === Number.POSITIVE_INFINITY) return []
  if ((mostRows ?? Number.POSITIVE_INFINITY) <= exactUpTo) return []
  // To count the rows of a dear source costs more than the estimates.
  if (scanCost === 'low') {
    const rows = valueReader(await runMetrics([rowCount()], relation, options))(rowCount()) ?? 0
    if (rows <= exactUpTo) return []
  }
  return columns.filter((column) => isMeasured(column) || hidden.has(column.name) || column.type === 'string')
}

/** Everything that is counted row by row, in one scan. */
async function scan(
  relation: Relation,
  hidden: ReadonlySet<string>,
  estimated: readonly Column[],
  options: QueryOptions,
): Promise<ValueReader> {
  const metrics = relation.columns.flatMap((column): Metric[] => {
    const { name } = column
    if (hidden.has(name) || !isMeasured(column)) return [missingCount(name)]
    return [missingCount(name), finiteRange(name), ...(isTime(column) ? [] : [mean(name)])]
  })
  const distinct = estimated.map(({ name }) => approximateDistinct(name))
  return valueReader(await runMetrics([rowCount(), ...metrics, ...distinct], relation, options))
}

/** Distinct values of columns of which nothing else is told. */
async function counted(
  relation: Relation,
  names: readonly string[],
  options: QueryOptions,
): Promise<ReadonlyMap<string, number | undefined>> {
  const metrics = names.map((name) => distinctCount(name))
  const read = valueReader(await runMetrics(metrics, relation, options))
  return new Map(names.map((name, i) => [name, read(metrics[i] as (typeof metrics)[number])]))
}
