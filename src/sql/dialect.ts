import type { SqlSpelling } from './render.ts'
import type { Bindable, Sql } from './sql.ts'
import { join, raw, sql } from './sql.ts'

/** What a column holds, whatever the engine calls it. */
export type LogicalType =
  | 'boolean'
  | 'integer'
  | 'number'
  | 'decimal'
  | 'string'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'time'
  | 'binary'
  | 'list'
  | 'struct'
  | 'mixed'
  | 'unknown'

/** Doubles below it, and differences above its inverse, have squares whose sums a double holds. */
export const SQUARABLE = 1e140

/**
 * How one engine spells the few things in which engines differ. `standard` holds the common spelling; a dialect
 * overrides only its differences. Aggregates return doubles, bigints or text; ratios are computed by the caller.
 */
export interface Dialect extends SqlSpelling {
  /** For people. What an engine can do is said by its capabilities. */
  readonly name: string
  /** Number of rows for which `predicate` is true (null counts as not true); bigint. */
  countIf(predicate: Sql): Sql
  /** The expression as a double. */
  double(expression: Sql): Sql
  /** An integer as one of a type that differences of 64 bits fit. */
  wideInteger(expression: Sql): Sql
  /** The expression as text, as it is shown to people. */
  text(expression: Sql): Sql
  /** True when a double is neither NaN nor infinite. */
  isFinite(expression: Sql): Sql
  /** Mean of doubles, also of those whose squares no double holds; null without any. */
  mean(expression: Sql): Sql
  /** Sample standard deviation, of doubles of the values below `SQUARABLE`; null under two values. */
  stddev(expression: Sql, floating: boolean): Sql
  /** Number of code points. */
  codePoints(expression: Sql): Sql
  /** Whether the whole text matches a regular expression in the portable subset (see `portableRegex`). */
  matches(expression: Sql, pattern: string): Sql
  /** Milliseconds since the epoch of a date or timestamp, as a double. */
  epochMs(expression: Sql): Sql
  /** The expression cast to the logical type (or the engine's type of that name), null when the cast fails. */
  tryCast(expression: Sql, type: LogicalType, native?: string): Sql
  /**
   * Branches of a `case` for texts of which it is plain at little cost whether they are written as a number that `value`,
   * their cast to a double, is. What they leave is judged by the grammar. Default: everything is.
   */
  writtenNumber?(text: Sql, value: Sql): Sql
  /** A list of numbers, or JSON of one, as a list of doubles; null, or with nulls in it, where it is none. */
  vector(expression: Sql): Sql
  /** Texts as a JSON array, which costs less to hand over than each. Default: each is handed over. */
  texts?(expressions: readonly Sql[]): Sql
  /** Whether `tryCast` casts. Default: it hands the expression on as it is. */
  readonly casts?: boolean
  /** Whether there are `approx_count_distinct` and `approx_quantile`. Default: everything is counted. */
  readonly estimates?: boolean
  /** Whether temporary tables hold rows in the order they came, and `* exclude (…)` leaves columns out. Default: rows are read where they are. */
  readonly holds?: boolean
  /** Whether `unnest([a, b])` makes a row of each expression. Default: each has a query of its own. */
  readonly unnests?: boolean
  /** Whether `json_serialize_sql` tells how a condition is read. Default: whoever wrote it is trusted. */
  readonly parses?: boolean
  /** Whether `bitstring_agg` marks integers of a range that is known. Default: they are grouped. */
  readonly marks?: boolean
  /** Whether `hash` and `bit_xor` make a fingerprint of rows. Default: they have none. */
  readonly hashes?: boolean
  /** Whether `histogram(x, list)` counts values up to each of a list. Default: each value is compared with those that halve it. */
  readonly histograms?: boolean
  /** The engine's name of the type that `double` casts to, of which no cast is needed. Default: everything is cast. */
  readonly doubles?: string
  /** Whether a `hugeint` holds integers of 127 bits. Default: sums of doubles are rounded at each step. */
  readonly wideIntegers?: boolean
  /** The logical type of a column from the engine's own name for its type. */
  logicalType(native: string): LogicalType
}

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The spelling most engines share. */
export const standard: Pick<
  Dialect,
  'quote' | 'param' | 'countIf' | 'double' | 'wideInteger' | 'text' | 'mean' | 'codePoints'
> = {
  quote: quoteName,
  param: (n) => `$${n}`,
  countIf: (predicate) => sql`coalesce(sum(case when ${predicate} then 1 else 0 end), 0)`,
  double: (expression) => sql`cast(${expression} as double precision)`,
  wideInteger: (expression) => sql`cast(${expression} as numeric)`,
  text: (expression) => sql`cast(${expression} as varchar)`,
  mean: (expression) => sql`avg(${expression})`,
  codePoints: (expression) => sql`char_length(${expression})`,
}

/** `expression in (values)`; never true for an empty list. */
export function isIn(expression: Sql, values: readonly Bindable[]): Sql {
  if (values.length === 0) return raw('(1 = 0)')
  return sql`${expression} in (${join(values.map((value) => sql`${value}`))})`
}

/** All of the predicates; true for none. */
export function all(predicates: readonly Sql[]): Sql {
  return predicates.length === 0 ? raw('(1 = 1)') : sql`(${join(predicates, ' and ')})`
}

/** Any of the predicates; false for none. */
export function any(predicates: readonly Sql[]): Sql {
  return predicates.length === 0 ? raw('(1 = 0)') : sql`(${join(predicates, ' or ')})`
}
