import type { Relation } from '../engine/engine.ts'
import { join, raw, type Sql, sql } from '../sql/sql.ts'
import type { Aggregate } from './aggregate.ts'
import { type AggregateStep, aggregates, rowsByKeys, type Wanted } from './aggregateStep.ts'
import { type IntegerExtents, markedCombinations } from './integerExtents.ts'
import type { FrequencyMetric } from './metric.ts'
import { tableOf } from './relationsOf.ts'
import { keepsRepeated, keyOf, repeatedCounts } from './repeatedKeys.ts'

/** How many combinations of the columns there are, and in how many rows. */
export function combinations({ columns: names }: FrequencyMetric, relation: Relation): readonly Aggregate[] {
  const { present, values } = keyOf(names, relation)
  return [
    { fn: 'combinations', of: values, where: present },
    { fn: 'rowsWhere', of: present },
  ]
}

/** The same of integers, where they are marked. */
export function marksOf(
  { columns: names }: FrequencyMetric,
  relation: Relation,
  extents: IntegerExtents,
): readonly Aggregate[] | undefined {
  const marks = markedCombinations(names, relation, extents)
  return marks && [marks, { fn: 'rowsWhere', of: keyOf(names, relation).present }]
}

/** One GROUP BY that computes what is wanted of the combinations of the same columns. */
export function frequencyStep(wanted: readonly Wanted<FrequencyMetric>[]): AggregateStep {
  const shared = tableOf(wanted)
  const [{ request }] = wanted as [Wanted<FrequencyMetric>]
  const { present, values } = keyOf(request.metric.columns, request.relation)
  const names = shared.keys.map((_, i) => raw(`k${i}`))
  const keys = shared.keys.map((key, i) => sql`, ${key} as ${names[i] as Sql}`)
  const groups = join([...values, ...shared.keys])
  const from = sql`(select count(*) as n${join(keys, '')} from ${shared.from} where ${present} group by ${groups}) as g`
  const step = aggregates(wanted, rowsByKeys({ ...shared, from, keys: names }))
  const { metric, relation, by } = request
  if (by !== undefined || wanted.length > 1 || !metric.ofRepeated || !keepsRepeated(relation)) return step
  return { ...step, ask: async (options) => [await repeatedCounts(relation, metric.columns, options)] }
}
