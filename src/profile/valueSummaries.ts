import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { type Summarized, type ValueSummary, valueSummaries } from '../metrics/kinds/valueSummary.ts'
import type { QueryMetric } from '../metrics/metric.ts'
import { runMetrics } from '../metrics/run.ts'
import { summariesOfValues } from '../metrics/summaryOfValues.ts'
import { valueReader } from './valueReader.ts'

/** Values that are grouped in one query at most: more columns of short tables share one. */
const VALUES_A_QUERY = 500_000
const COLUMNS_A_QUERY = 200

/** Cells up to which their values are fetched: an engine takes longer to plan what is asked of them. */
const FEW_CELLS = 200_000

export interface SummaryOf {
  readonly rows: number
  readonly top: number
  readonly edges: ReadonlyMap<string, number[] | undefined>
}

/** The different values of each column: of few rows as JavaScript tells them, of others as the engine does. */
export async function summariesOf(
  relation: Relation,
  columns: readonly Column[],
  about: SummaryOf,
  options: QueryOptions,
): Promise<ReadonlyMap<string, ValueSummary>> {
  const { rows, top, edges } = about
  const isFew = relation.engine.dialect.unnests === true && rows * columns.length <= FEW_CELLS
  const summarized = columns.map(({ name }) => ({ name, edges: edges.get(name) }))
  const own = isFew
    ? await summariesOfValues(relation, summarized, { top, mostRows: rows }, options)
    : new Map<string, ValueSummary>()
  const others = columns.filter(({ name }) => !own.has(name))
  return new Map([...own, ...(await summariesByQuery(relation, others, about, options))])
}

/** The different values of each column; of columns of one type in one query where the table is short. */
async function summariesByQuery(
  relation: Relation,
  columns: readonly Column[],
  about: SummaryOf,
  options: QueryOptions,
): Promise<ReadonlyMap<string, ValueSummary>> {
  const { rows, top, edges } = about
  const room = Math.floor(VALUES_A_QUERY / Math.max(1, rows))
  const most = relation.engine.dialect.unnests ? Math.max(1, Math.min(COLUMNS_A_QUERY, room)) : 1
  const groups: Summarized[][] = []
  const open = new Map<string, Summarized[]>()
  for (const { name, type, native } of columns) {
    const kind = JSON.stringify([type, native])
    let group = open.get(kind)
    if (!group || group.length === most) {
      group = []
      groups.push(group)
      open.set(kind, group)
    }
    group.push({ name, edges: edges.get(name) })
  }
  const metrics = groups.map((group): QueryMetric<readonly ValueSummary[]> => valueSummaries(group, top))
  const read = valueReader(await runMetrics(metrics, relation, options))
  return new Map(
    groups.flatMap((group, i) => {
      const all = read(metrics[i] as (typeof metrics)[number])
      return all ? group.map(({ name }, at) => [name, all[at] as ValueSummary] as const) : []
    }),
  )
}
