import { betaQuantile } from './beta.ts'

/**
 * Clopper and Pearson's (1934) exact interval for a proportion seen `passed` times in `n` independent trials: it covers the
 * true one at least as often as it says. [0, 1] for no trials.
 */
export function clopperPearson(passed: number, n: number, confidence = 0.95): readonly [number, number] {
  if (n === 0) return [0, 1]
  const alpha = (1 - confidence) / 2
  return [
    passed === 0 ? 0 : betaQuantile(alpha, passed, n - passed + 1),
    passed === n ? 1 : betaQuantile(1 - alpha, passed + 1, n - passed),
  ]
}
