import type { Dialect, LogicalType } from '../dialect.ts'
import { all, SQUARABLE, standard } from '../dialect.ts'
import { join, raw, type Sql, sql } from '../sql.ts'

const native: Partial<Record<LogicalType, string>> = {
  boolean: 'boolean',
  integer: 'bigint',
  number: 'double',
  decimal: 'double',
  string: 'varchar',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
  time: 'time',
}

/** DuckDB: `count_if` (its FILTER clause grows with the width of the row), RE2, `try_cast`. */
export const duckdb: Dialect = {
  ...standard,
  name: 'duckdb',
  estimates: true,
  parses: true,
  hashes: true,
  marks: true,
  histograms: true,
  doubles: 'DOUBLE',
  wideIntegers: true,
  holds: true,
  unnests: true,
  texts: (expressions) => sql`cast(json_array(${join(expressions)}) as varchar)`,
  casts: true,
  cast,
  inlines: true,
  countIf: (predicate) => sql`count_if(${predicate})`,
  double: (expression) => sql`cast(${expression} as double)`,
  wideInteger: (expression) => sql`cast(${expression} as hugeint)`,
  isFinite: (expression) => sql`isfinite(${expression})`,
  stddev: (expression, floating) =>
    floating
      ? sql`stddev_samp(case when abs(${expression}) < ${raw(String(SQUARABLE))} then ${expression} end)`
      : sql`stddev_samp(cast(${expression} as double))`,
  codePoints: (expression) => sql`length(${expression})`,
  // In a group of its own: DuckDB's optimizer takes a bare pattern of literals, anchors and empty parts for a LIKE, and
  // gets repeated anchors and anchors in the middle wrong.
  matches: (expression, pattern) => sql`regexp_matches(${expression}, ${`(${pattern})`})`,
  epochMs,
  tryCast: (expression, type, name) => sql`try_cast(${expression} as ${raw(name ?? native[type] ?? 'varchar')})`,
  writtenNumber,
  vector: (expression) => sql`try_cast(${expression} as double[])`,
  logicalType,
}

/** Rounded down, as the instants of JavaScript are: the engine's own milliseconds of times before 1970 are rounded up. */
function epochMs(expression: Sql): Sql {
  const microseconds = sql`epoch_us(cast(${expression} as timestamp))`
  return sql`cast((${microseconds} - 999 * cast(${microseconds} < 0 as integer)) // 1000 as double)`
}

/** What may stand around a number where DuckDB casts it. */
const SPACES = [9, 10, 11, 12, 13, 32]

/**
 * What DuckDB casts to a double and no grammar of ours has is told by its first characters, save digits parted by `_` and
 * spaces at the end: leading zeros, a space, a plus before a sign, `nan` and `inf`.
 */
function writtenNumber(text: Sql, value: Sql): Sql {
  const unspaced = SPACES.map((code) => sql`not suffix(${text}, chr(${raw(String(code))}))`)
  const plain = all([sql`${text} between '-' and '9~'`, sql`not contains(${text}, '_')`, ...unspaced])
  return sql`when ${text} between '00' and '0:' then null
    when ${text} between '-00' and '-0:' then null
    when ${text} between '-A' and '-~' then case when ${text} = '-Infinity' then ${value} end
    when ${plain} then ${value}`
}

function cast(value: unknown): string {
  if (typeof value === 'bigint') return '::hugeint'
  if (typeof value !== 'number') return ''
  return Number.isSafeInteger(value) ? '::bigint' : '::double'
}

function logicalType(name: string): LogicalType {
  const type = name.toUpperCase()
  if (type.endsWith(']') || type.startsWith('LIST')) return 'list'
  if (type.startsWith('STRUCT') || type.startsWith('MAP') || type.startsWith('UNION')) return 'struct'
  if (type === 'BOOLEAN') return 'boolean'
  // Not UHUGEINT: the engine compares those beyond 2^127 with no other integer.
  if (/^(U?(TINY|SMALL|BIG)INT|HUGEINT|U?INTEGER)$/.test(type)) return 'integer'
  if (type === 'FLOAT' || type === 'DOUBLE') return 'number'
  if (type.startsWith('DECIMAL')) return 'decimal'
  if (type === 'VARCHAR' || type === 'UUID' || type.startsWith('ENUM') || type === 'JSON') return 'string'
  if (type === 'DATE') return 'date'
  if (type === 'TIMESTAMP WITH TIME ZONE') return 'timestamptz'
  if (type.startsWith('TIMESTAMP')) return 'timestamp'
  if (type.startsWith('TIME')) return 'time'
  if (type === 'BLOB') return 'binary'
  return 'unknown'
}
