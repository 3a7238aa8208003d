import { normalSf } from '../stats/normal.ts'
import { tSf } from '../stats/studentT.ts'
import { normalQuantile } from '../stats/normalQuantile.ts'
import type { DriftComparison } from './drift.ts'

type Bounds = Pick<DriftComparison, 'effect' | 'over' | 'under' | 'leastDetectable' | 'spreadToDecide'>

/** An effect that is known with a standard error. */
interface Estimate {
  readonly effect: number
  readonly error: number
  /** Degrees of freedom of the error, where it is that of few values: by Student's t in place of the normal distribution. */
  readonly df?: number
  readonly chance?: Chance
  /** The error that it has at its limit at least: near 0 it varies less than farther off. */
  readonly farther?: number
  /** What it is without what keeps it finite or small in places that one side lacks: a pass takes it as large. */
  readonly bare?: number
}

/** What chance does to a distance. */
export interface Chance {
  /** The distance of the samples, to which chance adds. */
  readonly seen: number
  /** What is seen on average where there is none. */
  readonly alone: number
}

/**
 * Tests and bounds of an effect that is known with a standard error: approximate. Of a distance that chance adds to, a pass
 * takes nothing off for it, and a fail takes it to add in squares to the limit. `spread` is sqrt(1/n + 1/m) of the samples, with
 * which the error shrinks.
 */
export function approximately(
  { effect: measured, error, df, chance, farther = 0, bare = 0 }: Estimate,
  { spread, most }: { readonly spread: number; readonly most: number },
): Bounds {
  const effect = Math.min(most, measured)
  const tail = (z: number): number => (df === undefined ? normalSf(z) : tSf(z, df))
  const beyond = (difference: number, by = error): number => (difference <= 0 ? 1 : by > 0 ? tail(difference / by) : 0)
  const above = (limit: number): number =>
    chance === undefined ? effect - limit : Math.min(effect - limit, chance.seen - Math.hypot(limit, chance.alone))
  return {
    effect,
    over: (limit) => beyond(above(limit)),
    under: (limit) => beyond(limit - Math.max(effect, chance?.seen ?? effect, bare), Math.max(error, farther)),
    leastDetectable: ({ limit, level }) => Math.min(most, limit + normalQuantile(1 - level) * error),
    spreadToDecide: ({ limit, level }) =>
      error > 0 ? (spread * limit) / (error * (normalQuantile(0.9) + normalQuantile(1 - level))) : spread,
  }
}

/** sqrt(1/n + 1/m). */
export const spreadOf = (n: number, m: number): number => Math.sqrt(1 / n + 1 / m)
