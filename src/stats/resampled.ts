import { normalQuantile } from './normalQuantile.ts'
import { seeded } from './random.ts'
import { sumOf } from './sumOf.ts'

/** An estimate of a function of two lists of counts. */
export interface Resampled {
  /** Without what chance adds to it, at least 0. */
  readonly estimate: number
  /** As it was seen, with what chance adds to it. */
  readonly seen: number
  /** What is seen on average of two samples of one population. */
  readonly chance: number
  /** What chance adds to it. */
  readonly bias: number
  /** Its standard error: that of samples of one population at least. */
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
  const drawn = momentsOfDraws(() =>
    of(
      a.map((count) => around(count, next)),
      b.map((count) => around(count, next)),
    ),
  )
  const [n, m] = [a, b].map((counts) => sumOf(counts)) as [number, number]
  // What few rows of a side did not show varies as what both sides show.
  const both = a.map((count, i) => (count + (b[i] as number)) / (n + m))
  const alike = momentsOfDraws(() =>
    of(
      both.map((share) => around(share * n, next)),
      both.map((share) => around(share * m, next)),
    ),
  )
  return {
    estimate: Math.max(0, 2 * seen - drawn.mean),
    seen,
    chance: alike.mean,
    bias: drawn.mean - seen,
    error: Math.max(drawn.error, alike.error),
  }
}

function momentsOfDraws(draw: () => number): { readonly mean: number; readonly error: number } {
  let [mean, square] = [0, 0]
  for (let i = 1; i <= DRAWS; i++) {
    const value = draw()
    const step = value - mean
    mean += step / i
    square += step * (value - mean)
  }
  return { mean, error: Math.sqrt(square / (DRAWS - 1)) }
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
