import type { QueryOptions, Relation } from '../engine/engine.ts'
import { statedCounts } from '../engine/statedCounts.ts'
import { fingerprintSql } from '../sql/render.ts'
import { id, raw, type Sql } from '../sql/sql.ts'
import type { ScanCell } from './countedScan.ts'
import { columnNamed } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'

/** By relation, in how many rows columns have a value, as their source says. */
export type PresentCounts = ReadonlyMap<Relation, ReadonlyMap<string, number>>

/** What sources say of the relations whose scans are asked for; what they cannot say now is counted. */
export async function presentCounts(asks: readonly MetricRequest[], options: QueryOptions): Promise<PresentCounts> {
  const counts = new Map<Relation, ReadonlyMap<string, number>>()
  for (const { metric, relation, by } of asks) {
    if (metric.pass !== 'scan' || by !== undefined || counts.has(relation)) continue
    const stated = await statedCounts(relation)?.(options).catch(() => undefined)
    if (stated && stated.size > 0) counts.set(relation, stated)
  }
  return counts
}

/** Values that are in the file as they are in the relation. */
const plain = ['boolean', 'integer', 'number', 'decimal', 'string', 'date', 'time', 'timestamp', 'timestamptz']

/** A count of the values of a column, as a number, where the source of the relation says it. */
export function presentCount({ cell, column }: ScanCell, relation: Relation, counts: PresentCounts): Sql | undefined {
  if (cell.fn !== 'count' || column === undefined) return undefined
  const count = counts.get(relation)?.get(column)
  if (count === undefined || fingerprintSql(cell.of) !== fingerprintSql(id(column))) return undefined
  return plain.includes(columnNamed(relation.columns, column).type) ? raw(String(count)) : undefined
}
