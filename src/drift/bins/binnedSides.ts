import { measure } from '../../checks/measure.ts'
import type { Column, Relation } from '../../engine/engine.ts'
import { workerMemory } from '../../engine/memory.ts'
import { narrowed } from '../../engine/narrowing.ts'
import type { Threshold } from '../../metrics/bins.ts'
import { finiteRange } from '../../metrics/kinds/finiteRange.ts'
import { asDouble, columnNamed, isFloating, isNumeric } from '../../metrics/metric.ts'
import { raw, sql } from '../../sql/sql.ts'
import type { ColumnTally } from '../columnTally.ts'
import type { Compare } from '../comparedAs.ts'
import type { BinnedSide, DriftSide } from '../drift.ts'
import { squarableUnit } from '../../stats/squarableUnit.ts'
import { type BinCounts, binCounts } from './binCounts.ts'
import type { Binned } from './binned.ts'
import { thresholdsOf } from './thresholds.ts'

/** The share of a worker's memory that the numbers of a column may take, and the bytes that one takes while it is compared. */
const SHARE = 1 / 4
const BYTES = 64
/** Rows of a side that tell where bins are to end. */
const LOOKED = 50_000

/** Whether only counts are known of a side. */
export const isBinned = (side: DriftSide): side is BinnedSide => 'bins' in side.values

/** Whether the numbers of both sides are too many to be held in memory beside all else. */
export const isTooLarge = (rows: number): boolean => rows * BYTES > SHARE * workerMemory()

/** Both sides of a column as counts in the same bins, in memory that does not grow with the rows. Their queries hold values of the data, and are not told. */
export async function binnedSides(
  { pair, current, reference }: Compare,
  tallies: readonly [ColumnTally, ColumnTally],
  doublesTell: boolean,
  signal: AbortSignal | undefined,
): Promise<readonly [{ side: BinnedSide; sql: readonly string[] }, { side: BinnedSide; sql: readonly string[] }]> {
  const sides = [
    [current, pair.current, tallies[0]],
    [reference, pair.reference, tallies[1]],
  ] as const
  const known = await Promise.all(
    sides.map(async ([relation, column, { rows, missing }]) => {
      // A column without any value may be of another type.
      if (rows === missing) return { range: { min: null, max: null }, some: new Float64Array() }
      const { range } = (await measure(relation, { range: finiteRange(column.name) }, signal)).values
      return { range, some: await someOf(relation, column, rows, signal) }
    }),
  )
  const [mine, theirs] = known as [(typeof known)[0], (typeof known)[0]]
  const ends = [theirs.range.min, theirs.range.max, mine.range.min, mine.range.max].filter((end) => end !== null)
  const thresholds = thresholdsOf(mine.some, theirs.some, ends)
  const counted = async (at: 0 | 1) => {
    const [relation, column, tally] = sides[at]
    const { min, max } = (at === 0 ? mine : theirs).range
    const counts = await countsOf(relation, column, tally, thresholds, signal)
    const deviation =
      at === 1 && isNumeric(column) && min !== null && max !== null && max > min
        ? await deviationOf(relation, column, [min, max], signal)
        : undefined
    const bins: Binned = {
      ...counts,
      thresholds,
      exact: doublesTell,
      extent: min === null || max === null ? undefined : [min, max],
      ...(deviation === undefined ? {} : { deviation }),
    }
    return { side: { column, ...tally, values: { bins } } as BinnedSide, sql: [] }
  }
  return [await counted(0), await counted(1)]
}

/** A column's values between thresholds: none of one without any. */
async function countsOf(
  relation: Relation,
  { name }: Column,
  { rows, missing }: ColumnTally,
  thresholds: readonly Threshold[],
  signal: AbortSignal | undefined,
): Promise<BinCounts> {
  if (rows === missing) return { frequencies: [...thresholds, null].map(() => 0), infinite: [0, 0] }
  return (await measure(relation, { bins: binCounts(name, thresholds) }, signal)).values.bins
}

/** The standard deviation, of how far values lie from one of them, in a unit in which they have squares: of large numbers of small spread it would be rounded. */
async function deviationOf(
  relation: Relation,
  column: Column,
  [min, max]: readonly [number, number],
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const pivot = Number.isFinite(max - min) ? min : 0
  const unit = squarableUnit(pivot === min ? max - min : Math.max(-min, max))

  const { engine, columns, from } = narrowed(relation, [column.name])
  const { dialect } = engine
  const distance = sql`(${asDouble({ dialect, columns }, columnNamed(columns, column.name))} - ${pivot})`
  const value = unit === 1 ? distance : sql`(${distance} * ${unit})`
  const query = sql`select ${dialect.stddev(value, isFloating(column))} from ${from}`
  const [[deviation] = []] = await engine.query(query, { signal })
  return deviation === null || deviation === undefined ? undefined : Number(deviation) / unit
}

/** Every so-manieth row of a column, sorted: where bins end decides how close bounds are, not whether they hold. */
async function someOf(
  relation: Relation,
  { name }: Column,
  rows: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { engine } = relation
  const { from, columns } = narrowed(relation, [name])
  const value = asDouble({ dialect: engine.dialect, columns }, columnNamed(columns, name))
  const step = raw(String(Math.max(1, Math.ceil(rows / LOOKED)) | 1))
  const query = sql`select x from (select ${value} as x, row_number() over () as r from ${from}) as t where r % ${step} = 0 and x is not null`
  return (await engine.numbers(query, { signal })).filter(Number.isFinite).sort()
}
