import type { Answer } from '../../models/answer.ts'
import type { Model } from '../../models/model.ts'
import type { Example, ExamplesBlock } from '../../results/blocks/examples.ts'
import type { CaseOutcome } from '../outcome.ts'
import type { Trials } from '../repeats.ts'
import type { CaseTally } from '../tally.ts'

/** A case that cannot be asked: why, in words. */
export class Unasked {
  readonly why: string
  constructor(why: string) {
    this.why = why
  }
}

/** A case that did not pass, as it is told. */
export interface Failed<C> {
  readonly unit: C
  readonly index: number
  /** What was asked; nothing where the question could not be made. */
  readonly inputs: readonly unknown[]
  readonly answers: readonly Answer[]
  readonly others: readonly Answer[]
  /** `false`, or why it could not be judged. */
  readonly outcome: false | string
  readonly reason?: string | undefined
}

/** Asking only as long as it takes. */
export interface CallSpending {
  /** Calls of the model at most. */
  readonly calls: number
  /** Of the order in which cases are drawn. */
  readonly seed: number
  /** Whether cases are drawn by their weights, each draw counting once. */
  readonly byWeight?: boolean
  /** Whether what was seen is enough for a verdict. */
  isSure(total: CaseTally, capabilities: ReadonlyMap<string, CaseTally>): boolean
}

export interface Run<C> {
  readonly model: Model
  /** A model beside it, which is asked the same. */
  readonly other?: Model
  readonly signal: AbortSignal | undefined
  /** How often each case is asked, and how its answers count; default once. */
  readonly repeats?: Trials
  /** Cases are drawn, and asked until the answer is sure or the calls are spent; default: all, in their order. */
  readonly spending?: CallSpending
  readonly timed?: boolean
  /** Whether what is asked holds values of personal columns; default: no. */
  readonly personal?: boolean
  /** Inputs that the model is asked for a case; nothing where the question does not apply. */
  ask(unit: C, index: number): readonly unknown[] | undefined | Unasked
  /** Judges answers without errors, in the order of what was asked. */
  judge(
    unit: C,
    answers: readonly Answer[],
    others: readonly Answer[],
    index: number,
  ): CaseOutcome | Promise<CaseOutcome>
  /** What the case is counted under. */
  capability(unit: C): string
  /** How much the case counts, where cases have weights. */
  weight?(unit: C): number
  /** What tells the case from the others of its table in every run. */
  key(failed: Failed<C>): string
  example(failed: Failed<C>): Omit<Example, 'case'>
  /** The same without what must not be told where the inputs are personal. */
  readonly discreet?: Pick<Run<C>, 'key' | 'example'>
  /** Calls back with each case that was judged, in order. */
  seen?(unit: C, outcome: CaseOutcome, answers: readonly Answer[], others: readonly Answer[]): void
}

export interface RunFindings {
  readonly total: CaseTally
  readonly capabilities: ReadonlyMap<string, CaseTally>
  readonly failing: ExamplesBlock
  /** The same, as it is told where the inputs are personal. */
  readonly discreet: ExamplesBlock
  readonly seconds: number
  /** Inputs that the model was asked, repeats too. */
  readonly calls: number
}
