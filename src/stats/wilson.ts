import { normalQuantile } from './normalQuantile.ts'

/**
 * Wilson's (1927) score interval for a proportion seen `passed` times in `n` independent trials. [0, 1] for no trials.
 */
export function wilsonInterval(passed: number, n: number, confidence = 0.95): readonly [number, number] {
  if (n === 0) return [0, 1]
  const z = normalQuantile((1 + confidence) / 2)
  const share = passed / n
  const center = share + (z * z) / (2 * n)
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  // At the ends the formula is exact but for rounding.
  const low = passed === 0 ? 0 : Math.max(0, (center - spread) / scale)
  const high = passed === n ? 1 : Math.min(1, (center + spread) / scale)
  return [low, high]
}
