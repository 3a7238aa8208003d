import { narrowed } from '../engine/narrowing.ts'
import { id, sql } from '../sql/sql.ts'
import { type AggregateStep, aggregates, rowsByKeys, type Wanted } from './aggregateStep.ts'
import type { FewValues } from './fewValues.ts'
import { isWeighable, weighedSql } from './weighed.ts'

/** Whether it is worth judging the values of its column, once each: only conditions cost more than counting does. */
export function isByValue({ request: { metric, relation, by }, cells }: Wanted, few: FewValues): boolean {
  const [column = ''] = metric.columns
  return (
    by === undefined &&
    metric.pass === 'scan' &&
    metric.columns.length === 1 &&
    few.get(relation)?.has(column) === true &&
    cells.every(isWeighable) &&
    cells.some(({ fn }) => fn === 'rowsWhere')
  )
}

/** Metrics of one column by its values, each with how many rows have it. */
export function valuesStep(wanted: readonly Wanted[]): AggregateStep {
  const [{ request }] = wanted as [Wanted]
  const [name = ''] = request.metric.columns
  const n = id('__assay_rows')
  const from = sql`(select ${id(name)}, count(*) as ${n} from ${narrowed(request.relation, [name]).from} group by ${id(name)}) as g`
  const table = rowsByKeys({ from, keys: [], holds: () => true })
  return aggregates(wanted, table, (cell, dialect) => weighedSql(cell, n, dialect))
}
