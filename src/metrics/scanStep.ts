import type { Relation } from '../engine/engine.ts'
import { join, sql } from '../sql/sql.ts'
import { type Aggregate, aggregateKey, aggregateSql } from './aggregate.ts'
import { type AggregateStep, aggregates, rowsByKeys, type Wanted } from './aggregateStep.ts'
import { countedScan, type ScanCell } from './countedScan.ts'
import type { FrontValues } from './frontValues.ts'
import { type PresentCounts, presentCount } from './presentCounts.ts'
import { relationsOf, tableOf } from './relationsOf.ts'
import { isListable, listed, type ListedCell } from './repeatedKeys.ts'

/** One scan that computes what is wanted; of a relation alone also by what its source and its front tell. */
export function scanStep(wanted: readonly Wanted[], front: FrontValues, present: PresentCounts): AggregateStep {
  const table = tableOf(wanted)
  const step = aggregates(wanted, rowsByKeys(table))
  const [relation, ...others] = relationsOf(wanted) as [Relation]
  if (others.length > 0 || table.segment) return step
  const listable = new Map(
    wanted.flatMap(({ request: { metric }, cells, combined }) =>
      combined && isListable(relation, metric.columns)
        ? [[aggregateKey(cells[0] as Aggregate), metric.columns[0] as string]]
        : [],
    ),
  )
  const own = new Map(
    wanted.flatMap(({ request: { metric }, cells }) =>
      cells.map((cell): [string, ScanCell] => [
        aggregateKey(cell),
        { cell, column: metric.columns.length === 1 ? metric.columns[0] : undefined },
      ]),
    ),
  )
  const scannedColumns = new Set([...own.values()].map(({ column }) => column))
  const texts = new Map([...(front.get(relation) ?? [])].filter(([name]) => scannedColumns.has(name)))
  if (listable.size === 0 && texts.size === 0 && !present.has(relation)) return step
  const { engine } = relation
  const counted = texts.size > 0 ? countedScan(engine, [...own.values()], table.from, texts) : undefined
  const cells =
    counted?.cells ??
    [...own.values()].map((one) => presentCount(one, relation, present) ?? aggregateSql(one.cell, engine.dialect))
  const keys = [...own.keys()]
  const all = cells.map((cell, i): ListedCell => {
    const distinct = listable.get(keys[i] ?? '')
    return distinct === undefined ? cell : { distinct }
  })
  const from = counted?.from ?? table.from
  return {
    ...step,
    async ask(options) {
      const [row = []] =
        listable.size > 0
          ? await listed(relation, all, from, options)
          : await engine.query(sql`select ${join(cells)} from ${from}`, options)
      return [counted ? await counted.finish(row, options) : row]
    },
  }
}
