import { memoryTable, type Relation, ROW_NUMBER } from '../engine/engine.ts'
import { narrowed, remade } from '../engine/narrowing.ts'
import { AssayError } from '../errors.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { seeded } from '../stats/random.ts'
import { shownValue } from '../cells/cellValue.ts'
import { cellsOf } from '../cells/withCells.ts'

/**
 * `size` rows of a relation, each with the same chance: the same ones for the same seed and rows, on every engine and
 * source. Where the source has no order, they are those of the engine's order.
 */
export async function sampled(relation: Relation, size: number, seed: number | string): Promise<Relation> {
  const { engine, from } = relation
  const row = id(ROW_NUMBER)
  const numberedOf = ({ numbered }: Relation): Sql =>
    numbered ?? sql`(select *, row_number() over () as ${row} from ${from}) as t`
  const all = numberedOf(
    narrowed(
      relation,
      relation.columns.slice(0, 1).map(({ name }) => name),
    ),
  )
  const numbers = await engine.numbers(sql`select cast(${row} as double precision) from ${all} order by ${row}`)
  const picked = pick(numbers, size, seeded(seed))
  const table = memoryTable([{ name: 'picked', type: 'integer', values: picked }], picked.length)
  const chosen = await engine.load(table)
  const rowsIn = (whole: Relation): Relation => {
    const rows = sql`(select * from ${numberedOf(whole)} where ${row} in (select ${id('picked')} from ${chosen.from})) as t`
    const cells = whole.columns.flatMap(cellsOf)
    const selected = cells.length > 0 ? join(cells) : row
    return { ...whole, from: sql`(select ${selected} from ${rows}) as t`, numbered: rows }
  }
  return relation.numbered ? remade(relation, rowsIn) : rowsIn(relation)
}

/** Draws places without putting back: every subset of the size has the same chance (Fisher and Yates, cut short). */
export function pick(numbers: Float64Array, size: number, random: () => number): number[] {
  const count = Math.min(size, numbers.length)
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(random() * (numbers.length - i))
    const kept = numbers[i] as number
    numbers[i] = numbers[other] as number
    numbers[other] = kept
  }
  return [...numbers.subarray(0, count)].sort((a, b) => a - b)
}

/** Throws for what is no number of rows, and for what is no seed. */
export function checkSample(size: unknown, seed: unknown): void {
  if (!Number.isSafeInteger(size) || (size as number) < 0)
    throw new AssayError(
      'wrong-argument',
      `sample(${shownValue(size)}): a sample has a whole number of rows, 0 or more`,
      { hint: 'e.g. sample(1000)' },
    )
  if (typeof seed !== 'string' && !Number.isFinite(seed))
    throw new AssayError('wrong-argument', `sample(): seed is ${shownValue(seed)}`, {
      hint: 'it takes a number or text',
    })
}
