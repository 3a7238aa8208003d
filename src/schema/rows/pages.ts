import { type Relation, ROW_NUMBER, type Value } from '../../engine/engine.ts'
import { pagesOf } from '../../engine/pages.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'

/** Rows read at a time. */
export const PAGE = 50_000

/** The rows in order, in pages of bounded size: each is its number and the cells. */
export async function* cellPages(
  relation: Relation,
  cells: readonly Sql[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly Value[])[]> {
  const row = id(ROW_NUMBER)
  const names = cells.map((_, i) => id(`cell ${i}`))
  const selected = join([row, ...cells.map((cell, i) => sql`${cell} as ${names[i] as Sql}`)])
  for await (const { table } of pagesOf(relation, selected, { size: PAGE, signal }))
    yield await relation.engine.query(sql`select ${join([row, ...names])} from ${table} order by ${row}`, { signal })
}

/** The relation with row numbers, in the engine's order where the source has none. */
export function withNumbers(relation: Relation): Relation {
  if (relation.numbered) return relation
  return {
    ...relation,
    numbered: sql`(select *, row_number() over () as ${id(ROW_NUMBER)} from ${relation.from}) as t`,
  }
}
