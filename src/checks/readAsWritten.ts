import { isDoubtful } from '../cells/cell.ts'
import { retyped } from '../cells/retyped.ts'
import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { unreadableCount } from '../metrics/kinds/unreadableCount.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { type AskedFor, counts, withFractions } from './askedReading.ts'
import { refuseLong } from './longNumbers.ts'

/**
 * The relation as a question reads it that asks for no type, such as which cells are equal: a column of a text file is what
 * all its cells are, whatever the first rows made believe. Where one is no integer all are numbers, where one is of no type
 * that the others are all are texts. What somebody said of a column stays said. The relation itself where nothing is to be
 * read anew.
 */
export async function readAsWritten(
  relation: Relation,
  names: readonly string[],
  options: QueryOptions,
): Promise<Relation> {
  const doubtful = relation.columns.filter((column) => names.includes(column.name) && isGuess(column))
  if (doubtful.length === 0) return relation
  const unread = doubtful.map(({ name }) => unreadableCount(name))
  const { runMetrics } = await import('../metrics/run.ts')
  const results = await runMetrics(unread, relation, options)
  const types = new Map<string, LogicalType>()
  for (const [i, column] of doubtful.entries()) {
    const result = results.get(unread[i]?.key as string)
    if (result?.ok && Number(result.value) > 0)
      types.set(column.name, (await areNumbers(relation, column, options)) ? 'number' : 'string')
  }
  return retyped(
    relation,
    relation.columns.map(({ name, type }) => ({ type: types.get(name) ?? type })),
  )
}

/** The relation with columns read anew some cell of which is not what it was read as: as numbers where a type was asked for, else as what all their cells are. Throws an AssayError for numbers that it does not hold. */
export async function readAnew(
  relation: Relation,
  names: readonly string[],
  asks: AskedFor | undefined,
  options: QueryOptions,
): Promise<Relation> {
  if (asks === undefined) return readAsWritten(relation, names, options)
  const read = names.reduce(withFractions, relation)
  await refuseLong(read, names, options)
  return read
}

/** Whether the first rows alone say what the column's cells are, and some may be something else. */
export const isGuess = (column: Column): boolean => column.guessed === true && isDoubtful(column)

/** Whether all cells of a column that was taken for integers are numbers: fractions, or whole ones of more digits. */
async function areNumbers(relation: Relation, column: Column, options: QueryOptions): Promise<boolean> {
  if (column.type !== 'integer') return false
  const { present, written } = await counts(relation, column, ['number'], options)
  return written[0] === present
}
