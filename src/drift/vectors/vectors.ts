import { cellOf } from '../../cells/cell.ts'
import { measure } from '../../checks/measure.ts'
import { sampled } from '../../dataset/sampled.ts'
import type { Column, Relation } from '../../engine/engine.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { id, sql } from '../../sql/sql.ts'
import type { LogicalType } from '../../sql/dialect.ts'
import type { VectorRows } from '../../stats/vectorRows.ts'

/** The vectors of a side, such as embeddings, in an order of their own. */
export interface Vectors extends VectorRows {
  /** Rows that were looked at. */
  readonly looked: number
  /** Of those, rows without a value, and rows whose value is no vector of `width` finite numbers. */
  readonly missing: number
  readonly strange: number
  /** Vectors of zeros alone. */
  readonly zeros: number
  /** The lengths there are, in all rows. */
  readonly lengths: readonly [least: number, most: number]
}

/** Rows of a side that are read at most, and numbers of them. */
const MOST_ROWS = 20_000
const MOST_NUMBERS = 8_000_000

export const haveVectors = (current: LogicalType, reference: LogicalType): boolean =>
  current === 'list' && reference === 'list'

/** Lists of numbers, and JSON, by the engines' own names. */
const NUMBERS =
  /^(json|(float|double|real|double precision|decimal.*|numeric.*|u?(tiny|small|big|huge)?int|u?integer|smallint)\[\d*\])$/i

/**
 * The vectors of a column of the length that most have: all of them, or those of a sample of rows with a fixed seed where
 * they are more than 20,000, or 8 million numbers. What is no vector of finite numbers of that length is counted.
 */
export async function vectorsOf(
  relation: Relation,
  column: Column,
  signal: AbortSignal | undefined,
  most = MOST_ROWS,
): Promise<{ readonly read: Vectors; readonly sql: readonly string[] }> {
  const { name } = column
  const none = (rows: number): Vectors => ({
    values: new Float64Array(),
    rows: 0,
    width: 0,
    looked: rows,
    missing: 0,
    strange: rows,
    zeros: 0,
    lengths: [0, 0],
  })
  if (!NUMBERS.test(column.native)) return { read: none(0), sql: [] }
  const { values, sql: counted } = await measure(relation, { rows: rowCount() }, signal)
  const lengths = await lengthsOf(relation, name, signal)
  const [width] = lengths[0] ?? []
  if (width === undefined) return { read: none(values.rows), sql: counted }
  const size = Math.max(1, Math.min(most, Math.floor(MOST_NUMBERS / width)))
  const some = values.rows > size ? await sampled(relation, size, 1) : relation
  const { dialect } = some.engine
  const vector = dialect.vector(id(name))
  const own = cellOf(some.columns.find((one) => one.name === name) as Column, dialect)
  const [[looked = 0, missing = 0] = []] = await some.engine.query(
    sql`select count(*), ${dialect.countIf(own.missing)} from ${some.from}`,
    { signal },
  )
  // An element that is null would be left out, and all after it be of another row.
  const numbers = await some.engine.numbers(
    sql`select coalesce(x, cast('NaN' as double precision)) from (select unnest(v) as x from (select ${vector} as v from ${some.from}) as r where array_length(v, 1) = ${width}) as e`,
    { signal },
  )
  const finite = finiteRows(numbers, width)
  const rows = finite.length / width
  const lists = lengths.map(([length]) => length)
  return {
    read: {
      values: finite,
      rows,
      width,
      looked: Number(looked),
      missing: Number(missing),
      strange: Number(looked) - Number(missing) - rows,
      zeros: zerosIn(finite, width),
      lengths: [Math.min(...lists), Math.max(...lists)],
    },
    sql: counted,
  }
}

/** The lengths of vectors with how many have each, the commonest first. */
async function lengthsOf(
  { engine, from }: Relation,
  name: string,
  signal: AbortSignal | undefined,
): Promise<readonly (readonly [length: number, count: number])[]> {
  const vector = engine.dialect.vector(id(name))
  const rows = await engine.query(
    sql`select coalesce(array_length(${vector}, 1), 0) as k, count(*) as n from ${from} where ${id(name)} is not null group by 1`,
    { signal },
  )
  return rows
    .map(([length, count]) => [Number(length), Number(count)] as const)
    .filter(([length]) => length > 0)
    .toSorted(([a, n], [b, m]) => m - n || a - b)
}

/** The rows without NaN or infinity, by their numbers. */
function finiteRows(numbers: Float64Array, width: number): Float64Array {
  const at = (row: number) => numbers.subarray(row * width, (row + 1) * width)
  const kept: number[] = []
  for (let row = 0; row < numbers.length / width; row++) if (at(row).every(Number.isFinite)) kept.push(row)
  kept.sort((a, b) => {
    for (let i = 0; i < width; i++) {
      const difference = (numbers[a * width + i] as number) - (numbers[b * width + i] as number)
      if (difference !== 0) return difference
    }
    return 0
  })
  const sorted = new Float64Array(kept.length * width)
  kept.forEach((row, i) => sorted.set(at(row), i * width))
  return sorted
}

function zerosIn(values: Float64Array, width: number): number {
  let count = 0
  for (let from = 0; from < values.length; from += width)
    if (values.subarray(from, from + width).every((value) => value === 0)) count++
  return count
}
