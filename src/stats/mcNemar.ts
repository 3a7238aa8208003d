import { betaI } from './beta.ts'
import { clopperPearson } from './clopperPearson.ts'

/**
 * McNemar's (1947) exact test of pairs: the two-sided chance of a split of `broke` and `fixed` at least as uneven, when
 * either is as likely. 1 where nothing changed.
 */
export function mcNemar(broke: number, fixed: number): number {
  const n = broke + fixed
  if (n === 0) return 1
  const most = Math.max(broke, fixed)
  // The chance of at least so many heads of a fair coin.
  return Math.min(1, 2 * betaI(most, n - most + 1, 0.5))
}

/**
 * The interval of the difference of two paired shares, given how many pairs changed: it leaves out 0 exactly where
 * McNemar's exact test does. [0, 0] where nothing changed.
 */
export function pairedDifference(
  broke: number,
  fixed: number,
  n: number,
  confidence: number,
): readonly [number, number] {
  const changed = broke + fixed
  if (changed === 0 || n === 0) return [0, 0]
  const [low, high] = clopperPearson(fixed, changed, confidence)
  return [((2 * low - 1) * changed) / n, ((2 * high - 1) * changed) / n]
}
