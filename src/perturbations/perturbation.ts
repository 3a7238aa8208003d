/** A change of an input that a model should not mind, or should answer in a known way. */
export interface Perturbation {
  /** In words, e.g. `typos (1)`. */
  readonly name: string
  /** The skill that is probed with it; default `robustness`. */
  readonly capability?: string
  readonly seed: number
  /**
   * What tells it from others of its name: values that it fills in, the code of a function.
   * @example { name: 'another country', identity: ['DE', 'FR'], seed: 1, apply }
   */
  readonly identity?: unknown
  /** Whether what it makes may be the same value, written otherwise: then its word decides that something changed. */
  readonly sameValue?: true
  /** Which inputs it can change at all, and what is said where none of them is one: `no input is a text`. */
  readonly needs?: { readonly none: string; fits(input: unknown): boolean }
  /**
   * The changed input, or several of them as a list (of an input that is a list itself: one). Nothing, or the same again,
   * where there is nothing to change. Deterministic in seed and input; leaves its input as it is. `place` is where the input
   * stands among those that are asked.
   */
  apply(input: unknown, place?: number): unknown
}
