import type { CheckResult } from '../../src/results/checkResult.ts'
import type { Metric, ValueOf } from '../../src/metrics/metric.ts'

/** Rows as JavaScript has them; nothing is null. */
export type Table = readonly Readonly<Record<string, unknown>>[]

/** That a metric says why there is no value, by the code of its error. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** A metric, said once more over rows, naively: `naive` throws a `Refusal` where it must be an error. */
export interface MetricCase {
  readonly metric: Metric
  naive(rows: Table): unknown
  /** How a value is compared with the naive one; default: equal up to the last digits. */
  agrees?(value: unknown, naive: unknown): boolean
}

export function metricCase<M extends Metric>(
  metric: M,
  naive: (rows: Table) => ValueOf<M>,
  agrees?: (value: ValueOf<M>, naive: ValueOf<M>) => boolean,
): MetricCase {
  return { metric, naive, ...(agrees ? { agrees: agrees as MetricCase['agrees'] & {} } : {}) }
}

/** A question that is wrong for the column, whatever it holds. */
export const refused = (code: string) => (): never => {
  throw new Refusal(code)
}

/** What a check of rows comes to: how many were tested, and how many of them fail. */
export function counted(
  rows: Table,
  tested: number,
  failed: number,
  mostly = 1,
): Pick<CheckResult, 'status' | 'counts'> {
  const counts = { rows: rows.length, missing: rows.length - tested, tested, failed }
  return { status: tested === 0 ? 'vacuous' : (tested - failed) / tested >= mostly ? 'pass' : 'fail', counts }
}

/** What a check of the values of a column comes to, which `breaks` finds. */
export function ofValues(
  rows: Table,
  column: string,
  breaks: (value: NonNullable<unknown>) => boolean,
  { mostly = 1, nulls = 'ignore' }: { readonly mostly?: number; readonly nulls?: 'ignore' | 'fail' } = {},
): Pick<CheckResult, 'status' | 'counts'> {
  const values = present(rows, column)
  const broken = values.filter(breaks).length
  return nulls === 'fail'
    ? counted(rows, rows.length, broken + rows.length - values.length, mostly)
    : counted(rows, values.length, broken, mostly)
}

/** What a check of several columns of each row comes to. */
export function ofCells(
  rows: Table,
  columns: readonly string[],
  breaks: (values: readonly NonNullable<unknown>[]) => boolean,
  { mostly = 1, missing = 'any' }: { readonly mostly?: number; readonly missing?: 'any' | 'all' | 'never' } = {},
): Pick<CheckResult, 'status' | 'counts'> {
  const cells = rows.map((row) => columns.map((column) => row[column] ?? null))
  const tested = cells.filter((row) => {
    const absent = row.filter((value) => value === null).length
    return missing === 'never' || absent < (missing === 'any' ? 1 : columns.length)
  })
  const failed = tested.filter((row) => row.includes(null) || breaks(row as readonly NonNullable<unknown>[]))
  return counted(rows, tested.length, failed.length, mostly)
}

/** What a check of values one after another comes to, each beside the greatest or least of the place before. */
export function inOrder(
  rows: Table,
  { column, by, previous = Math.max }: { column: string; by: string; previous?: (...values: number[]) => number },
  breaks: (value: number, before: number) => boolean,
  mostly = 1,
): Pick<CheckResult, 'status' | 'counts'> {
  const cells = rows
    .filter((row) => (row[column] ?? null) !== null && (row[by] ?? null) !== null)
    .map((row) => [numeric(row[column]), numeric(row[by])] as const)
  const places = new Map<number, number[]>()
  for (const [value, place] of cells)
    if (Number.isFinite(value)) places.set(place, [...(places.get(place) ?? []), value])
  const inTurn = [...places].sort(([a], [b]) => a - b).map(([, values]) => values)
  const broken = inTurn.flatMap((values, i) =>
    values.filter((value) => i > 0 && breaks(value, previous(...(inTurn[i - 1] as number[])))),
  )
  const infinite = cells.filter(([value]) => !Number.isFinite(value))
  return counted(rows, cells.length, broken.length + infinite.length, mostly)
}

/** What a number that is held to limits comes to; null where there is nothing to compute it from. */
export function ofNumber(
  value: number | null,
  meets: (value: number) => boolean,
): Pick<CheckResult, 'status'> & { readonly value?: number } {
  return value === null ? { status: 'vacuous' } : { status: meets(value) ? 'pass' : 'fail', value }
}

/** The extreme, the mean and so on of some values; null of none. */
export function ofSome(values: readonly number[], least: number, number: (values: readonly number[]) => number) {
  return values.length < least ? null : number(values)
}

/** The values of a column that are there. */
export function present(rows: Table, column: string): readonly NonNullable<unknown>[] {
  return rows.flatMap((row) => row[column] ?? [])
}

/** A value as a number; times are milliseconds. */
export const numeric = (value: unknown): number => Number(value)

/** The numbers of a column; an error when one is not finite. */
export function finite(rows: Table, column: string): readonly number[] {
  const values = present(rows, column).map(numeric)
  if (values.some((value) => !Number.isFinite(value))) throw new Refusal('wrong-type')
  return values
}

/** What is the same for equal values: -0 is 0, and NaN is one value. */
export function identity(value: unknown): string {
  if (value instanceof Date) return String(value.getTime())
  return String(value === 0 ? 0 : value)
}

/** How often each value of a column is there. */
export function tallied(rows: Table, columns: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    if (columns.some((column) => row[column] === undefined || row[column] === null)) continue
    const key = JSON.stringify(columns.map((column) => identity(row[column])))
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** Whole numbers beyond 2^53 stay exact. */
export function whole(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

export const add = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** The standard deviation, by distances from the first value: whole numbers beyond 2^53 that lie close together differ, too. */
export function deviation(values: readonly unknown[], population = false): number | null {
  const [first] = values
  const apart = values.map((value) =>
    typeof value === 'bigint' && typeof first === 'bigint' ? Number(value - first) : numeric(value) - numeric(first),
  )
  const freedom = values.length - (population ? 0 : 1)
  const middle = add(apart) / apart.length
  return freedom < 1 ? null : Math.sqrt(add(apart.map((value) => (value - middle) ** 2)) / freedom)
}

/** In the engines' order: NaN after all numbers, text by its code points. */
export function byValue(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0
}

/** Up to the last digits, and without the sign of a zero. */
export function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? Number(value.toPrecision(12)) + 0 : value
  if (value === '-0') return '0'
  if (value instanceof Float64Array) return [...value].map(rounded)
  if (value instanceof Map)
    return [...value].map(([key, one]) => [rounded(key), rounded(one)]).sort(([a], [b]) => byValue(a, b))
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rounded(one)]))
}
