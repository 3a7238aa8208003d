import { held } from '../cells/held.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { fitMemory } from '../dataset/heldRows.ts'
import { filesOf } from '../dataset/opened.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'

/** Columns from which on reading a file's list of them costs more than holding them. */
const WIDE = 64

/**
 * Works with the rows of a dataset in a table of the engine where that costs less than reading the source for each
 * question: text files and wide ones, as far as they fit into memory. The table is gone afterwards.
 */
export async function heldWhole<T>(
  dataset: Dataset,
  relation: Relation,
  options: QueryOptions,
  work: (relation: Relation) => Promise<T>,
): Promise<T> {
  const dear = relation.scanCost === 'high' || relation.columns.length >= WIDE
  if (!dear || !relation.engine.dialect.holds || !(await fitMemory(await filesOf(dataset)))) return work(relation)
  const copy = await held(relation, { bare: true, ...options })
  try {
    return await work(copy)
  } finally {
    await copy.release?.()
  }
}
