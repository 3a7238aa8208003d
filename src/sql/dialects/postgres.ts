import type { Dialect, LogicalType } from '../dialect.ts'
import { standard } from '../dialect.ts'
import { type Sql, sql } from '../sql.ts'

/** PostgreSQL 15 and later: parameters are cast (it would infer them from the column), advanced regular expressions. */
export const postgres: Dialect = {
  ...standard,
  name: 'postgres',
  cast,
  countIf: (predicate) => sql`count(*) filter (where ${predicate})`,
  double: (expression) => sql`cast(${expression} as float8)`,
  text: (expression) => sql`cast(${expression} as text)`,
  isFinite: (expression) => sql`(${expression} not in ('NaN', 'Infinity', '-Infinity'))`,
  stddev: (expression, floating) =>
    floating
      ? sql`stddev_samp(case when ${expression} not in ('NaN', 'Infinity', '-Infinity') then ${expression} end)`
      : sql`cast(stddev_samp(cast(${expression} as float8)) as float8)`,
  matches: (expression, pattern) => sql`(${expression} ~ ${pattern})`,
  epochMs: (expression) => sql`cast(extract(epoch from ${expression}) * 1000 as float8)`,
  tryCast,
  logicalType,
}

/** No try_cast: of text that is written like a number its value, as wide as it takes; what is typed stays as it is. */
function tryCast(expression: Sql, type: LogicalType): Sql {
  if (type !== 'number' && type !== 'integer' && type !== 'boolean') return expression
  const text = sql`cast(${expression} as text)`
  if (type === 'boolean') return sql`cast(${text} as boolean)`
  const exact = sql`cast(${text} as numeric)`
  if (type === 'integer') return exact
  const beyond = sql`abs(${exact}) > 1.7976931348623157e308 and abs(${exact}) < cast('Infinity' as numeric)`
  return sql`case when ${beyond} then null else cast(${text} as float8) end`
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
