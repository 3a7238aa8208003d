import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { approximateDistinct, approximateQuantiles } from '../metrics/approximate.ts'
import { countWhere } from '../metrics/kinds/countWhere.ts'
import { distinctCount, finiteRange, histogram, mean, missingCount, rowCount } from '../metrics/index.ts'
import { isFloating, isNumeric, isTime, type Metric, type QueryMetric, type ValueOf } from '../metrics/metric.ts'
import type { MetricResult } from '../metrics/metricResult.ts'
import { runMetrics } from '../metrics/run.ts'
import { summariesOfValues } from '../metrics/summaryOfValues.ts'
import { textLengths } from '../metrics/textLengths.ts'
import { type Summarized, type ValueSummary, valueSummaries } from '../metrics/kinds/valueSummary.ts'
import type { DatasetSummary } from '../results/runDocument.ts'
import { id, join, raw, sql } from '../sql/sql.ts'
import { candidateKeys } from './candidateKeys.ts'
import { columnProfile, type Found, type LargeColumn } from './columnProfile.ts'
import { niceEdges } from './niceEdges.ts'

/** How rows are described. */
export interface Describing extends QueryOptions {
  /** Columns of which only counts are told. */
  readonly secret: readonly string[]
  /** How many frequent values are told of each column. */
  readonly top: number
  /** Up to how many different values of a column everything is counted exactly. */
  readonly exactUpTo: number
}

/** Rows whose texts say how a column of many different ones is built. */
const FRONT = 20_000
/** Values that are grouped in one query at most: more columns of short tables share one. */
const VALUES_A_QUERY = 500_000
const COLUMNS_A_QUERY = 200

/**
 * What the columns of a relation hold, and which could be a key: one fused scan, then a GROUP BY for each column, or for
 * many columns of a short table. Of a column with more than `exactUpTo` different values distinct counts and quantiles
 * are estimates, where the engine has estimates; whether it tells all rows apart is counted.
 */
export async function describedColumns(
  relation: Relation,
  { secret, top, exactUpTo, ...options }: Describing,
): Promise<Pick<DatasetSummary, 'rows' | 'columns' | 'keys'>> {
  const hidden = new Set(secret)
  const estimated = await estimable(relation, hidden, exactUpTo, options)
  const valueOf = await scan(relation, hidden, estimated, options)
  const rows = valueOf(rowCount()) ?? 0
  const large = new Map(
    estimated.flatMap(({ name }) => {
      const distinct = valueOf(approximateDistinct(name)) ?? 0
      return rows > exactUpTo && distinct > exactUpTo ? [[name, distinct] as const] : []
    }),
  )
  const whole = await wholeNumbers(relation, valueOf, options)
  const edges = new Map(relation.columns.map((column) => [column.name, edgesOf(column, valueOf, whole)]))
  const exact = relation.columns.filter(({ name }) => !large.has(name))
  const [summaries, counts, details] = await Promise.all([
    summariesOf(
      relation,
      exact.filter(({ name }) => !hidden.has(name)),
      { rows, top, edges },
      options,
    ),
    counted(
      relation,
      exact.filter(({ name }) => hidden.has(name)).map(({ name }) => name),
      options,
    ),
    aboutLarge(relation, { large, hidden, rows, edges, missing: (name) => valueOf(missingCount(name)) ?? 0 }, options),
  ])
  const columns = relation.columns.map((column) => {
    const { name } = column
    const open = !hidden.has(name)
    const summary = summaries.get(name)
    const detail = details.get(name)
    const bounds = edges.get(name)
    const bins = summary?.bins ?? detail?.bins
    const about: Found = {
      rows,
      missing: valueOf(missingCount(name)) ?? 0,
      distinct: detail?.distinct ?? summary?.distinct ?? counts.get(name),
      secret: !open,
      summary,
      range: open ? valueOf(finiteRange(name)) : undefined,
      mean: open ? valueOf(mean(name)) : undefined,
      bins: bounds && bins ? { edges: bounds, counts: bins } : undefined,
      large: detail,
    }
    return { column, about, told: columnProfile(column, about) }
  })
  const keys = await candidateKeys(
    relation,
    rows,
    columns
      .filter(({ about: { large: many } }) => !many || many.counted)
      .map(({ column, about: { missing, distinct } }) => ({ column, missing, distinct })),
    options,
  )
  return { rows, columns: columns.map(({ told }) => told), ...(keys.length > 0 ? { keys } : {}) }
}

type Read = <M extends Metric>(metric: M) => ValueOf<M> | undefined

/** Reads values by metric; undefined for one that could not be computed or was not asked. A stopped run throws. */
function reader(results: ReadonlyMap<string, MetricResult>): Read {
  for (const result of results.values()) {
    if (!result.ok && result.error.code === 'aborted') throw result.error
  }
  return (metric) => {
    const result = results.get(metric.key)
    return result?.ok ? (result.value as ValueOf<typeof metric>) : undefined
  }
}

