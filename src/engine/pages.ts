import { id, type Sql, sql } from '../sql/sql.ts'
import { type QueryOptions, type Relation, ROW_NUMBER } from './engine.ts'

let copies = 0

/**
 * The rows of a relation in their order, in pages of at most so many: tables of `selected` and `ROW_NUMBER`. The rows of
 * a source that each page would read as a whole are copied once, into a table that the engine holds within its memory or
 * on disk. All rows at once where they have no order.
 */
export async function* pagesOf(
  { engine, from, numbered, scanCost }: Relation,
  selected: Sql,
  { size, signal }: { readonly size: number } & QueryOptions,
): AsyncGenerator<{ readonly table: Sql; readonly ordered: boolean }> {
  if (!numbered) {
    yield { table: sql`(select ${selected} from ${from}) as page`, ordered: false }
    return
  }
  const row = id(ROW_NUMBER)
  const rows = sql`select ${selected} from ${numbered}`
  const copy = scanCost === 'high' ? id(`assay_pages_${++copies}`) : undefined
  if (copy) await engine.query(sql`create temp table ${copy} as ${rows}`, { signal })
  try {
    // Rows of a slice keep their numbers in the whole, so pages are stretches of numbers, not of a count.
    const bounds = sql`select min(${row}), max(${row}) from ${copy ?? numbered}`
    const [[first, last] = []] = await engine.query(bounds, { signal })
    if (first === null || first === undefined) return
    for (let start = Number(first); start <= Number(last); start += size) {
      const within = sql`${row} between ${start} and ${start + size - 1}`
      const table = copy ? sql`(select * from ${copy} where ${within}) as page` : sql`(${rows} where ${within}) as page`
      yield { table, ordered: true }
    }
  } finally {
    if (copy) await engine.query(sql`drop table ${copy}`)
  }
}
