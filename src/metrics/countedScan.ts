import type { Engine, QueryOptions, Value } from '../engine/engine.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { type Aggregate, aggregateSql } from './aggregate.ts'
import { weighedSql } from './weighed.ts'

/** A number of a scan, and the column whose values alone it depends on. */
export interface ScanCell {
  readonly cell: Aggregate
  readonly column: string | undefined
}

/** A scan that counts the rows of known values, and judges only the others row by row. */
export interface CountedScan {
  readonly from: Sql
  /** The cells, each of the rows that are not counted where it depends on a counted column, and the counts after them. */
  readonly cells: readonly Sql[]
  /** The numbers of all rows, by the row of the scan. */
  finish(row: readonly Value[], options: QueryOptions): Promise<readonly Value[]>
}

/** Numbers of a scan over a table in which some columns have few texts, most of which are known. */
export function countedScan(
  engine: Engine,
  list: readonly ScanCell[],
  table: Sql,
  texts: ReadonlyMap<string, readonly string[]>,
): CountedScan {
  const { dialect } = engine
  const counted = [...texts].map(([column, known], at) => {
    const place = id(`__assay_place_${at}`)
    const position = sql`list_position([${join(known.map((text) => sql`${text}`))}], ${id(column)})`
    const own = list.flatMap(({ cell, column: other }, i) => (other === column && isCounted(cell) ? [{ cell, i }] : []))
    return { column, known, place, position, own }
  })
  const cells = list.map(({ cell }) => aggregateSql(cell, dialect))
  for (const { place, own } of counted)
    for (const { cell, i } of own) cells[i] = aggregateSql({ ...cell, of: whereUnknown(cell.of, place) }, dialect)
  const positions = counted.map(({ place, position }) => sql`${position} as ${place}`)
  return {
    from: sql`(select *, ${join(positions)} from ${table}) as t`,
    cells: [...cells, ...counted.map(({ place }) => sql`cast(to_json(histogram(${place})) as varchar)`)],
    async finish(row, options) {
      const numbers = row.slice(0, list.length)
      for (const [at, { column, known, own }] of counted.entries()) {
        const rows = JSON.parse(String(row[list.length + at] ?? '{}')) as Readonly<Record<string, number>>
        const n = id('__assay_rows')
        const present = known.flatMap((text, i) => (rows[i + 1] ? [sql`(${text}, ${rows[i + 1] as number})`] : []))
        if (present.length === 0 || own.length === 0) continue
        const weighed = own.map(({ cell }) => weighedSql(cell, n, dialect))
        const [sums = []] = await engine.query(
          sql`select ${join(weighed)} from (values ${join(present)}) as g(${id(column)}, ${n})`,
          options,
        )
        own.forEach(({ i }, place) => (numbers[i] = Number(numbers[i]) + Number(sums[place])))
      }
      return numbers
    },
  }
}

type CountedCell = Extract<Aggregate, { readonly fn: 'rowsWhere' } | { readonly fn: 'count' }>

const isCounted = (cell: Aggregate): cell is CountedCell => cell.fn === 'rowsWhere' || cell.fn === 'count'

/** An expression in the rows whose value has no place among the known ones. */
const whereUnknown = (of: Sql, place: Sql): Sql => sql`case when ${place} is null then ${of} end`
