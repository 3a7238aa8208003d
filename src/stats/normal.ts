import { gammaQ } from './gamma.ts'

/** Probability that a standard normal variable is larger than z, exact in its far tail. */
export function normalSf(z: number): number {
  if (z < 0) return 1 - normalSf(-z)
  return gammaQ(0.5, (z * z) / 2) / 2
}
