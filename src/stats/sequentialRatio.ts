/**
 * Which of two success rates independent trials speak for, by Wald's (1945) sequential probability ratio test: undefined
 * until one is sure. Where one may look after every trial and stops at the first answer, `high` is said of a rate of `low`
 * or less, and `low` of one of `high` or more, with probability `alpha` at most each (but for what the last trial
 * oversteps). `low` and `high` lie between 0 and 1, in that order.
 */
export function likelierRate(
  { passed, tested }: { readonly passed: number; readonly tested: number },
  { low, high, alpha }: { readonly low: number; readonly high: number; readonly alpha: number },
): 'low' | 'high' | undefined {
  const ratio = passed * Math.log(high / low) + (tested - passed) * (Math.log1p(-high) - Math.log1p(-low))
  const sure = Math.log((1 - alpha) / alpha)
  return ratio >= sure ? 'high' : ratio <= -sure ? 'low' : undefined
}
