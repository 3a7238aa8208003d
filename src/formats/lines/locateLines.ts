import { FILE_ROW, type Relation, ROW_FILE, ROW_LINE, ROW_NUMBER } from '../../engine/engine.ts'
import { id, join, literal, raw, sql } from '../../sql/sql.ts'

/** The physical lines of rows of a relation whose `numbered` holds them. */
export function locateLines({ engine, numbered, files }: Relation): NonNullable<Relation['locate']> {
  return async (places, options) => {
    if (places.length === 0 || !numbered) return []
    const row = id(files ? FILE_ROW : ROW_NUMBER)
    const wanted = places.map(({ row: number, file }) =>
      files
        ? sql`(${row} = ${raw(String(number))} and ${id(ROW_FILE)} = ${literal(file ?? '')})`
        : sql`${row} = ${raw(String(number))}`,
    )
    const file = files ? id(ROW_FILE) : sql`''`
    const rows = await engine.query(
      sql`select ${file}, ${row}, ${id(ROW_LINE)} from ${numbered} where ${join(wanted, ' or ')}`,
      options,
    )
    const lines = new Map(rows.map(([name, number, line]) => [`${number} ${name}`, Number(line)]))
    return places.map((place) => lines.get(`${place.row} ${files ? place.file : ''}`) ?? 0)
  }
}
