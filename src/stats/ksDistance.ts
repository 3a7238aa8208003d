/**
 * Half width of an interval for the Kolmogorov-Smirnov distance of two populations, given samples of `n` and `m`:
 * |D of the samples - D of the populations| is at most the sum of each sample's distance from its own population, and
 * those are independent with tails under 2 exp(-2 n x^2) (Dvoretzky-Kiefer-Wolfowitz with Massart's constant). Holds
 * for every pair of distributions, with ties, at every size.
 */
export function ksHalfWidth(n: number, m: number, confidence: number): number {
  const alpha = 1 - confidence
  let [low, high] = [0, Math.sqrt(Math.log(4 / alpha) / 2) * (1 / Math.sqrt(n) + 1 / Math.sqrt(m))]
  for (let i = 0; i < 50 && high - low > 1e-7 * high; i++) {
    const middle = (low + high) / 2
    if (tailOfSum(middle, n, m) > alpha) low = middle
    else high = middle
  }
  return Math.min(1, high)
}

const STEPS = 1000

/** P(A + B > c) for independent A, B with the tails min(1, 2 exp(-2 n x^2)), rounded up. */
function tailOfSum(c: number, n: number, m: number): number {
  const tail = (x: number, size: number) => (x <= 0 ? 1 : Math.min(1, 2 * Math.exp(-2 * size * x * x)))
  let sum = 0
  let before = 1
  for (let i = 1; i <= STEPS; i++) {
    const after = tail((c * i) / STEPS, n)
    sum += (before - after) * tail(c - (c * i) / STEPS, m)
    before = after
  }
  return sum + before
}