const isMeasured = (column: Column): boolean => isNumeric(column) || isTime(column)

/** The columns of which a scan estimates how many different values they have: of more rows than may be counted each. */
async function estimable(
  relation: Relation,
  hidden: ReadonlySet<string>,
  exactUpTo: number,
  options: QueryOptions,
): Promise<readonly Column[]> {
  const { engine, columns, scanCost, mostRows } = relation
  if (!engine.dialect.estimates || exactUpTo === Number.POSITIVE_INFINITY) return []
  if ((mostRows ?? Number.POSITIVE_INFINITY) <= exactUpTo) return []
  // To count the rows of a dear source costs more than the estimates.
  if (scanCost === 'low') {
    const rows = reader(await runMetrics([rowCount()], relation, options))(rowCount()) ?? 0
    if (rows <= exactUpTo) return []
  }
  return columns.filter((column) => isMeasured(column) || hidden.has(column.name) || column.type === 'string')
}

/** Everything that is counted row by row, in one scan. */
async function scan(
  relation: Relation,
  hidden: ReadonlySet<string>,
  estimated: readonly Column[],
  options: QueryOptions,
): Promise<Read> {
  const metrics = relation.columns.flatMap((column): Metric[] => {
    const { name } = column
    if (hidden.has(name) || !isMeasured(column)) return [missingCount(name)]
    return [missingCount(name), finiteRange(name), ...(isTime(column) ? [] : [mean(name)])]
  })
  const distinct = estimated.map(({ name }) => approximateDistinct(name))
  return reader(await runMetrics([rowCount(), ...metrics, ...distinct], relation, options))
}

/** Cells up to which their values are fetched: an engine takes longer to plan what is asked of them. */
const FEW_CELLS = 200_000

interface SummaryOf {
  readonly rows: number
  readonly top: number
  readonly edges: ReadonlyMap<string, number[] | undefined>
}

/** The different values of each column: of few rows as JavaScript tells them, of others as the engine does. */
async function summariesOf(
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
  const read = reader(await runMetrics(metrics, relation, options))
  return new Map(
    groups.flatMap((group, i) => {
      const all = read(metrics[i] as (typeof metrics)[number])
      return all ? group.map(({ name }, at) => [name, all[at] as ValueSummary] as const) : []
    }),
  )
}

/** Distinct values of columns of which nothing else is told. */
async function counted(
  relation: Relation,
  names: readonly string[],
  options: QueryOptions,
): Promise<ReadonlyMap<string, number | undefined>> {
  const metrics = names.map((name) => distinctCount(name))
  const read = reader(await runMetrics(metrics, relation, options))
  return new Map(names.map((name, i) => [name, read(metrics[i] as (typeof metrics)[number])]))
}

/** A column that may tell all rows apart is counted: the estimate is within some percent. */
const NEARLY = 0.9

interface Detail extends LargeColumn {
  readonly distinct: number
  readonly bins: readonly number[] | undefined
}

/** What is told of columns with many different values, each read once more in one scan. */
async function aboutLarge(
  relation: Relation,
  about: {
    readonly large: ReadonlyMap<string, number>
    readonly hidden: ReadonlySet<string>
    readonly rows: number
    readonly edges: ReadonlyMap<string, readonly number[] | undefined>
    readonly missing: (name: string) => number
  },
  options: QueryOptions,
): Promise<ReadonlyMap<string, Detail>> {
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
    ).then(reader),
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

/** A span of so many whole numbers has bins of halves and tenths, if fractions are among them. */
const FEW_WHOLE = 24

/** The columns of floating numbers between few whole ones that hold no fraction: their bins are those of integers. */
async function wholeNumbers(relation: Relation, valueOf: Read, options: QueryOptions): Promise<ReadonlySet<string>> {
  const doubtful = relation.columns.filter((column) => {
    const range = isNumeric(column) && column.type !== 'integer' ? valueOf(finiteRange(column.name)) : undefined
    if (!range || range.min === null || range.max === null) return false
    return [range.min, range.max].every(Number.isInteger) && range.max - range.min <= FEW_WHOLE
  })
  const metrics = doubtful.map(({ name }) =>
    countWhere({ key: 'has a fraction', columns: [name], sql: () => sql`(${id(name)} <> trunc(${id(name)}))` }),
  )
  const read = reader(await runMetrics(metrics, relation, options))
  return new Set(doubtful.flatMap(({ name }, i) => (read(metrics[i] as (typeof metrics)[number]) === 0 ? [name] : [])))
}

function edgesOf(column: Column, valueOf: Read, whole: ReadonlySet<string>): number[] | undefined {
  const range = isMeasured(column) ? valueOf(finiteRange(column.name)) : undefined
  if (!range || range.min === null || range.max === null) return undefined
  return niceEdges(
    range.min,
    range.max,
    isTime(column) ? 'time' : column.type === 'integer' || whole.has(column.name) ? 'integer' : 'number',
  )
}
