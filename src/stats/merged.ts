/**
 * Values that are looked at in one call: a loop of a short function that is called often is compiled early, and once, where
 * one through a million values is half over until then.
 */
export const BLOCK = 4096

/**
 * The next value of the second sample and that of the first: the lesser is taken by its place, without a branch. Math.min has
 * one, which is guessed wrong every other time.
 */
export const next = new Float64Array(2)

/** Goes through all values of two samples together, so many steps at a time. */
export function eachStretch(a: Float64Array, b: Float64Array, go: (steps: number) => void): void {
  const total = a.length + b.length
  for (let start = 0; start < total; start += BLOCK) go(Math.min(BLOCK, total - start))
}
