/** How much two columns differ, with the tests that its bounds come from. */
export interface DriftEffect {
  /** In the method's unit, 0 for equal distributions. */
  readonly effect: number
  /**
   * p-value of "the effect is at most `limit`" (one-sided): small where the populations surely differ by more. 1 where
   * the samples do not.
   */
  over(limit: number): number
  /** p-value of "the effect is `limit` or more" (one-sided): small where the populations surely differ by less. */
  under(limit: number): number
}
