import { cellOf, isDoubtful, withoutText } from '../cells/cell.ts'
import { held } from '../cells/held.ts'
import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { asBits, hasBit } from '../sql/bits.ts'
import { id, join, sql } from '../sql/sql.ts'
import { withWiderTypes } from './textTypes.ts'

/**
 * The values of a relation in a table of the engine, with the types that every cell of a text file has. The texts, which
 * weigh more than the values, are not kept, nor is the order of the rows: each row says which of its cells are not written
 * like their types. Where there are such cells the rows are read once more, with their columns as what they are.
 */
export async function heldAsProven(relation: Relation, options: QueryOptions): Promise<Relation> {
  const first = await heldValues(relation, options)
  if (first.wrong.size === 0) return first.values
  await first.values.release?.()
  const proven = await withWiderTypes(relation, first.wrong, options)
  return (await heldValues(proven, options)).values
}

interface HeldValues {
  readonly values: Relation
  /** The columns with a cell that is not written like their type, whose value is lost. */
  readonly wrong: ReadonlySet<string>
}

async function heldValues(relation: Relation, options: QueryOptions): Promise<HeldValues> {
  const { engine, columns } = relation
  if (columns.every((column) => cellOf(column, engine.dialect).readable === 'always'))
    return { values: await held(relation, { bare: true, unordered: true, ...options }), wrong: new Set() }
  const doubtful = columns.filter(isDoubtful).map((column) => cellOf(column, engine.dialect))
  const marks = asBits(doubtful.map(({ unreadable }) => unreadable)).map((bits, i) => {
    const name = `__assay_unreadable_${i}`
    return { name: id(name), bits, column: { name, type: 'integer', native: 'INTEGER' } satisfies Column }
  })
  const values = columns.map(withoutText)
  const cells = [
    ...values.map(({ name }) => id(name)),
    ...marks.map(({ bits, name }) => sql`cast(${bits} as integer) as ${name}`),
  ]
  const { numbered: _, release: __, ...rest } = relation
  const marked = {
    ...rest,
    columns: [...values, ...marks.map(({ column }) => column)],
    from: sql`(select ${join(cells)} from ${relation.from}) as t`,
  }
  const copy = await held(marked, { bare: true, unordered: true, ...options })
  if (marks.length === 0) return { values: { ...copy, columns: values }, wrong: new Set() }
  const [row = []] = await engine
    .query(sql`select ${join(marks.map(({ name }) => sql`coalesce(bit_or(${name}), 0)`))} from ${copy.from}`, options)
    .catch(async (error: unknown) => {
      await copy.release?.()
      throw error
    })
  return {
    values: { ...copy, columns: values },
    wrong: new Set(doubtful.filter((_, i) => hasBit(row, 0, i)).map(({ column }) => column.name)),
  }
}
