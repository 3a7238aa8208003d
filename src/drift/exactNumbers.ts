import type { Column } from '../engine/engine.ts'
import { finiteRange } from '../metrics/kinds/finiteRange.ts'
import { type QueryMetric, queryMetric } from '../metrics/metric.ts'
import { id, sql } from '../sql/sql.ts'
import type { Compare } from './comparedAs.ts'
import { nextUp } from '../stats/nextUp.ts'
import { measure } from '../checks/measure.ts'

/** The digits that every double of that many keeps apart. */
const SAFE_DIGITS = 15

/** Whether both columns hold integers or decimals, and some that doubles do not tell apart. */
export async function beyondDoubles(
  { pair, current, reference }: Compare,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const sides = [
    { relation: current, column: pair.current },
    { relation: reference, column: pair.reference },
  ]
  if (!sides.every(({ column }) => column.type === 'integer' || column.type === 'decimal')) return false
  const places = sides.map(({ column }) => placesOf(column))
  const scale = Math.max(...places.map((one) => one.scale))
  if (sides.every(({ column }, i) => column.type === 'decimal' && (places[i]?.digits ?? 0) <= SAFE_DIGITS)) return false
  const ranges = await Promise.all(
    sides.map(({ relation, column }) => measure(relation, { range: finiteRange(column.name) }, signal)),
  )
  return ranges.some(({ values }) => {
    const { min, max } = values.range
    return Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0)) * 10 ** scale > Number.MAX_SAFE_INTEGER
  })
}

/** The digits of a decimal, and how many of them stand behind the point; as many as there may be where the type says nothing. */
function placesOf({ type, native }: Column): { readonly digits: number; readonly scale: number } {
  if (type === 'integer') return { digits: 19, scale: 0 }
  const [, digits, scale] = /\((\d+)\s*,\s*(\d+)\)/.exec(native) ?? []
  return digits === undefined ? { digits: 38, scale: 9 } : { digits: Number(digits), scale: Number(scale) }
}

/** How often each number occurs, as text that keeps all digits. */
export function exactCounts(name: string): QueryMetric<ReadonlyMap<string, number>> {
  return queryMetric({
    name: 'exactCounts',
    columns: [name],
    query: ({ dialect }, from) =>
      sql`select ${dialect.text(id(name))} as v, count(*) as n from ${from} where ${id(name)} is not null group by 1`,
    finish: (rows) => new Map(rows.map(([value, n]) => [String(value), Number(n)])),
  })
}

/** The numbers of both sides as doubles that stand in the order of the exact values, equal only where those are. */
export interface ExactNumbers {
  readonly current: Float64Array
  readonly reference: Float64Array
  /** The value that a double stands for, where it is a whole number. */
  textOf(position: number): string | undefined
  readonly sql: readonly string[]
}

/** Reads the numbers of both sides: values that would be one double take the next ones. */
export async function exactNumbers(
  { pair, current, reference }: Compare,
  signal: AbortSignal | undefined,
): Promise<ExactNumbers> {
  const [here, there] = await Promise.all([
    measure(current, { counts: exactCounts(pair.current.name) }, signal),
    measure(reference, { counts: exactCounts(pair.reference.name) }, signal),
  ])
  const [mine, theirs] = [here, there].map(({ values }) => values.counts as ReadonlyMap<string, number>) as [
    ReadonlyMap<string, number>,
    ReadonlyMap<string, number>,
  ]
  const texts = [...mine.keys(), ...theirs.keys()]
  const scale = texts.reduce((most, text) => Math.max(most, fractionOf(text).length), 0)
  const unscaled = new Map(
    texts.map((text) => [text, BigInt(text.replace('.', '') + '0'.repeat(scale - fractionOf(text).length))]),
  )
  const positions = positionsOf([...new Set(unscaled.values())], 10 ** scale)
  const expanded = (counts: ReadonlyMap<string, number>): Float64Array => {
    const numbers = new Float64Array([...counts.values()].reduce((sum, count) => sum + count, 0))
    let at = 0
    for (const [text, count] of counts) {
      numbers.fill(positions.get(unscaled.get(text) as bigint) as number, at, at + count)
      at += count
    }
    return numbers
  }
  let values: Map<number, bigint> | undefined
  return {
    current: expanded(mine),
    reference: expanded(theirs),
    textOf: (position) => {
      if (scale > 0) return undefined
      values ??= new Map([...positions].map(([value, place]) => [place, value]))
      return values.get(position)?.toLocaleString('en-US')
    },
    sql: [...here.sql, ...there.sql],
  }
}

const fractionOf = (text: string): string => text.split('.')[1] ?? ''

function positionsOf(values: readonly bigint[], unit: number): ReadonlyMap<bigint, number> {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const positions = new Map<bigint, number>()
  let last = Number.NEGATIVE_INFINITY
  for (const value of sorted) {
    const near = Number(value) / unit
    last = near > last ? near : nextUp(last)
    positions.set(value, last)
  }
  return positions
}
