import { randomUUID } from 'node:crypto'
import type { Engine, Relation } from '../engine/engine.ts'
import { lock } from '../formats/lockedEngine.ts'
import { id, sql } from '../sql/sql.ts'
import type { Dataset } from './model.ts'
import { filesOf, relationOn } from './opened.ts'

/**
 * Opens datasets anew on one engine, where one query looks at all of them and they are on engines of their own, as queries
 * are. It reads their files and nothing else, as that of a query does; what a query comes to is computed once. `use` has
 * the relations in the order of the datasets, until it ends.
 */
export async function onOneEngine<T>(
  datasets: readonly Dataset[],
  use: (relations: readonly Relation[]) => Promise<T>,
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
    return await use(relations)
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
