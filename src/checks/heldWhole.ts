import { stat } from 'node:fs/promises'
import { held } from '../cells/held.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { filesOf } from '../dataset/opened.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { workerMemory } from '../engine/memory.ts'

/** The share of a worker's memory that the files of a dataset may take to be held. */
const ROOM = 1 / 16
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
  if (!dear || !relation.engine.dialect.holds || !(await fits(dataset))) return work(relation)
  const copy = await held(relation, { bare: true, ...options })
  try {
    return await work(copy)
  } finally {
    await copy.release?.()
  }
}

async function fits(dataset: Dataset): Promise<boolean> {
  const files = await filesOf(dataset)
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => Number.POSITIVE_INFINITY,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0) <= ROOM * workerMemory()
}
