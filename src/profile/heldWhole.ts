import { isWideText } from '../cells/cell.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { fitMemory } from '../dataset/heldRows.ts'
import { bytesOf, holdRows, relationOf } from '../dataset/opened.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { heldAsProven } from './heldAsProven.ts'
import { withProvenTypes } from './textTypes.ts'

/** Columns from which on reading a file's list of them costs more than holding them. */
const WIDE = 64

/**
 * Works with the rows of a dataset, with types that every cell has, in a table of the engine where that costs less than
 * reading the source for each question: text files and wide ones, as far as they fit into memory. The table is gone
 * afterwards; that of a text file of many columns holds its texts for whoever asks next.
 */
export async function heldWhole<T>(
  dataset: Dataset,
  relation: Relation,
  options: QueryOptions,
  work: (relation: Relation) => Promise<T>,
): Promise<T> {
  const dear = relation.scanCost === 'high' || relation.columns.length >= WIDE
  if (!dear || !relation.engine.dialect.holds || !fitMemory(await bytesOf(dataset)))
    return work(await withProvenTypes(relation, options))
  if (isWideText(relation)) {
    await holdRows(dataset)
    return work(await withProvenTypes(await relationOf(dataset), options))
  }
  const copy = await heldAsProven(relation, options)
  try {
    return await work(copy)
  } finally {
    await copy.release?.()
  }
}
