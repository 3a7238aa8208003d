import { normalSf } from '../stats/normal.ts'
import { normalQuantile } from '../stats/normalQuantile.ts'
import type { DriftComparison } from './drift.ts'

type Bounds = Pick<DriftComparison, 'effect' | 'over' | 'under' | 'leastDetectable' | 'spreadToDecide'>

/**
 * Tests and bounds of an effect that is known with a standard error, by the normal distribution: approximate. `spread` is
 * sqrt(1/n + 1/m) of the samples, with which the error shrinks.
 */
export function approximately(
  { effect, error }: { readonly effect: number; readonly error: number },
  { spread, most }: { readonly spread: number; readonly most: number },
): Bounds {
  const beyond = (difference: number): number => (difference <= 0 ? 1 : error > 0 ? normalSf(difference / error) : 0)
  return {
    effect,
    over: (limit) => beyond(effect - limit),
    under: (limit) => beyond(limit - effect),
    leastDetectable: ({ limit, level }) => Math.min(most, limit + normalQuantile(1 - level) * error),
    spreadToDecide: ({ limit, level }) =>
      error > 0 ? (spread * limit) / (error * (normalQuantile(0.9) + normalQuantile(1 - level))) : spread,
  }
}

/** sqrt(1/n + 1/m). */
export const spreadOf = (n: number, m: number): number => Math.sqrt(1 / n + 1 / m)
