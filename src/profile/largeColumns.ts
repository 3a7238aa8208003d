import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { approximateQuantiles } from '../metrics/approximate.ts'
import { distinctCount, histogram } from '../metrics/index.ts'
import type { ValueSummary } from '../metrics/kinds/valueSummary.ts'
import { isFloating, isMeasured, type Metric } from '../metrics/metric.ts'
import { runMetrics } from '../metrics/run.ts'
import { textLengths } from '../metrics/textLengths.ts'
import { id, join, raw, sql } from '../sql/sql.ts'
import type { LargeColumn } from './columnProfile.ts'
import { valueReader } from './valueReader.ts'
import { summariesOf } from './valueSummaries.ts'

/** Rows whose texts say how a column of many different ones is built. */
const FRONT = 20_000

/** A column that may tell all rows apart is counted: the estimate is within some percent. */
const NEARLY = 0.9

/** What is told of a column with many different values. */
export interface LargeColumnDetail extends LargeColumn {
  readonly distinct: number
  readonly bins: readonly number[] | undefined
}

/** What is told of columns with many different values, each read once more in one scan. */
export async function largeColumns(
  relation: Relation,
  about: {
    readonly large: ReadonlyMap<string, number>
    readonly hidden: ReadonlySet<string>
    readonly rows: number
    readonly edges: ReadonlyMap<string, readonly number[] | undefined>
    readonly missing: (name: string) => number
  },
  options: QueryOptions,
): Promise<ReadonlyMap<string, LargeColumnDetail>> {
  const { large, hidden, rows, edges, missing } = about
  const columns = relation.columns.filter(({ name }) => large.has(name))
  if (columns.length === 0) return new Map()
  const isText = (column: Column): boolean => !hidden.has(column.name) && column.type === 'string'
  const texts = columns.filter(isText)
  const cells = join(texts.map(({ name }) => id(name)))
  const first: Relation = {
    ...relation,
    from: sql`(select ${cells} from ${relation.from} limit ${raw(String(FRONT))}) as t`,
  }
  const [valueOf, built] = await Promise.all([
    runMetrics(
      columns.flatMap((column): Metric[] => {
        const { name } = column
        const nearKey = missing(name) === 0 && !isFloating(column) && (large.get(name) ?? 0) >= NEARLY * rows
        const bounds = edges.get(name)
        return [
          ...(nearKey ? [distinctCount(name)] : []),
          ...(isText(column) ? [textLengths(name)] : []),
          ...(!hidden.has(name) && isMeasured(column) ? [approximateQuantiles(name)] : []),
          ...(!hidden.has(name) && bounds ? [histogram(name, bounds)] : []),
        ]
      }),
      relation,
      options,
    ).then(valueReader),
    texts.length > 0
      ? summariesOf(first, texts, { rows: FRONT, top: 1, edges: new Map() }, options)
      : new Map<string, ValueSummary>(),
  ])
  return new Map(
    columns.map(({ name }) => {
      const summary = built.get(name)
      const bounds = edges.get(name)
      const distinct = valueOf(distinctCount(name))
      // An estimate may be more than there are values.
      const about = Math.min(large.get(name) ?? 0, rows - missing(name))
      return [
        name,
        {
          distinct: distinct ?? about,
          counted: distinct !== undefined,
          quantiles: valueOf(approximateQuantiles(name)) ?? undefined,
          lengths: valueOf(textLengths(name)),
          front: summary,
          bins: bounds && valueOf(histogram(name, bounds)),
        },
      ]
    }),
  )
}
