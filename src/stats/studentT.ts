import { betaI } from './beta.ts'
import { normalSf } from './normal.ts'

/** Probability that a Student t variable with `df` degrees of freedom is larger than t, exact in its tail. */
export function tSf(t: number, df: number): number {
  if (t < 0) return 1 - tSf(-t, df)
  if (df === Number.POSITIVE_INFINITY) return normalSf(t)
  const square = t * t
  if (square === Number.POSITIVE_INFINITY) return 0
  if (df >= 1e5) return normalSf(hill(t, df))
  return betaI(df / 2, 0.5, df / (df + square), square / (df + square)) / 2
}

/** The normal quantile with the same tail, for many degrees of freedom (Hill 1970, algorithm 395). */
function hill(t: number, df: number): number {
  const a = df - 0.5
  const b = 48 * a * a
  const z = Math.sqrt(a * Math.log1p((t * t) / df))
  const z2 = z * z
  return z * (1 + (z2 + 3) / b - (((4 * z2 + 33) * z2 + 240) * z2 + 855) / (10 * b * (b + 0.8 * z2 * z2 + 100)))
}
