import type { LogicalType } from '../../sql/dialect.ts'
import { isNumeric } from '../../metrics/metric.ts'
import { sumOf } from '../../stats/sumOf.ts'

/** How often each category occurs. Missing values are none: all three libraries leave them out before they compare a feature. */
export type PeerCounts = ReadonlyMap<string, number>

/** A method of another library: its number for two columns, as that library computes it, and when it says drift. */
export interface PeerMethod {
  /** As the library names it. */
  readonly name: string
  /** Whether its number is a p-value, and low ones are drift. */
  readonly p: boolean
  /** Of drift by its default. */
  readonly threshold: number
  /** Whether the threshold itself is drift. */
  readonly inclusive: boolean
  /** Of sorted finite numbers, the reference's first; an AssayError where the library raises. */
  numbers?(reference: Float64Array, current: Float64Array): number
  categories?(reference: PeerCounts, current: PeerCounts): number
  /** Of the values of a column of categories, in the order of rows. */
  rows?(reference: readonly string[], current: readonly string[]): number
}

/** A library whose numbers are reproduced. */
export interface Peer {
  readonly name: string
  readonly methods: readonly PeerMethod[]
  /** The name of the method that it takes by default; `rows` are those of the reference that have a value. */
  usual(column: { readonly numeric: boolean; readonly rows: number; readonly distinct: number }): string
}

export const numeric = (type: LogicalType): boolean => isNumeric({ name: '', native: '', type })

/** How often each value occurs. */
export function countsOf(values: Iterable<number | string>): PeerCounts {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  return counts
}

/** The counts of both over the same keys, in order of the keys. */
export function aligned(
  reference: PeerCounts,
  current: PeerCounts,
): { readonly keys: readonly string[]; readonly ref: readonly number[]; readonly cur: readonly number[] } {
  const keys = [...new Set([...reference.keys(), ...current.keys()])].sort()
  const list = (counts: PeerCounts) => keys.map((key) => counts.get(key) ?? 0)
  return { keys, ref: list(reference), cur: list(current) }
}

export const rowsOf = (counts: PeerCounts): number => sumOf([...counts.values()])

export function shares(counts: readonly number[], all = sumOf(counts)): readonly number[] {
  return counts.map((count) => count / all)
}

export function distinct(sorted: Float64Array): number {
  let count = 0
  sorted.forEach((value, i) => {
    if (i === 0 || value !== sorted[i - 1]) count++
  })
  return count
}
