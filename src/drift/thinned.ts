import { AssayError } from '../errors.ts'
import type { CategoryCounts } from './categoryCounts.ts'
import type { DriftSide } from './drift.ts'
import { sortedNumbers } from '../stats/sortedNumbers.ts'

/**
 * A side as if it had so many rows, with the same distribution: every so-manieth of its rows in their order. What
 * clustered rows weigh is what as many independent ones do, so all tests and bounds hold of it.
 */
export function thinned(side: DriftSide, rows: number): DriftSide {
  if (rows >= side.rows) return side
  const step = rows / side.rows
  const missing = Math.round(side.missing * step)
  const values = Object.fromEntries(
    Object.entries(side.values).map(([name, value]) => {
      if (value instanceof Float64Array) return [name, thinnedNumbers(value, side.missing, step)]
      if (isCounts(value)) return [name, thinnedCounts(value, side.missing, step)]
      throw new AssayError('wrong-argument', `noDriftFrom got clusterBy with a method that needs more than values`, {
        hint: 'use a method of numbers or categories',
      })
    }),
  )
  return { ...side, rows, missing, values }
}

/** The numbers stand behind the missing rows, and what is none of its type behind them: all places are rounded alike. */
function thinnedNumbers(numbers: Float64Array, missing: number, step: number): Float64Array {
  const kept = Math.round((missing + numbers.length) * step) - Math.round(missing * step)
  const sorted = sortedNumbers(numbers)
  return Float64Array.from(
    { length: kept },
    (_, i) => sorted[Math.floor(((i + 0.5) * numbers.length) / kept)] as number,
  )
}

const isCounts = (value: unknown): value is CategoryCounts =>
  typeof value === 'object' && value !== null && 'counts' in value && value.counts instanceof Map

function thinnedCounts(
  { counts, unreadable, truncated }: CategoryCounts,
  missing: number,
  step: number,
): CategoryCounts {
  let [seen, place] = [missing, Math.round(missing * step)]
  const take = (count: number): number => {
    seen += count
    const before = place
    place = Math.round(seen * step)
    return place - before
  }
  const rest = take(unreadable)
  const order = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const kept = order.map(([key, count]) => [key, take(count)] as const).filter(([, count]) => count > 0)
  return { counts: new Map(kept), unreadable: rest, truncated }
}
