import { id, type Sql, sql } from '../sql/sql.ts'
import { type QueryOptions, type Relation, ROW_NUMBER, type TemporaryTable } from './engine.ts'
import { tableOfRows } from './temporaryTable.ts'

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
  const copied = () => tableOfRows(engine, `assay_pages_${++copies}`, rows, { signal })
  // Rows of a slice keep their numbers in the whole, so pages are stretches of numbers, not of a count.
  const boundsIn = async (table: Sql) => {
    const query = sql`select min(${row}), max(${row}), count(*) from ${table}`
    const [[first, last, count] = []] = await engine.query(query, { signal })
    return { first: Number(first), last: Number(last), count: Number(count) }
  }
  let copy: TemporaryTable | undefined = scanCost === 'high' ? await copied() : undefined
  try {
    const { first, last, count } = await boundsIn(copy ? copy.table : numbered)
    if (count === 0) return
    if (!copy && last - first >= 2 * Math.max(count, size)) copy = await copied()
    for (let start = first; start <= last; start += size) {
      const within = sql`${row} between ${start} and ${start + size - 1}`
      const table = copy
        ? sql`(select * from ${copy.table} where ${within}) as page`
        : sql`(${rows} where ${within}) as page`
      yield { table, ordered: true }
    }
  } finally {
    await copy?.drop()
  }
}
