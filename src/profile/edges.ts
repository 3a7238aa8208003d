import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { finiteRange } from '../metrics/index.ts'
import { countWhere } from '../metrics/kinds/countWhere.ts'
import { isMeasured, isNumeric, isTime } from '../metrics/metric.ts'
import { runMetrics } from '../metrics/run.ts'
import { id, sql } from '../sql/sql.ts'
import { niceEdges } from './niceEdges.ts'
import { type ValueReader, valueReader } from './valueReader.ts'

/** A span of so many whole numbers has bins of halves and tenths, if fractions are among them. */
const FEW_WHOLE = 24

/** The columns of floating numbers between few whole ones that hold no fraction: their bins are those of integers. */
async function wholeNumbers(
  relation: Relation,
  valueOf: ValueReader,
  options: QueryOptions,
): Promise<ReadonlySet<string>> {
  const doubtful = relation.columns.filter((column) => {
    const range = isNumeric(column) && column.type !== 'integer' ? valueOf(finiteRange(column.name)) : undefined
    if (!range || range.min === null || range.max === null) return false
    return [range.min, range.max].every(Number.isInteger) && range.max - range.min <= FEW_WHOLE
  })
  const metrics = doubtful.map(({ name }) =>
    countWhere({ key: 'has a fraction', columns: [name], sql: () => sql`(${id(name)} <> trunc(${id(name)}))` }),
  )
  const read = valueReader(await runMetrics(metrics, relation, options))
  return new Set(doubtful.flatMap(({ name }, i) => (read(metrics[i] as (typeof metrics)[number]) === 0 ? [name] : [])))
}

/** The edges of a column's bins; undefined where it has no range. */
function edgesOf(column: Column, valueOf: ValueReader, whole: ReadonlySet<string>): number[] | undefined {
  const range = isMeasured(column) ? valueOf(finiteRange(column.name)) : undefined
  if (!range || range.min === null || range.max === null) return undefined
  return niceEdges(
    range.min,
    range.max,
    isTime(column) ? 'time' : column.type === 'integer' || whole.has(column.name) ? 'integer' : 'number',
  )
}

/** The edges of the bins of each column, by its name. */
export async function binEdges(
  relation: Relation,
  valueOf: ValueReader,
  options: QueryOptions,
): Promise<ReadonlyMap<string, number[] | undefined>> {
  const whole = await wholeNumbers(relation, valueOf, options)
  return new Map(relation.columns.map((column) => [column.name, edgesOf(column, valueOf, whole)]))
}
