import type { Relation } from '../engine/engine.ts'
import { all } from '../sql/dialect.ts'
import { fingerprintSql } from '../sql/render.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { identityOf } from './identity.ts'
import {
  columnNamed,
  type FrequencyMetric,
  type Metric,
  type MetricContext,
  type QueryMetric,
  type ScanMetric,
} from './metric.ts'

/** One query, and which of its cells belong to which metric. */
export interface AggregateStep {
  readonly kind: 'aggregate'
  readonly query: Sql
  readonly metrics: readonly { readonly metric: ScanMetric | FrequencyMetric; readonly cells: readonly number[] }[]
}

export interface QueryStep {
  readonly kind: 'query'
  readonly query: Sql
  readonly metric: QueryMetric
}

export type Step = AggregateStep | QueryStep

/** Cells of one query over a cheap source: wider rows lose more in cache than a further scan costs (measured). */
const NARROW = 40
/** Cells of one query over a dear source, where each scan reads the whole file again. */
const WIDE = 1000

/**
 * The queries that compute the metrics: scans are fused, one GROUP BY serves all frequency metrics of a column set.
 * Equal cells are computed once per query.
 */
export function plan(metrics: readonly Metric[], relation: Relation): readonly Step[] {
  const context: MetricContext = { dialect: relation.engine.dialect, columns: relation.columns }
  const steps: Step[] = []
  const scans = metrics.filter((metric) => metric.pass === 'scan')
  const width = relation.scanCost === 'high' ? WIDE : NARROW
  for (const batch of packed(scans, context, width)) steps.push(aggregate(batch, context, relation.from))
  const sets = new Map<string, FrequencyMetric[]>()
  for (const metric of metrics) {
    if (metric.pass !== 'frequency') continue
    const set = JSON.stringify(metric.columns)
    sets.set(set, [...(sets.get(set) ?? []), metric])
  }
  for (const group of sets.values()) {
    const columns = (group[0] as FrequencyMetric).columns.map((name) => columnNamed(relation.columns, name))
    const present = all(columns.map(({ name }) => sql`${id(name)} is not null`))
    const values = join(columns.flatMap(identityOf))
    const counted = sql`(select count(*) as n from ${relation.from} where ${present} group by ${values}) as g`
    steps.push(aggregate(group, context, counted))
  }
  for (const metric of metrics) {
    if (metric.pass === 'query') steps.push({ kind: 'query', query: metric.query(context, relation.from), metric })
  }
  return steps
}

/** Metrics of the same columns stay together, so that a query reads few columns. */
function packed(metrics: readonly ScanMetric[], context: MetricContext, width: number): ScanMetric[][] {
  const byColumn = [...metrics].sort((a, b) => compare(a.columns[0] ?? '', b.columns[0] ?? ''))
  const batches: ScanMetric[][] = []
  let cells = Number.POSITIVE_INFINITY
  for (const metric of byColumn) {
    const more = metric.cells(context).length
    if (cells + more > width) {
      batches.push([])
      cells = 0
    }
    batches.at(-1)?.push(metric)
    cells += more
  }
  return batches
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function aggregate(
  metrics: readonly (ScanMetric | FrequencyMetric)[],
  context: MetricContext,
  from: Sql,
): AggregateStep {
  const cells: Sql[] = []
  const places = new Map<string, number>()
  const placed = metrics.map((metric) => ({
    metric,
    cells: metric.cells(context).map((cell) => {
      const key = fingerprintSql(cell)
      let place = places.get(key)
      if (place === undefined) {
        place = cells.push(cell) - 1
        places.set(key, place)
      }
      return place
    }),
  }))
  return { kind: 'aggregate', query: sql`select ${join(cells)} from ${from}`, metrics: placed }
}
