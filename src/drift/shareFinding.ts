import { noneChangedBy } from '../stats/largestShare.ts'
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
      moved,
      discreetlyMoved: moved,
    },
  ]
}
