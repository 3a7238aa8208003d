/** What a test holds against "both are alike": that they differ, or that the first is less, or greater. */
export type Alternative = 'two-sided' | 'less' | 'greater'

/** p of a statistic whose distribution is symmetric around 0, given the probability that it is larger. NaN for NaN. */
export function tailOf(statistic: number, larger: (x: number) => number, alternative: Alternative): number {
  if (Number.isNaN(statistic)) return Number.NaN
  if (alternative === 'two-sided') return Math.min(1, 2 * larger(Math.abs(statistic)))
  return larger(alternative === 'greater' ? statistic : -statistic)
}
