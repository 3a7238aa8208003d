import type { SegmentLabel } from '../dataset/segment.ts'
import type { QueryOptions, Relation, Value } from '../engine/engine.ts'
import type { Dialect } from '../sql/dialect.ts'
import { join, raw, type Sql, sql } from '../sql/sql.ts'
import { type Aggregate, aggregateKey, aggregateSql, ofNoRows } from './aggregate.ts'
import type { MetricRequest } from './metricRequest.ts'
import type { FrequencyMetric, ScanMetric } from './metric.ts'
import type { SharedTable } from './sharedTable.ts'

/** What is asked, with what it takes. */
export interface Wanted<M extends ScanMetric | FrequencyMetric = ScanMetric | FrequencyMetric> {
  readonly request: MetricRequest<M>
  readonly cells: readonly Aggregate[]
  readonly combined?: true
}

/** Metrics that one query computes. */
export interface AggregateStep {
  readonly kind: 'aggregate'
  readonly query: Sql
  /** Another way to its rows, by what others need as well. */
  ask?(options: QueryOptions): Promise<Groups>
  readonly parts: readonly AggregatePart[]
}

type Groups = readonly (readonly Value[])[]

/** A metric of an aggregate step. */
export interface AggregatePart {
  readonly request: MetricRequest<ScanMetric | FrequencyMetric>
  /** Its cells of each group of rows that is part of its relation. */
  cells(rows: Groups): Groups
  /** The same by segment, where each of them is asked. */
  segments(rows: Groups): ReadonlyMap<SegmentLabel, Groups>
  /** Its cells where no group is. */
  readonly none: readonly Value[]
  /** The cells are how many combinations there are in how many rows. */
  readonly combined?: true
}

/** Rows in groups, each of which a query tells as a row: what groups them stands before the cells. */
export interface GroupedRows {
  /** How many columns stand before the cells. */
  readonly lead: number
  query(cells: readonly Sql[]): Sql
  /** Whether the group is part of the relation. */
  holds(relation: Relation, row: readonly Value[]): boolean
  /** The segment that the group is part of, where segments are asked. */
  segment?(row: readonly Value[]): SegmentLabel
}

/** Groups of rows that one query hands over at most. */
export const MOST_GROUPS = 4096

/** The rows of a table by its keys. */
export function rowsByKeys({ from, keys, holds, segment }: SharedTable): GroupedRows {
  return {
    lead: keys.length,
    holds,
    ...(segment ? { segment } : {}),
    query: (cells) =>
      sql`select ${join([...keys, ...cells])} from ${from}${keys.length > 0 ? sql` group by ${join(keys)} limit ${raw(String(MOST_GROUPS + 1))}` : sql``}`,
  }
}

/** The query that computes what is wanted of groups of rows; equal cells are computed once. */
export function aggregates(
  wanted: readonly Wanted[],
  table: GroupedRows,
  spelled: (cell: Aggregate, dialect: Dialect) => Sql = aggregateSql,
): AggregateStep {
  const cells: Sql[] = []
  const places = new Map<string, number>()
  const placeOf = (cell: Aggregate, dialect: Dialect): number => {
    const key = aggregateKey(cell)
    const place = places.get(key) ?? table.lead + cells.push(spelled(cell, dialect)) - 1
    places.set(key, place)
    return place
  }
  const parts = wanted.map(({ request, cells: aggregated, combined }): AggregatePart => {
    const own = aggregated.map((cell) => placeOf(cell, request.relation.engine.dialect))
    const cellsOf = (row: readonly Value[]) => own.map((place) => row[place] as Value)
    return {
      request,
      ...(combined ? { combined } : {}),
      none: aggregated.map(ofNoRows),
      cells: (rows) => rows.filter((row) => table.holds(request.relation, row)).map(cellsOf),
      segments(rows) {
        const segments = new Map<SegmentLabel, (readonly Value[])[]>()
        for (const row of rows) {
          if (!table.holds(request.relation, row)) continue
          const label = table.segment?.(row) ?? null
          const groups = segments.get(label) ?? []
          segments.set(label, groups)
          groups.push(cellsOf(row))
        }
        return segments
      },
    }
  })
  return { kind: 'aggregate', query: table.query(cells), parts }
}
