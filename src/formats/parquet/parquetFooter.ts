import type { Engine, QueryOptions, Value } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { numberText } from '../../words/text/numbers.ts'
import { join, sql } from '../../sql/sql.ts'

/** The most values of a page, which the format counts in 32 bits, and the fewest bytes that a page's header takes. */
const PAGE_VALUES = 2 ** 31
const PAGE_BYTES = 8

/** What the footers of files come to: rows, columns of row groups, and whether they say that some value is missing. */
export interface FooterSums {
  readonly rows: number
  readonly chunks: number
  readonly isMissingSome: boolean
}

/**
 * Throws an AssayError where what the footer of a file says of its rows cannot be: engines answer how many there are
 * from it, without reading one. The rows of the file are those of its row groups; each column of a group has a value for
 * each of its rows, in bytes that lie in the file and could hold as many.
 */
export async function checkFooters(
  engine: Engine,
  places: readonly { readonly file: string; readonly path: string }[],
  options: QueryOptions = {},
): Promise<FooterSums> {
  const paths = join(places.map(({ path }) => sql`${path}`))
  const start = sql`case when dictionary_page_offset > 0 then least(dictionary_page_offset, data_page_offset)
    else data_page_offset end`
  const groups = sql`select file_name, row_group_id, any_value(row_group_num_rows) as n, min(num_values) as least,
      max(case when path_in_schema not like '%, %' then abs(num_values - row_group_num_rows) else 0 end) as apart,
      max(num_values / (total_compressed_size / ${PAGE_BYTES} + 1)) as dense,
      max(${start} + total_compressed_size) as furthest, count(*) as chunks, max(stats_null_count) as missing
    from parquet_metadata([${paths}]) group by all`
  const files = await engine.query(
    sql`select f.num_rows <> sum(n) or min(n) < 0 or min(least - n) < 0 or max(apart) > 0 or max(dense) > ${PAGE_VALUES}
        or max(furthest) > f.file_size_bytes,
      sum(chunks), max(missing), f.file_name, f.num_rows, f.file_size_bytes, sum(n), min(least - n), max(apart), max(dense)
      from parquet_file_metadata([${paths}]) f join (${groups}) g on g.file_name = f.file_name
      group by f.file_name, f.num_rows, f.file_size_bytes`,
    options,
  )
  const wrong = files.find(([isWrong]) => isWrong === true)
  if (!wrong) {
    return {
      rows: sumOf(files.map((file) => file[4] as Value)),
      chunks: sumOf(files.map(([, chunks]) => chunks as Value)),
      isMissingSome: files.some(([, , missing]) => Number(missing) > 0),
    }
  }
  const [, , , name, claimed, size, grouped, missing, apart, dense] = wrong
  const file = places.find(({ path }) => path === name)?.file ?? places[0]?.file ?? ''
  const why =
    Number(claimed) === Number(grouped)
      ? Number(missing) < 0 || Number(apart) > 0
        ? 'and a column of a row group has another number of values'
        : `more than its ${numberText(Number(size))} bytes ${Number(dense) > PAGE_VALUES ? 'can hold' : 'hold'}`
      : `and its row groups ${numberText(Number(grouped))}`
  throw new AssayError(
    'unreadable-file',
    `${JSON.stringify(file)} cannot be read as Parquet: its footer claims ${numberText(Number(claimed))} rows, ${why}`,
    { hint: 'the file is damaged; get it again, or write it anew' },
  )
}

const sumOf = (counts: readonly Value[]): number => counts.reduce<number>((sum, count) => sum + Number(count), 0)
