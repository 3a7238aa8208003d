import { largestShareDifference, noneChangedBy, someChangedBy } from '../stats/largestShare.ts'
import type { Sizes } from '../stats/shareDifference.ts'
import type { DriftFinding } from './finding.ts'
import { shareMoved } from './moved.ts'

/** A change of the share of rows that hold no value to speak of: missing, not a number; none where no row is so. */
export function shareFinding(
  what: string,
  [here, n]: readonly [number, number],
  [there, m]: readonly [number, number],
): readonly DriftFinding[] {
  if (here + there === 0) return []
  const effect = Math.abs(here / n - there / m)
  const moved = `${what} ${shareMoved(there / m, here / n)}`
  return [
    {
      name: 'missing',
      unit: `share ${what}`,
      effect,
      over: (limit) => noneChangedBy([[here, there]], { n, m }, effect, limit),
      under: (limit) => someChangedBy([[here, there]], { n, m }, effect, limit),
      moved,
      discreetlyMoved: moved,
    },
  ]
}

/** A kind of such rows: what they are, and how many of each side. */
type Kind = readonly [what: string, current: number, reference: number]

/** The part of the level that is left for one kind that became another. */
const OF_KINDS = 0.05

/**
 * The same of several kinds of such rows: the change of all together, and, where one kind became another, the largest change of
 * one, which is more than all changed. Each has its part of the level, whichever is told.
 */
export function kindsFindings(what: string, kinds: readonly Kind[], { n, m }: Sizes): readonly DriftFinding[] {
  const sum = (side: 1 | 2) => kinds.reduce((total, kind) => total + kind[side], 0)
  const [whole] = shareFinding(what, [sum(1), n], [sum(2), m])
  if (!whole) return []
  const counts = kinds.map(([, here, there]) => [here, there] as const)
  const effect = largestShareDifference(counts, { n, m })
  const all = { ...whole, over: (limit: number) => Math.min(1, whole.over(limit) / (1 - OF_KINDS)) }
  if (effect <= whole.effect) return [all]
  const moved = kinds
    .filter(([, here, there]) => here / n !== there / m)
    .map(([name, here, there]) => `${name} ${shareMoved(there / m, here / n)}`)
    .join(', ')
  const largest: DriftFinding = {
    name: 'missing',
    unit: `share of a kind ${what}`,
    effect,
    over: (limit) => Math.min(1, noneChangedBy(counts, { n, m }, effect, limit) / OF_KINDS),
    under: (limit) => someChangedBy(counts, { n, m }, effect, limit),
    moved,
    discreetlyMoved: moved,
  }
  return [all, largest]
}
