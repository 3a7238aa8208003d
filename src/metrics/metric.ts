import type { Column, Value } from '../engine/engine.ts'
import { AssayError, nearestHint } from '../errors.ts'
import type { Dialect } from '../sql/dialect.ts'
import { id, type Sql } from '../sql/sql.ts'
import type { Aggregate } from './aggregate.ts'

/** What a metric needs to know to write its SQL. */
export interface MetricContext {
  readonly dialect: Dialect
  readonly columns: readonly Column[]
}

interface MetricBase {
  readonly name: string
  /** Canonical: equal keys on one relation are the same number, computed once. */
  readonly key: string
  /** The columns it reads; they must exist. */
  readonly columns: readonly string[]
}

/**
 * A number computed by aggregates in a shared scan. `decode` reads its cells into a state; states of disjoint parts
 * of the rows merge; `finish` turns a state into the value.
 */
export interface ScanMetric<S = unknown, V = unknown> extends MetricBase {
  readonly pass: 'scan'
  cells(context: MetricContext): readonly Aggregate[]
  decode(cells: readonly Value[]): S
  /** It looks at no value but for whether it is there: each different one by itself would cost more. */
  readonly counts?: true
  /** Absent where two parts do not say what the whole is. */
  merge?(a: S, b: S): S
  finish(state: S): V
}

/**
 * A number about how often each combination of `columns` occurs. Its cells aggregate over the bigint `n`, the count of
 * one combination without nulls; all frequency metrics of one column set share one GROUP BY.
 */
export interface FrequencyMetric<V = unknown> extends MetricBase {
  readonly pass: 'frequency'
  /** Its value by how many combinations there are in how many rows; undefined where that takes how often each occurs. */
  ofCombinations?(combinations: number, rows: number): V | undefined
  cells(n: Sql): readonly Aggregate[]
  /** Its cells are how many combinations there are, how many rows share theirs, and how many of those are too many. */
  readonly ofRepeated?: true
  finish(cells: readonly Value[]): V
}

/** A metric with a query of its own over `from`. */
export interface QueryMetric<V = unknown> extends MetricBase {
  readonly pass: 'query'
  /** The rows are read with their numbers, where they have some. */
  readonly numbered?: true
  query(context: MetricContext, from: Sql): Sql
  /** The same of each group of rows that has a key of its own, which begins each row of the answer; absent where it has none. */
  byKey?(context: MetricContext, from: Sql, key: Sql): Sql
  finish(rows: readonly (readonly Value[])[]): V
}

/** A column streamed to the client as doubles, unsorted, without nulls. Not kept after use. */
export interface NumbersMetric extends MetricBase {
  readonly pass: 'numbers'
  expression(context: MetricContext): Sql
}

/** How many rows hold a text that JavaScript refuses, which looks at each different text once; and the first of them. */
export interface TextsMetric extends MetricBase {
  readonly pass: 'texts'
  /** What is asked of a text, for the error about one that takes too long. */
  readonly title: string
  readonly holds: (text: string) => boolean
}

/** Texts that are refused. */
export interface RefusedTexts {
  readonly rows: number
  /** The first of them in the order of the engine. */
  readonly texts: readonly string[]
}

export type Metric<V = unknown> =
  | ScanMetric<unknown, V>
  | FrequencyMetric<V>
  | QueryMetric<V>
  | NumbersMetric
  | TextsMetric

/** The type of a metric's value. */
export type ValueOf<M> = M extends NumbersMetric
  ? Float64Array
  : M extends TextsMetric
    ? RefusedTexts
    : M extends { finish(state: never): infer V }
      ? V
      : never

/** Defines a scan metric. */
export function scanMetric<S, V>(
  definition: Omit<ScanMetric<S, V>, 'pass' | 'key'> & { key?: string },
): ScanMetric<S, V> {
  return { ...definition, key: definition.key ?? keyOf(definition.name, definition.columns), pass: 'scan' }
}

/** Defines a frequency metric. */
export function frequencyMetric<V>(definition: Omit<FrequencyMetric<V>, 'pass' | 'key'>): FrequencyMetric<V> {
  return { ...definition, key: keyOf(definition.name, definition.columns), pass: 'frequency' }
}

/** Defines a metric with a query of its own; `detail` tells apart metrics of one name and columns. */
export function queryMetric<V>(
  definition: Omit<QueryMetric<V>, 'pass' | 'key'> & { detail?: unknown },
): QueryMetric<V> {
  const { detail, ...rest } = definition
  return { ...rest, key: keyOf(definition.name, definition.columns, detail), pass: 'query' }
}

/** The canonical key of a metric. */
export function keyOf(name: string, columns: readonly string[], detail?: unknown): string {
  return JSON.stringify(detail === undefined ? [name, ...columns] : [name, ...columns, { detail }])
}

/** The column of that name; an AssayError with the nearest name when there is none. */
export function columnNamed(columns: readonly Column[], name: string): Column {
  const match = byName(columns).get(name)
  if (match) return match
  const names = columns.map((column) => column.name)
  throw new AssayError('missing-column', `there is no column ${JSON.stringify(name)}`, {
    hint: nearestHint(name, names, `the columns are ${listed(names)}`),
  })
}

const known = new WeakMap<readonly Column[], ReadonlyMap<string, Column>>()

/** The columns by name, looked through once: a wide table is asked for each of its columns. */
function byName(columns: readonly Column[]): ReadonlyMap<string, Column> {
  let map = known.get(columns)
  if (!map || map.size < columns.length) {
    map = new Map(columns.map((column) => [column.name, column]))
    known.set(columns, map)
  }
  return map
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => JSON.stringify(name))
  return names.length > 20 ? `${shown.join(', ')} and ${names.length - 20} more` : shown.join(', ') || '(none)'
}

/** Whether the engine may hold NaN or infinities in the column. */
export function isFloating(column: Column): boolean {
  return column.type === 'number'
}

/** A column's values as doubles; times as milliseconds since the epoch. */
export function asDouble({ dialect }: MetricContext, column: Column): Sql {
  const reference = id(column.name)
  if (isTime(column)) return dialect.epochMs(reference)
  return column.type === 'number' && column.native === dialect.doubles ? reference : dialect.double(reference)
}

/** Whether the column holds dates or timestamps. */
export function isTime(column: Column): boolean {
  return column.type === 'date' || column.type === 'timestamp' || column.type === 'timestamptz'
}

/** Whether the column holds numbers. */
export function isNumeric(column: Column): boolean {
  return column.type === 'integer' || column.type === 'number' || column.type === 'decimal'
}

/** Whether a column has numbers or times, which have a range. */
export function isMeasured(column: Column): boolean {
  return isNumeric(column) || isTime(column)
}
