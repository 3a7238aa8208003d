/** A change of an input that a model should not mind, or should answer in a known way. */
export interface Perturbation {
  /** In words, e.g. `typos (1)`. */
  readonly name: string
  readonly seed: number
  /** The changed input; the same text when there is nothing to change. Deterministic in seed and input. */
  apply(input: string): string
}
