/**
 * Probability that the limit of sqrt(n) times Kolmogorov's D is larger than x (Kolmogorov 1933): by Jacobi's two forms of its
 * series, of which one converges at once. 1 for x <= 0.
 */
export function kolmogorovLimitSf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x <= 0) return 1
  let sum = 0
  if (x < 0.8) {
    for (let k = 7; k > 0; k--) sum += Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * x * x))
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum
  }
  for (let k = 8; k > 0; k--) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return sum
}
