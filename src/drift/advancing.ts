import { distinctCount } from '../metrics/kinds/distinctCount.ts'
import { type FiniteRange, finiteRange } from '../metrics/kinds/finiteRange.ts'
import { isTime } from '../metrics/metric.ts'
import type { Compare } from './comparedAs.ts'
import { idLike } from './idLike.ts'
import type { ColumnTally } from './columnTally.ts'
import { measure } from '../checks/measure.ts'

/** How the values of a column have moved on as a whole: next to where they were, far on, or back. */
export type Advance = 'on' | 'far' | 'back' | 'no'

/**
 * Whether a column's values lie after, or before, all of the other side's: dates of another month, the next numbers of a
 * sequence. They cannot have one distribution, and nobody wants them to.
 */
export async function advanceOf(
  { pair, current, reference }: Compare,
  signal: AbortSignal | undefined,
): Promise<Advance> {
  const time = isTime(pair.current) && isTime(pair.reference)
  if (!time && !(pair.current.type === 'integer' && pair.reference.type === 'integer')) return 'no'
  const [here, there] = await Promise.all([
    measure(current, { range: finiteRange(pair.current.name) }, signal),
    measure(reference, { range: finiteRange(pair.reference.name) }, signal),
  ])
  return moved(here.values.range, there.values.range)
}

function moved(here: FiniteRange, there: FiniteRange): Advance {
  if (here.min === null || here.max === null || there.min === null || there.max === null) return 'no'
  if (here.max < there.min) return 'back'
  if (here.min <= there.max) return 'no'
  // A sequence goes on where it was; what lies elsewhere has changed.
  return here.min - there.max <= 3 * (here.max - here.min + there.max - there.min + 1) ? 'on' : 'far'
}

/**
 * Whether whole numbers identify: nearly all different on both sides, beside a move of all of them or a name that says
 * so; repeated ones only where both are so. Fewer than 20 values show nothing.
 */
export async function identifies(
  { pair, current, reference }: Compare,
  advance: Advance,
  tallies: readonly [ColumnTally, ColumnTally],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (pair.current.type !== 'integer' || pair.reference.type !== 'integer') return false
  const named = idLike(pair.current.name)
  if (advance === 'no' && !named) return false
  const [here, there] = await Promise.all([
    measure(current, { distinct: distinctCount(pair.current.name) }, signal),
    measure(reference, { distinct: distinctCount(pair.reference.name) }, signal),
  ])
  const shares = [here, there].map(({ values }, i) => {
    const present = (tallies[i] as ColumnTally).rows - (tallies[i] as ColumnTally).missing
    return present < 20 ? 0 : values.distinct / present
  })
  const least = Math.min(...shares)
  return named ? least >= (advance === 'no' ? 0.9 : 0.05) : advance === 'on' && least >= 0.9
}
