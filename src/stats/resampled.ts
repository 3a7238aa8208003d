import { normalQuantile } from './normalQuantile.ts'
import { seeded } from './random.ts'

/** An estimate of a function of two lists of counts. */
export interface Resampled {
  /** Without what chance adds to it, at least 0. */
  readonly estimate: number
  /** What chance adds to it. */
  readonly bias: number
  /** Its standard error. */
  readonly error: number
}

const DRAWS = 200

/**
 * A function of the counts of two samples, with its bias and standard error by a parametric bootstrap (Efron 1979): 200
 * seeded draws of counts around those seen. Approximate: small counts make it so.
 */
export function resampled(
  a: readonly number[],
  b: readonly number[],
  of: (a: readonly number[], b: readonly number[]) => number,
): Resampled {
  const next = seeded(a.length * 7919 + b.length)
  const seen = of(a, b)
  let [mean, square] = [0, 0]
  for (let i = 1; i <= DRAWS; i++) {
    const value = of(
      a.map((count) => around(count, next)),
      b.map((count) => around(count, next)),
    )
    const step = value - mean
    mean += step / i
    square += step * (value - mean)
  }
  return { estimate: Math.max(0, 2 * seen - mean), bias: mean - seen, error: Math.sqrt(square / (DRAWS - 1)) }
}

/** A Poisson count of that mean; of many, by the normal distribution. */
function around(mean: number, next: () => number): number {
  if (mean > 30)
    return Math.max(0, mean + Math.sqrt(mean) * normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, next()))))
  const stop = Math.exp(-mean)
  let count = 0
  for (let product = next(); product > stop; product *= next()) count++
  return count
}
