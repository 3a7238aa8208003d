import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { distinctCount } from '../metrics/kinds/distinctCount.ts'
import { repeatsAtFront } from '../metrics/repeatsAtFront.ts'
import { runMetrics } from '../metrics/run.ts'

/** What is known of a column: rows without a value, and different values. */
export interface Filled {
  readonly column: Column
  readonly missing: number
  readonly distinct: number | undefined
}

/** Pairs that are looked at, and those of them that are counted over all rows. */
const MOST_PAIRS = 10
const MOST_COUNTED = 3

/**
 * Columns without a missing value that tell all rows apart; when there is none, pairs of columns that do. Pairs are
 * bounded: the ten with the fewest combinations that could be enough, and only those without a repetition in the first
 * 20,000 rows are counted. Floating numbers are no keys. Nothing for fewer than two rows.
 */
export async function candidateKeys(
  relation: Relation,
  rows: number,
  filled: readonly Filled[],
  options: QueryOptions,
): Promise<readonly (readonly string[])[]> {
  if (rows < 2) return []
  const able = filled.filter(({ column, missing }) => missing === 0 && !['number', 'mixed'].includes(column.type))
  const single = able.filter(({ distinct }) => distinct === rows)
  if (single.length > 0) return single.map(({ column }) => [column.name])
  const pairs = likeliest(able, rows).map(([one, other]) => [one.column.name, other.column.name])
  const fronts = pairs.map(repeatsAtFront)
  const front = await runMetrics(fronts, relation, options)
  const left = pairs.filter((_, i) => {
    const found = front.get(fronts[i]?.key ?? '')
    return found?.ok && found.value === 0
  })
  const counts = left.slice(0, MOST_COUNTED).map((pair) => distinctCount(pair))
  const counted = await runMetrics(counts, relation, options)
  return left.slice(0, MOST_COUNTED).filter((_, i) => {
    const found = counted.get(counts[i]?.key ?? '')
    return found?.ok && found.value === rows
  })
}

/** The pairs with the fewest combinations that could be enough, of equal ones the first. */
function likeliest(able: readonly Filled[], rows: number): readonly (readonly [Filled, Filled])[] {
  const best: { readonly pair: readonly [Filled, Filled]; readonly most: number }[] = []
  for (let i = 0; i < able.length; i++) {
    for (let j = i + 1; j < able.length; j++) {
      const pair = [able[i] as Filled, able[j] as Filled] as const
      const most = (pair[0].distinct ?? 0) * (pair[1].distinct ?? 0)
      if (most < rows || (best.length === MOST_PAIRS && most >= (best.at(-1)?.most ?? 0))) continue
      const place = best.findIndex((one) => one.most > most)
      best.splice(place < 0 ? best.length : place, 0, { pair, most })
      if (best.length > MOST_PAIRS) best.pop()
    }
  }
  return best.map(({ pair }) => pair)
}
