import { betaI } from './beta.ts'
import { clopperPearson } from './clopperPearson.ts'
import { normalQuantile } from './normalQuantile.ts'

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
 * The interval of the difference of two paired shares, of `n` pairs of which so many changed: the wider of two. The exact one,
 * given how many changed, leaves out 0 exactly where McNemar's exact test does, but knows nothing of pairs that might have
 * changed; Tango's (1998), which inverts the score test, does. [-1, 1] without pairs.
 */
export function pairedDifference(
  broke: number,
  fixed: number,
  n: number,
  confidence: number,
): readonly [number, number] {
  if (n === 0) return [-1, 1]
  const changed = broke + fixed
  const [low, high] = changed === 0 ? [0.5, 0.5] : clopperPearson(fixed, changed, confidence)
  const [least, most] = tango(broke, fixed, n, confidence)
  return [Math.min(((2 * low - 1) * changed) / n, least), Math.max(((2 * high - 1) * changed) / n, most)]
}

/** The differences of paired shares that the score test does not refuse (Tango 1998, Statistics in Medicine 17). */
export function tango(broke: number, fixed: number, n: number, confidence: number): readonly [number, number] {
  const z = normalQuantile((1 + confidence) / 2)
  const scored = (difference: number): number => {
    const a = 2 * n
    const b = -fixed - broke + (2 * n - fixed + broke) * difference
    const c = -broke * difference * (1 - difference)
    const share = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a)
    const variance = n * (2 * share + difference * (1 - difference))
    const gap = fixed - broke - n * difference
    return variance > 0 ? gap / Math.sqrt(variance) : gap === 0 ? 0 : Math.sign(gap) * Infinity
  }
  const estimate = (fixed - broke) / n
  const end = (from: number, sign: 1 | -1): number => {
    let [inside, outside] = [estimate, from]
    for (let i = 0; i < 60; i++) {
      const middle = (inside + outside) / 2
      if (sign * scored(middle) <= z) inside = middle
      else outside = middle
    }
    return inside
  }
  return [end(-1, 1), end(1, -1)]
}
