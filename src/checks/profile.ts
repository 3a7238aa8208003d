import type { Dataset } from '../dataset/dataset.ts'
import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { approximateDistinct, approximateQuantiles } from '../metrics/approximate.ts'
import { distinctCount, finiteRange, histogram, mean, missingCount, rowCount, valueSummary } from '../metrics/index.ts'
import { isNumeric, isTime, type Metric, type ValueOf } from '../metrics/metric.ts'
import { type MetricResult, runMetrics } from '../metrics/run.ts'
import { ownOptions } from '../options.ts'
import type { DatasetSummary } from '../results/runDocument.ts'
import { candidateKeys } from './candidateKeys.ts'
import { columnProfile, type Found } from './columnProfile.ts'
import { niceEdges } from './niceEdges.ts'
import { checkedDataset, checkSignal, valueText } from './receiver.ts'
import { withProvenTypes } from './textTypes.ts'
import { relationOf } from '../dataset/opened.ts'

/** What `profile` can be told. */
export interface ProfileOptions extends QueryOptions {
  /**
   * How many frequent values to tell of each column; default 8.
   * @example { top: 20 }
   */
  readonly top?: number
  /**
   * Up to how many different values of a column everything is counted exactly; default 20,000,000. Beyond it distinct
   * counts and quantiles are estimates, and the column says so, where the engine has estimates.
   * @example { exactUpTo: 1_000_000 }
   */
  readonly exactUpTo?: number
}

const known = ['signal', 'top', 'exactUpTo']
const EXACT = 20_000_000

/**
 * What is in a dataset. Of each column: its type (in a text file the one that every cell has), missing and distinct
 * values, the exact extent, mean, quantiles and histogram of numbers and times, lengths and shapes of text, the most
 * frequent values; of the table: which columns could be a key. One fused scan, then one GROUP BY for each column, from
 * which all the rest is worked out. Of columns tagged `pii` only counts leave the dataset. What cannot be computed (a
 * mean over NaN) is left out.
 */
export async function profile(dataset: Dataset, asked?: ProfileOptions): Promise<DatasetSummary> {
  checkedDataset(dataset, 'profile')
  const options = checked(asked)
  const { top = 8, exactUpTo = EXACT } = options
  const [opened, fingerprint] = await Promise.all([relationOf(dataset), dataset.fingerprint()])
  // Asked together, the two share a scan; what the first rows misled about is asked again of the right type.
  const [relation] = await Promise.all([withProvenTypes(opened, options), scan(opened, dataset, options)])
  const found = await scan(relation, dataset, options)
  const rows = found(rowCount()) ?? 0
  const large = rows > exactUpTo ? await largeColumns(relation, dataset, exactUpTo, options) : new Map<string, number>()
  const edges = new Map(relation.columns.map((column) => [column.name, edgesOf(column, found)]))
  const read = reader(
    await runMetrics(
      relation.columns.flatMap((column): Metric[] => {
        const { name } = column
        if (isSecret(column, dataset)) return large.has(name) ? [] : [distinctCount(name)]
        const bounds = edges.get(name)
        if (!large.has(name)) return [valueSummary(name, { top, edges: bounds })]
        return isMeasured(column) ? [approximateQuantiles(name), ...(bounds ? [histogram(name, bounds)] : [])] : []
      }),
      relation,
      options,
    ),
  )
  const columns = relation.columns.map((column) => {
    const { name } = column
    const bounds = edges.get(name)
    const secret = isSecret(column, dataset)
    const summary = secret || large.has(name) ? undefined : read(valueSummary(name, { top, edges: bounds }))
    const distinct = large.get(name) ?? summary?.distinct ?? (secret ? read(distinctCount(name)) : undefined)
    const bins = bounds && (summary ? summary.bins : read(histogram(name, bounds))?.counts)
    const about: Found = {
      rows,
      missing: found(missingCount(name)) ?? 0,
      distinct,
      secret,
      summary,
      range: secret ? undefined : found(finiteRange(name)),
      mean: secret ? undefined : found(mean(name)),
      bins: bounds && bins ? { edges: bounds, counts: bins } : undefined,
      estimated: large.has(name) ? (read(approximateQuantiles(name)) ?? []) : undefined,
    }
    return { column, about, told: columnProfile(column, about) }
  })
  const exact = columns.filter(({ column }) => !large.has(column.name))
  const keys = await candidateKeys(
    relation,
    rows,
    exact.map(({ column, about: { missing, distinct } }) => ({ column, missing, distinct })),
    options,
  )
  return {
    name: dataset.name,
    source: dataset.identity.source,
    fingerprint,
    rows,
    columns: columns.map(({ told }) => told),
    ...(keys.length > 0 ? { keys } : {}),
  }
}

function checked(asked: ProfileOptions | undefined): ProfileOptions {
  const options = ownOptions('profile', asked, known)
  checkSignal(options.signal, 'profile')
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'signal' && value !== undefined && !(Number.isInteger(value) && (value as number) > 0))
      throw new AssayError('wrong-argument', `profile got ${name}: ${valueText(value)}`, {
        hint: 'a whole number from 1',
      })
  }
  return options
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

const isSecret = (column: Column, dataset: Dataset): boolean => dataset.pii.includes(column.name)
const isMeasured = (column: Column): boolean => isNumeric(column) || isTime(column)

/** Everything that is counted row by row, in one scan. */
async function scan(relation: Relation, dataset: Dataset, options: QueryOptions): Promise<Read> {
  const asked = relation.columns.flatMap((column): Metric[] => {
    const { name } = column
    if (isSecret(column, dataset) || !isMeasured(column)) return [missingCount(name)]
    return [missingCount(name), finiteRange(name), ...(isTime(column) ? [] : [mean(name)])]
  })
  return reader(await runMetrics([rowCount(), ...asked], relation, options))
}

/** The columns with too many different values to count each, with about how many there are. */
async function largeColumns(
  relation: Relation,
  dataset: Dataset,
  exactUpTo: number,
  options: QueryOptions,
): Promise<ReadonlyMap<string, number>> {
  if (!relation.engine.dialect.estimates) return new Map()
  const able = relation.columns.filter(
    (column) => isMeasured(column) || isSecret(column, dataset) || column.type === 'string',
  )
  const found = reader(
    await runMetrics(
      able.map(({ name }) => approximateDistinct(name)),
      relation,
      options,
    ),
  )
  const counts = able.map(({ name }) => [name, found(approximateDistinct(name)) ?? 0] as const)
  return new Map(counts.filter(([, count]) => count > exactUpTo))
}

function edgesOf(column: Column, found: Read): number[] | undefined {
  const range = isMeasured(column) ? found(finiteRange(column.name)) : undefined
  if (!range || range.min === null || range.max === null) return undefined
  return niceEdges(range.min, range.max, isTime(column) ? 'time' : column.type === 'integer' ? 'integer' : 'number')
}
