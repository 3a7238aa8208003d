import { randomUUID } from 'node:crypto'
import type { QueryOptions, Relation } from '../../engine/engine.ts'
import { tableOfRows } from '../../engine/temporaryTable.ts'
import { any } from '../../sql/dialect.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import { type FoundRows, firstRowsIn, placeColumns, rowsOf } from './foundRows.ts'
import type { Sought } from './rowsWanted.ts'

/** Cells of failing rows that are held at most. */
const MOST_CELLS = 250_000

/**
 * The first failing rows of checks that fail late: all rows that fail any of them are put into a table by one scan, where
 * those are few. The others are looked for in one scan, and read in another.
 */
export async function lateRows(
  relation: Relation,
  wanted: readonly Sought[],
  options: QueryOptions,
): Promise<readonly FoundRows[]> {
  const few = fewRows(wanted, relation)
  const many = wanted.filter((one) => !few.has(one))
  const answers = new Map<Sought, FoundRows>()
  const keep = (some: readonly Sought[], rows: readonly FoundRows[]) =>
    some.forEach((one, i) => answers.set(one, rows[i] as FoundRows))
  if (few.size > 0) keep([...few], await heldRows(relation, [...few], options))
  if (many.length > 0) keep(many, await firstRowsIn(relation, rowsOf(relation), many, options))
  return wanted.map((one) => answers.get(one) as FoundRows)
}

/** Those that fail in so few rows that all of them can be held. */
function fewRows(wanted: readonly Sought[], { engine }: Relation): ReadonlySet<Sought> {
  const few = new Set<Sought>()
  if (!engine.dialect.holds) return few
  const width = namesOf(wanted).length + wanted.length
  let cells = 0
  for (const one of wanted.toSorted((a, b) => a.total - b.total)) {
    cells += one.total * width
    if (cells <= MOST_CELLS) few.add(one)
  }
  return few
}

const namesOf = (wanted: readonly Sought[]): readonly string[] => [...new Set(wanted.flatMap(({ shown }) => shown))]

async function heldRows(
  relation: Relation,
  wanted: readonly Sought[],
  options: QueryOptions,
): Promise<readonly FoundRows[]> {
  const { engine, cell } = rowsOf(relation)
  const texts = new Map(namesOf(wanted).map((name, i) => [name, id(`__assay_text_${i}`)]))
  const marks = wanted.map(({ where }, i) => ({ where, name: id(`__assay_mark_${i}`) }))
  const cells = [
    ...placeColumns(relation).map((name) => id(name)),
    ...[...texts].map(([name, text]) => sql`${cell(name)} as ${text}`),
    ...marks.map(({ where, name }) => sql`${where} as ${name}`),
  ]
  const failing = any(wanted.map(({ where }) => where))
  const { table, drop } = await tableOfRows(
    engine,
    `assay_failing_${randomUUID()}`,
    sql`select ${join(cells)} from ${relation.numbered as Sql} where ${failing}`,
    options,
  )
  try {
    const source = { engine, numbered: table, cell: (name: string): Sql => texts.get(name) as Sql }
    const marked = wanted.map((one, i) => ({ ...one, where: marks[i]?.name as Sql }))
    return await firstRowsIn(relation, source, marked, { ...options, oneThread: true })
  } finally {
    await drop()
  }
}
