/**
 * e^x K_ν(x), the modified Bessel function of the second kind for x > 0, scaled so that it does not vanish: by the trapezoidal
 * rule on its integral, which converges as fast as doubles go.
 */
export function scaledBesselK(order: number, x: number): number {
  const end = Math.acosh(1 + 760 / x)
  const steps = 400
  let sum = 1 / 2
  for (let i = 1; i <= steps; i++) {
    const t = (end * i) / steps
    // cosh t - 1 = 2 sinh²(t/2) keeps its digits.
    sum += Math.exp(-2 * x * Math.sinh(t / 2) ** 2) * Math.cosh(t * order)
  }
  return (sum * end) / steps
}
