import { cellOf } from '../cells/cell.ts'
import { ofSource } from '../cells/held.ts'
import { jsonTypeOfValue } from '../schema/jsonInteger.ts'
import { derivationOf } from '../engine/derivation.ts'
import { type Column, type Relation, ROW_NUMBER, ROW_TEXT } from '../engine/engine.ts'
import { id, join, literal, raw, type Sql, sql } from '../sql/sql.ts'

/** The JSON types that a column's values have, and in how many records it is absent. */
export interface JsonKinds {
  readonly types: Set<string>
  readonly absent: number
  /** The different texts it holds; undefined for more than `MOST_TEXTS`. */
  readonly texts: readonly string[] | undefined
}

/** More different texts than that are no markers of a missing value. */
export const MOST_TEXTS = 50

/**
 * What the records of JSON files hold, by column: every record is taken apart once, however many keys it has. Values
 * that were declared missing are absent.
 */
export async function jsonKinds(relation: Relation, rows: number): Promise<ReadonlyMap<string, JsonKinds>> {
  const { engine, columns } = relation
  const values = valuesOf(relation)
  const counted = await engine.query(sql`select key, type, count(*) from ${values} group by all`)
  const byKey = new Map<string, { readonly types: Set<string>; count: number }>()
  for (const [key, type, count] of counted) {
    const known = byKey.get(String(key)) ?? { types: new Set(), count: 0 }
    byKey.set(String(key), known)
    known.types.add(String(type))
    known.count += Number(count)
  }
  const texts = await textsOf(
    relation,
    values,
    [...byKey].flatMap(([key, { types }]) => (isSeveral(types) ? [key] : [])),
  )
  return new Map(
    columns.map((column) => {
      const { types, count } = byKey.get(keyOf(column)) ?? { types: new Set<string>(), count: 0 }
      const held = texts.get(keyOf(column)) ?? []
      return [column.name, { types, absent: rows - count, texts: held.length > MOST_TEXTS ? undefined : held }]
    }),
  )
}

const keyOf = ({ name, key = name }: Column): string => key

const isSeveral = (types: ReadonlySet<string>): boolean =>
  types.has('string') && [...types].some((type) => type !== 'string' && type !== 'null')

/** The values of all records with their keys, those left out that were declared missing. */
function valuesOf(relation: Relation): Sql {
  const { columns, engine } = relation
  const numbered = ofSource(relation).numbered as Sql
  const [row, record] = [id(ROW_NUMBER), id(ROW_TEXT)]
  const type = jsonTypeOfValue(raw('called'), raw('text'))
  const values = sql`(select row, key, text, ${type} as type from
    (select t.row, one.key, one.type as called, json_extract_string(one.value, '$') as text
      from (select ${row} as row, cast(${record} as json) as record from ${numbered}) as t, json_each(t.record) as one) as v) as v`
  // Only cells that were read anew may lack what their record holds.
  if (derivationOf(relation).steps.every((step) => step.kind !== 'cells')) return values
  const keys = join(columns.map((column) => literal(keyOf(column))))
  const gone = join(columns.map((column) => cellOf(column, engine.dialect).missing))
  return sql`(select * from ${values} where type = 'null' or (row, key) not in
    (select row, key from (select ${row} as row, unnest([${keys}]) as key, unnest([${gone}]) as gone from ${numbered}) as g where gone)) as v`
}

/** The different texts of keys that hold other values too, one more than are looked at. */
async function textsOf(
  { engine }: Relation,
  values: Sql,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const texts = new Map<string, string[]>()
  if (keys.length === 0) return texts
  const rows = await engine.query(
    sql`select key, text from
      (select key, text, row_number() over (partition by key order by text) as place from
        (select distinct key, text from ${values} where type = 'string' and key in (${join(keys.map((key) => literal(key)))})) as d) as p
      where place <= ${raw(String(MOST_TEXTS + 1))}`,
  )
  for (const [key, text] of rows) {
    const list = texts.get(String(key)) ?? []
    texts.set(String(key), list)
    list.push(String(text))
  }
  return texts
}
