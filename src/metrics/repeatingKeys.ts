import type { QueryOptions } from '../engine/engine.ts'
import { join, type Sql, sql } from '../sql/sql.ts'
import { atFront } from './atFront.ts'
import { type IntegerExtents, markedCombinations } from './integerExtents.ts'
import type { MetricRequest } from './metricRequest.ts'
import { keyOf } from './repeatedKeys.ts'

/**
 * What asks how a key of integers repeats that does so among the first rows: marking its combinations would say no more
 * than that, so it is grouped at once.
 */
export async function repeatingKeys(
  asks: readonly MetricRequest[],
  extents: IntegerExtents,
  options: QueryOptions,
): Promise<ReadonlySet<MetricRequest>> {
  const keys = asks.flatMap((request) => {
    const { metric, relation, by } = request
    if (metric.pass !== 'frequency' || !metric.ofCombinations || by !== undefined) return []
    return markedCombinations(metric.columns, relation, extents) ? [{ request, relation, metric }] : []
  })
  const fronts = await Promise.all(
    keys.map(({ metric, relation }) => {
      const { present, values } = keyOf(metric.columns, relation)
      const [first, ...others] = values as [Sql, ...Sql[]]
      const key = others.length === 0 ? first : sql`case when ${present} then row(${join(values)}) end`
      return atFront(relation, [{ expression: key, columns: metric.columns }], options)
    }),
  )
  const repeats = keys.filter(({ metric }, i) =>
    fronts[i]?.some(
      ({ present, distinct }) => distinct < present && metric.ofCombinations?.(distinct, present) === undefined,
    ),
  )
  return new Set(repeats.map(({ request }) => request))
}
