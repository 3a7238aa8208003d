import type { Dialect, LogicalType } from '../dialect.ts'
import { SQUARABLE, standard } from '../dialect.ts'
import { raw, type Sql, sql } from '../sql.ts'

/** PostgreSQL 15 and later: parameters are cast (it would infer them from the column), advanced regular expressions. */
export const postgres: Dialect = {
  ...standard,
  name: 'postgres',
  cast,
  countIf: (predicate) => sql`count(*) filter (where ${predicate})`,
  double: (expression) => sql`cast(${expression} as float8)`,
  text: (expression) => sql`cast(${expression} as text)`,
  isFinite: (expression) => sql`(${expression} not in ('NaN', 'Infinity', '-Infinity'))`,
  // Its avg adds up squares, too.
  mean: (expression) => sql`sum(${expression}) / nullif(count(${expression}), 0)`,
  stddev: (expression, floating) =>
    floating
      ? sql`stddev_samp(case when abs(${expression}) < ${raw(String(SQUARABLE))} then ${expression} end)`
      : sql`cast(stddev_samp(cast(${expression} as float8)) as float8)`,
  matches: (expression, pattern) => sql`(${expression} ~ ${pattern})`,
  epochMs: (expression) => sql`cast(extract(epoch from ${expression}) * 1000 as float8)`,
  tryCast,
  vector: (expression) => sql`cast(${expression} as float8[])`,
  logicalType,
}

/** No try_cast: of text that is written like the type its value, numbers as wide as it takes; what is typed stays as it is. */
function tryCast(expression: Sql, type: LogicalType): Sql {
  if (type === 'date' || type === 'timestamp' || type === 'timestamptz') return tryTime(expression, type)
  if (type !== 'number' && type !== 'integer' && type !== 'boolean') return expression
  const text = sql`cast(${expression} as text)`
  if (type === 'boolean') return sql`cast(${text} as boolean)`
  const exact = sql`cast(${text} as numeric)`
  if (type === 'integer') return exact
  const beyond = sql`abs(${exact}) > 1.7976931348623157e308 and abs(${exact}) < cast('Infinity' as numeric)`
  return sql`case when ${beyond} then null else cast(${text} as float8) end`
}

/** A day, and a time of it, that there are; whether the month has so many days is not said by a pattern. */
const timeForm =
  '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?( ?Z| UTC| ?[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)?)?$'

/** Of text that says a day of the calendar; a cast of another would fail. */
function tryTime(expression: Sql, type: 'date' | 'timestamp' | 'timestamptz'): Sql {
  const text = sql`cast(${expression} as text)`
  const last = sql`extract(day from cast(substr(${text}, 1, 7) || '-01' as date) + interval '1 month - 1 day')`
  const isDay = sql`cast(substr(${text}, 9, 2) as integer) <= ${last}`
  const value = {
    date: sql`cast(${text} as date)`,
    timestamp: sql`cast(${text} as timestamp)`,
    timestamptz: sql`cast(${text} as timestamptz)`,
  }[type]
  return sql`case when ${text} ~ ${timeForm} then case when ${isDay} then ${value} end end`
}

function cast(value: unknown): string {
  if (typeof value === 'bigint') return '::numeric'
  if (typeof value === 'number') return Number.isSafeInteger(value) ? '::bigint' : '::float8'
  if (typeof value === 'boolean') return '::boolean'
  return typeof value === 'string' ? '::text' : ''
}

function logicalType(name: string): LogicalType {
  const type = name.toLowerCase()
  if (type.endsWith('[]')) return 'list'
  if (type === 'boolean') return 'boolean'
  if (/^(smallint|integer|bigint)$/.test(type)) return 'integer'
  if (type === 'real' || type === 'double precision') return 'number'
  if (type.startsWith('numeric')) return 'decimal'
  if (/^(text|uuid|json|jsonb|character.*|varchar.*)$/.test(type)) return 'string'
  if (type === 'date') return 'date'
  if (type.startsWith('timestamp')) return type.includes('with time zone') ? 'timestamptz' : 'timestamp'
  if (type.startsWith('time')) return 'time'
  return type === 'bytea' ? 'binary' : 'unknown'
}
