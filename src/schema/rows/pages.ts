import { type Relation, ROW_NUMBER, type Value } from '../../engine/engine.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'

/** Rows read at a time. */
export const PAGE = 50_000

let kept = 0

/** The rows in order, in pages of bounded size: each is its number and the cells. */
export async function* pagesOf(
  { engine, numbered: table, scanCost }: Relation,
  cells: readonly Sql[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly Value[])[]> {
  const row = id(ROW_NUMBER)
  const names = cells.map((_, i) => id(`cell ${i}`))
  const selected = join([row, ...cells.map((cell, i) => sql`${cell} as ${names[i] as Sql}`)])
  const rows = sql`select ${selected} from ${table as Sql}`
  // Where each page would read the whole file again, its cells are kept by the engine meanwhile.
  const copy = scanCost === 'high' ? id(`assay_rows_${++kept}`) : undefined
  if (copy) await engine.query(sql`create temp table ${copy} as ${rows}`, { signal })
  try {
    let after = 0
    for (;;) {
      const page = await engine.query(
        sql`select ${join([row, ...names])} from ${copy ?? sql`(${rows}) as t`}
          where ${row} > ${after} order by ${row} limit ${PAGE}`,
        { signal },
      )
      yield page
      if (page.length < PAGE) return
      after = Number(page.at(-1)?.[0])
    }
  } finally {
    if (copy) await engine.query(sql`drop table ${copy}`)
  }
}

/** The relation with row numbers, in the engine's order where the source has none. */
export function withNumbers(relation: Relation): Relation {
  if (relation.numbered) return relation
  return {
    ...relation,
    numbered: sql`(select *, row_number() over () as ${id(ROW_NUMBER)} from ${relation.from}) as t`,
  }
}
