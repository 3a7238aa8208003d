import type { DriftEffect } from './effect.ts'

/** Something beside the effect of a method that would be called broken though that effect is small. */
export interface DriftFinding extends Pick<DriftEffect, 'effect' | 'over' | 'under'> {
  /** As the `findings` option names it. */
  readonly name: keyof FindingLimits
  /** Symbol of its effect in messages. */
  readonly unit: string
  /** What moved, in words. */
  readonly moved: string
  /** The same in counts and shares alone. */
  readonly discreetlyMoved: string
  /** Takes of the values what the tests of this limit and larger ones need, and lets go of them: those of all columns are many. */
  settle?(limit: number): void
}

/** In place of p of "it is over the limit" where no bound is known: what is over it as measured is no pass. */
export const asMeasured =
  (effect: number): DriftFinding['under'] =>
  (limit) =>
    effect > limit ? 1 : 0

/** What is looked for beside the effect of a method, with the largest effect that is no finding; false leaves it out. */
export interface FindingLimits {
  /**
   * Change of the share of missing values; default 0.05.
   * @example { findings: { missing: 0.01 } }
   */
  readonly missing: number | false
  /**
   * Share of rows with a value that the reference never had, beyond what chance gives: a number outside its range, a
   * text that is new; and the share of the reference's rows whose texts are lost; default 0.02.
   * @example { findings: { unseen: 0.05 } }
   */
  readonly unseen: number | false
  /**
   * Area between the distribution functions of numbers, in standard deviations of the reference (W1/σ): spread and
   * tails; default 0.25, which is what a mean that moves by a quarter of one gives.
   * @example { findings: { spread: 0.5 } }
   */
  readonly spread: number | false
  /**
   * Odds ratio, either way, of a category whose share changes by more than a hundredth of the rows: rare ones that
   * became common; default 2.
   * @example { findings: { odds: 3 } }
   */
  readonly odds: number | false
  /**
   * Cramér's V of text, which sees many small changes at once; default 0.2.
   * @example { findings: { many: false } }
   */
  readonly many: number | false
}

/** What is looked for unless told otherwise. */
export const usualFindings: FindingLimits = { missing: 0.05, unseen: 0.02, spread: 0.25, odds: 2, many: 0.2 }
