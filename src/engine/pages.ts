import { id, type Sql, sql } from '../sql/sql.ts'
import { type QueryOptions, type Relation, ROW_NUMBER } from './engine.ts'

let copies = 0

/**
 * The rows of a relation in their order, in pages of at most so many: tables of `selected` and `ROW_NUMBER`. Rows that each
 * page would look for in the whole source (it is read as a whole, or they are few of it) are copied once, into a table
 * that the engine holds within its memory or on disk. All rows at once where they have no order.
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
  const copy = id(`assay_pages_${++copies}`)
  const copied = () => engine.query(sql`create temp table ${copy} as ${rows}`, { signal })
  // Rows of a slice keep their numbers in the whole, so pages are stretches of numbers, not of a count.
  const boundsIn = async (table: Sql) => {
    const query = sql`select min(${row}), max(${row}), count(*) from ${table}`
    const [[first, last, count] = []] = await engine.query(query, { signal })
    return { first: Number(first), last: Number(last), count: Number(count) }
  }
  let isCopied = scanCost === 'high'
  if (isCopied) await copied()
  try {
    const { first, last, count } = await boundsIn(isCopied ? copy : numbered)
    if (count === 0) return
    if (!isCopied && last - first >= 2 * Math.max(count, size)) {
      await copied()
      isCopied = true
    }
    for (let start = first; start <= last; start += size) {
      const within = sql`${row} between ${start} and ${start + size - 1}`
      const table = isCopied
        ? sql`(select * from ${copy} where ${within}) as page`
        : sql`(${rows} where ${within}) as page`
      yield { table, ordered: true }
    }
  } finally {
    if (isCopied) await engine.query(sql`drop table ${copy}`)
  }
}
