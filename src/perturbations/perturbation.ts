/** A change of an input that a model should not mind, or should answer in a known way. */
export interface Perturbation {
  /** In words, e.g. `typos (1)`. */
  readonly name: string
  /** The skill that is probed with it; default `robustness`. */
  readonly capability?: string
  readonly seed: number
  /** Whether what it makes may be the same value, written otherwise: then its word decides that something changed. */
  readonly sameValue?: true
  /**
   * The changed input, or several of them as a list (of an input that is a list itself: one). Nothing, or the same again,
   * where there is nothing to change. Deterministic in seed and input; leaves its input as it is.
   */
  apply(input: unknown): unknown
}
