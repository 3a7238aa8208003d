import type { Engine, QueryOptions } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { join, literal, raw, type Sql, sql } from '../sql/sql.ts'

/** A key of the records and what its values are. */
export interface KeyTypes {
  readonly name: string
  /** Place among the keys, in the order they first appear. */
  readonly place: number
  readonly type: LogicalType
  /** Some values are an explicit null. */
  readonly nulls: boolean
  /** Some integer needs more than 64 bits with a sign. */
  readonly wide: boolean
}

/** The path of a key for the engine's JSON functions. */
export function keyPath(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/**
 * The kind of a JSON value as SQL over its `json_type` and its text: `integer`, `wide`, `number`, `string`, `boolean`,
 * `list`, `struct`, `null`; null where there is none. As in JavaScript 1.0 is an integer, and -0 is not.
 */
export function jsonKind(type: Sql, text: Sql): Sql {
  const value = sql`try_cast(${text} as double)`
  return sql`case ${type}
    when 'BIGINT' then 'integer'
    when 'UBIGINT' then case when try_cast(${text} as bigint) is null then 'wide' else 'integer' end
    when 'DOUBLE' then case
      when abs(${value}) <= 9007199254740991 and ${value} = trunc(${value}) and not starts_with(${text}, '-0') then 'integer'
      else 'number' end
    when 'VARCHAR' then 'string' when 'BOOLEAN' then 'boolean'
    when 'ARRAY' then 'list' when 'OBJECT' then 'struct' when 'NULL' then 'null' end`
}

/** The keys of all records and the types that hold all their values, as `typeOfValues` says them of values in memory. */
export async function typesOfKeys(
  engine: Engine,
  parts: readonly { readonly from: Sql; readonly numbered: Sql }[],
  options: QueryOptions,
): Promise<readonly KeyTypes[]> {
  const names = await keysOf(engine, parts, options)
  if (names.length === 0) return []
  refuseNames(names)
  const paths = join(names.map((name) => literal(keyPath(name))))
  const texts = join(
    parts.map(({ from }) => sql`select text from ${from}`),
    ' union all ',
  )
  const found = await engine.query(
    sql`select i, ${jsonKind(sql`t`, sql`v`)} as kind, count(*) from (
        select unnest(t) as t, unnest(v) as v, generate_subscripts(t, 1) as i from (
          select json_type(text, [${paths}]) as t, json_extract_string(text, [${paths}]) as v from (${texts})
        )
      ) where t is not null group by all`,
    options,
  )
  const kinds = names.map(() => new Set<string>())
  for (const [i, kind] of found) kinds[Number(i) - 1]?.add(String(kind))
  return names.map((name, place) => ({
    name,
    place,
    type: typeOf(kinds[place] as Set<string>),
    nulls: kinds[place]?.has('null') === true,
    wide: kinds[place]?.has('wide') === true,
  }))
}

function typeOf(found: ReadonlySet<string>): LogicalType {
  const kinds = new Set(
    [...found].filter((kind) => kind !== 'null').map((kind) => (kind === 'wide' ? 'integer' : kind)),
  )
  if (kinds.size === 0) return 'string'
  const numeric = [...kinds].every((kind) => kind === 'integer' || kind === 'number')
  if (numeric) return kinds.has('number') ? 'number' : 'integer'
  return kinds.size === 1 ? ([...kinds][0] as LogicalType) : 'mixed'
}

async function keysOf(
  engine: Engine,
  parts: readonly { readonly numbered: Sql }[],
  options: QueryOptions,
): Promise<readonly string[]> {
  const shapes = join(
    parts.map(
      ({ numbered }, i) =>
        sql`select json_keys(text) as keys, ${raw(String(i))} as part, min(n) as first from ${numbered} group by keys`,
    ),
    ' union all ',
  )
  const found = await engine.query(
    sql`select key from (
        select unnest(keys) as key, part, first, generate_subscripts(keys, 1) as place from (${shapes})
      ) group by key order by min({part: part, first: first, place: place})`,
    options,
  )
  return found.map(([key]) => String(key))
}

function refuseNames(names: readonly string[]): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    if (name === '' || name.includes('\0'))
      throw new AssayError(
        'unreadable-file',
        name === '' ? 'a record has a key without a name: ""' : `the key ${JSON.stringify(name)} holds a NUL character`,
        { hint: 'keys become names of columns' },
      )
    const lower = name.toLowerCase()
    const other = seen.get(lower)
    if (other !== undefined)
      throw new AssayError(
        'unreadable-file',
        `the keys ${JSON.stringify(other)} and ${JSON.stringify(name)} differ in case only`,
        { hint: 'columns need names that differ by more than case' },
      )
    seen.set(lower, name)
  }
}
