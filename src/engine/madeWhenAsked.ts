import { replaceable, type Sql } from '../sql/sql.ts'
import type { QueryOptions, Relation, TemporaryTable } from './engine.ts'
import { kept } from './kept.ts'
import { narrowable } from './narrowing.ts'

/** How a relation reads the rows of a table. */
export type TableReading = (table: Sql) => Required<Pick<Relation, 'from' | 'numbered'>>

/** Makes a table of all columns, or of those of some names only. */
export type Make = (names: ReadonlySet<string> | undefined, options: QueryOptions) => Promise<TemporaryTable>

/** The share of the columns that a table of its own may hold: what is made twice then costs a fraction of making all. */
const SHARE = 1 / 4

/**
 * A relation whose table is made when a query is about to read it: first of the columns that the query is narrowed to,
 * where those are few; once others are asked for, of all. `read` names the table of all, which the queries show.
 */
export function madeWhenAsked(relation: Omit<Relation, 'from'>, all: Sql, read: TableReading, make: Make): Relation {
  const { columns } = relation
  const made: TemporaryTable[] = []
  let isReleased = false
  const table = (names: ReadonlySet<string> | undefined) =>
    kept(async (options) => {
      const own = await make(names, options)
      if (isReleased) await own.drop()
      else made.push(own)
      return own.table
    })
  const whole = table(undefined)
  let isWhole = false
  let part: { readonly names: ReadonlySet<string>; readonly table: typeof whole } | undefined
  const tableOf = (names: ReadonlySet<string> | undefined): typeof whole => {
    if (names && !isWhole) {
      part ??= names.size <= SHARE * columns.length ? { names, table: table(names) } : undefined
      if (part && [...names].every((name) => part?.names.has(name))) return part.table
    }
    isWhole = true
    return whole
  }
  const over = (names: ReadonlySet<string> | undefined): Relation => {
    const own = read(all)
    const piece = (place: keyof typeof own): Sql =>
      replaceable(own[place], async (options) => {
        // Who asked of what has changed since hears so of its guard.
        if (isReleased) return undefined
        return read(await tableOf(names)(options))[place]
      })
    return {
      ...relation,
      columns: names ? columns.filter(({ name }) => names.has(name)) : columns,
      from: piece('from'),
      numbered: piece('numbered'),
      release: async () => {
        isReleased = true
        for (const { drop } of made) await drop()
      },
    }
  }
  return narrowable(over(undefined), over)
}
