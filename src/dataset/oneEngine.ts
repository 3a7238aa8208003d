import { randomUUID } from 'node:crypto'
import type { Engine, Relation } from '../engine/engine.ts'
import { lock } from '../formats/lockedEngine.ts'
import { id, sql } from '../sql/sql.ts'
import type { Dataset } from './model.ts'
import { filesOf, relationOn } from './opened.ts'

/** Whether one query can look at both. */
export const areTogether = (here: Relation, there: Relation): boolean => here.engine === there.engine

/**
 * Hands over two datasets for one query to look at: as they were opened, where that was on one engine. Else, as queries
 * have one of their own, both are opened anew on another, until `use` ends. It reads their files and nothing else, as that
 * of a query does; what a query comes to is computed once.
 */
export async function onOneEngine<T>(
  datasets: readonly [here: Dataset, there: Dataset],
  opened: readonly [here: Relation, there: Relation],
  use: (here: Relation, there: Relation) => Promise<T>,
): Promise<T> {
  return areTogether(...opened) ? use(...opened) : inTurn(() => openedAnew(datasets, use))
}

let last: Promise<unknown> = Promise.resolve()

/** One after another: each segment of a query would start an engine at the same time. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work)
  last = turn.catch(() => {})
  return turn
}

async function openedAnew<T>(
  datasets: readonly [Dataset, Dataset],
  use: (here: Relation, there: Relation) => Promise<T>,
): Promise<T> {
  const { createDuckDB } = await import('../engine/duckdb.ts')
  const engine = await createDuckDB({ memoryShare: 0.5 })
  try {
    const opened: Relation[] = []
    for (const dataset of datasets) opened.push(await relationOn(dataset, engine))
    await lock(engine, (await Promise.all(datasets.map(filesOf))).flat())
    const relations: Relation[] = []
    for (const relation of opened)
      relations.push(relation.numbered ? relation : await computed(relation, `assay_side_${randomUUID()}`, engine))
    return await use(...(relations as [Relation, Relation]))
  } finally {
    await engine.close()
  }
}

/** The rows of a query, as a table with their numbers. No answer about a table that is called so is kept for others. */
async function computed(relation: Relation, name: string, engine: Engine): Promise<Relation> {
  await engine.query(sql`create temp table ${id(name)} as select * from ${relation.from}`)
  const { from, numbered } = await engine.relation(id(name), { rowNumber: sql`rowid + 1` })
  return { ...relation, from, ...(numbered ? { numbered } : {}) }
}
