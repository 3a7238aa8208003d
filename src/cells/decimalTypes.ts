import type { QueryOptions, Relation } from '../engine/engine.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { typeOfTexts } from './lexical.ts'
import type { Spelling } from './spelling.ts'

/** The engine's types of decimals by the names of their columns. */
export type DecimalTypes = ReadonlyMap<string, string>

const PLAIN = '^[+-]?([0-9]*)([.][0-9]*)?$'

/**
 * The exact decimals that the texts of columns are, as many digits before and after the point as the longest of them
 * have, with digits to spare. One that has no such text, or would take more than 38 digits, has those of a text file.
 */
export async function decimalTypes(
  { engine, from }: Pick<Relation, 'engine' | 'from'>,
  names: readonly string[],
  options: QueryOptions = {},
  spelled?: Spelling['sql'],
): Promise<DecimalTypes> {
  if (names.length === 0) return new Map()
  const digits = (text: Sql, group: number): Sql =>
    sql`coalesce(max(strlen(regexp_extract(${text}, ${PLAIN}, ${raw(String(group))}))), 0)`
  const lengths = names.flatMap((name) => {
    const cell = engine.dialect.text(id(name))
    const text = spelled?.(cell, 'decimal') ?? cell
    return [digits(text, 1), digits(text, 2)]
  })
  const [row = []] = await engine.query(sql`select ${join(lengths)} from ${from}`, options)
  return new Map(
    names.map((name, i) => {
      const [whole, fraction] = [Number(row[2 * i]), Math.max(0, Number(row[2 * i + 1]) - 1)]
      const longest = `${'9'.repeat(whole)}.${'9'.repeat(fraction)}`
      return [name, typeOfTexts(whole + fraction === 0 ? [] : [longest], 'decimal').native as string]
    }),
  )
}
