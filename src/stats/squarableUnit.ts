/** Squares of squares of larger numbers, and sums of many, are more than a double holds; those of smaller ones than the inverse are 0. */
const SQUARABLE = 1e70
/** Powers of two by more than that are no doubles. */
const MOST = 1000

/** What numbers up to so large ones, either way, are multiplied by to have squares: a power of two, which rounds nothing. */
export function squarableUnit(largest: number): number {
  if (largest <= SQUARABLE && largest >= 1 / SQUARABLE) return 1
  return 2 ** -Math.max(-MOST, Math.min(MOST, Math.floor(Math.log2(largest))))
}
