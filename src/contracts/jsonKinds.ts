import { cellOf } from '../cells/cell.ts'
import { jsonKind, keyPath } from '../formats/json/jsonTypes.ts'
import { type Column, type Relation, ROW_TEXT } from '../engine/engine.ts'
import { id, literal, type Sql, sql } from '../sql/sql.ts'

/** The JSON types that a column's values have, and in how many records it is absent. */
export interface JsonKinds {
  readonly types: Set<string>
  readonly absent: number
  /** The different texts it holds; undefined for more than `MOST_TEXTS`. */
  readonly texts: readonly string[] | undefined
}

/** More different texts than that are no markers of a missing value. */
export const MOST_TEXTS = 50

const named: Readonly<Record<string, string>> = { wide: 'integer', list: 'array', struct: 'object' }

/** What the records of JSON files hold, by the engine. Values that were declared missing are absent. */
export async function jsonKinds(column: Column, { engine, numbered }: Relation): Promise<JsonKinds> {
  const { name, key = name } = column
  const { missing } = cellOf(column, engine.dialect)
  const record = id(ROW_TEXT)
  const path = literal(keyPath(key))
  const kind = jsonKind(sql`json_type(${record}, ${path})`, sql`json_extract_string(${record}, ${path})`)
  const value = sql`try_cast(json_extract_string(${record}, ${path}) as double)`
  const found = await engine.query(
    sql`select case when kind = 'number' and not isfinite(value) then 'invalid'
        when kind = 'number' and value = trunc(value) then 'integer'
        when kind = 'null' or present then kind end as type, count(*)
      from (select ${kind} as kind, ${value} as value, not ${missing} as present from ${numbered as Sql})
      group by type`,
  )
  const types = new Set(found.flatMap(([type]) => (type === null ? [] : [named[String(type)] ?? String(type)])))
  const absent = found.filter(([type]) => type === null).reduce((sum, [, count]) => sum + Number(count), 0)
  const several = types.has('string') && [...types].some((type) => type !== 'string' && type !== 'null')
  const texts = several
    ? await engine.query(
        sql`select distinct json_extract_string(${record}, ${path}) from ${numbered as Sql}
          where json_type(${record}, ${path}) = 'VARCHAR' and not ${missing} limit ${MOST_TEXTS + 1}`,
      )
    : []
  return { types, absent, texts: texts.length > MOST_TEXTS ? undefined : texts.map(([text]) => String(text)) }
}
