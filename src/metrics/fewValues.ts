import { derivationOf } from '../engine/derivation.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { id } from '../sql/sql.ts'
import { atFront, FRONT_ROWS } from './atFront.ts'
import { columnNamed } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'

/** A column with so many values at the front, or fewer, is judged once for each value; not of a table that has no more rows. */
const FEW = 256

/** By relation, the columns of few values, with how many there are at the front. */
export type FewValues = ReadonlyMap<Relation, ReadonlyMap<string, number>>

/**
 * The columns whose rows are to be judged by value: of what is cheap to look at, those that have few values at the front.
 * What is wrong about the rest costs time, and changes no number.
 */
export async function fewValues(asks: readonly MetricRequest[], options: QueryOptions): Promise<FewValues> {
  const names = new Map<Relation, Set<string>>()
  for (const request of asks) {
    const { base } = derivationOf(request.relation)
    if (base.scanCost !== 'low') continue
    const own = names.get(base) ?? new Set()
    names.set(base, own)
    for (const name of judgedByValue(request)) own.add(name)
  }
  const few = new Map<Relation, ReadonlyMap<string, number>>()
  for (const [base, own] of names) if (own.size > 0) few.set(base, await fewOf(base, [...own], options))
  return few
}

/** The columns of the base by whose values a metric could be computed: those that choose its rows, or else its own. */
function judgedByValue({ metric, relation, by }: MetricRequest): readonly string[] {
  const { steps } = derivationOf(relation)
  if (steps.length > 0) return steps.flatMap((step) => (step.kind === 'filter' ? (step.reads ?? []) : []))
  const [name] = metric.columns
  if (!relation.columnar || by !== undefined || metric.pass !== 'scan' || metric.counts || name === undefined) return []
  return metric.columns.length === 1 && columnNamed(relation.columns, name).type === 'string' ? [name] : []
}

async function fewOf(
  relation: Relation,
  names: readonly string[],
  options: QueryOptions,
): Promise<ReadonlyMap<string, number>> {
  const able = names.filter((name) => relation.columns.some((column) => column.name === name))
  const values = able.map((name) => ({ expression: id(name), columns: [name] }))
  const looked = await atFront(relation, values, options)
  return new Map(
    looked.flatMap(({ rows, distinct }, i) =>
      rows === FRONT_ROWS && distinct <= FEW ? [[able[i] as string, distinct] as const] : [],
    ),
  )
}
