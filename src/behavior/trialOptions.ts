import { AssayError, textOf, wrongArgument } from '../errors.ts'
import type { Judgement } from '../checks/check.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import {
  checkedPassRate,
  countedOf,
  limitOf,
  type PassRateOptions,
  type Rated,
  statedRate,
  statusOf,
} from './passRate.ts'
import { checkedRepeats, type Repeats, type Trials } from './repeats.ts'
import type { CallSpending } from './run/definition.ts'
import type { CaseTally } from './tally.ts'

/** What tests can be told that ask a model as often as it takes. */
export interface TrialOptions extends PassRateOptions {
  /**
   * How often each case is asked, anew each time: a number of times, which must all pass, or with `by` most, any, or the
   * `mean`, where each answer counts and the interval heeds which case it belongs to. Default once.
   * @example { repeats: { times: 10, by: 'mean' }, passRate: { min: 0.9 }, confidence: 0.95 }
   */
  readonly repeats?: Repeats
  /**
   * Calls of the model at most: cases are drawn, and asked only until the verdict has its `confidence` (default 0.95).
   * What is not sure then is `inconclusive`.
   * @example { passRate: { min: 0.9 }, budget: 500 }
   */
  readonly budget?: number
  /**
   * How far below the limit either verdict will do: a model there may pass or fail. Then calls are spent until the answers
   * speak for the limit or for a rate so far below it (Wald's sequential test), which takes a fraction of them near the
   * limit. Needs a `budget`. Default none: what is below the limit does not pass.
   * @example { passRate: { min: 0.9 }, budget: 500, indifference: 0.05 }
   */
  readonly indifference?: number
}

/** Of the order in which cases are drawn. */
const SEED = 1

/** Checks the options; an AssayError that names what is wrong with them. */
export function checkedTrials<O extends TrialOptions>(
  options: O | undefined,
  asker: string,
  more: readonly string[],
): O & Rated & { readonly trials: Trials } {
  const own = checkedPassRate(options, asker, ['repeats', 'budget', 'indifference', ...more])
  const trials = checkedRepeats(own.repeats, asker)
  const { budget, passRate, indifference } = own
  const wrong = wrongArgument(asker)
  if (indifference !== undefined && (budget === undefined || (trials.by === 'mean' && trials.times > 1)))
    throw wrong(
      `got indifference: ${textOf(indifference)} ${budget === undefined ? 'without a budget' : "and repeats by 'mean'"}`,
      'it says how a budget is spent on cases that pass or fail, e.g. { budget: 500, indifference: 0.05 }',
    )
  if (budget === undefined) return Object.assign(own, { trials })
  if (indifference !== undefined) checkIndifference(indifference, limitOf(own), asker)
  if (!(Number.isInteger(budget) && budget >= trials.times))
    throw wrong(
      `got budget: ${textOf(budget)}`,
      `budget is how many calls may be made: a whole number from ${trials.times}`,
    )
  if (passRate.min === 1)
    throw wrong(
      'got a budget for a pass rate of 1',
      'no sample shows that all cases pass: say which share must, e.g. passRate: { min: 0.95 }',
    )
  return Object.assign(own, { trials, confidence: own.confidence ?? 0.95, isSequential: true as const })
}

/** Refuses an indifference that leaves nothing of a limit. */
export function checkIndifference(indifference: unknown, limit: number, asker: string): void {
  if (typeof indifference === 'number' && indifference > 0 && indifference < limit) return
  throw new AssayError('wrong-argument', `${asker} got indifference: ${textOf(indifference)} at a limit of ${limit}`, {
    hint: 'indifference is a share of the cases, above 0 and below the limit, e.g. 0.05',
  })
}

/** What a check that asks as often as it takes is held to, as its question states it. */
export const statedTrials = (rated: Rated & Pick<TrialOptions, 'repeats'>) => ({
  ...statedRate(rated),
  ...(rated.repeats === undefined ? {} : { repeats: rated.repeats }),
  ...(rated.budget === undefined ? {} : { budget: rated.budget }),
  ...(rated.indifference === undefined ? {} : { indifference: rated.indifference }),
})

/** How a run spends a budget: until each of these verdicts is sure. */
export function spendingOf(
  budget: number | undefined,
  isSure: (total: CaseTally, capabilities: ReadonlyMap<string, CaseTally>) => boolean,
  byWeight = false,
): { readonly spending?: CallSpending } {
  return budget === undefined ? {} : { spending: { calls: budget, seed: SEED, isSure, byWeight } }
}

/** Whether what was counted decides, also if all that could not be predicted had passed. */
export function isDecided(of: CaseTally, rated: Rated): boolean {
  if (of.passed + of.failed + of.errors === 0) return false
  const status = statusOf(countedOf(of), rated)
  return status !== 'inconclusive' && status === statusOf(countedOf(of, true), rated)
}

/** What the rate is of: the cases, or each answer to them. */
export const unitOf = ({ times, by }: Trials, unit: string): string =>
  by === 'mean' && times > 1 ? `answers to ${unit}` : unit

/** The judgement with the calls that it cost, of those that were allowed. */
export const withCalls = (judgement: Judgement, calls: number, budget: number | undefined): Judgement =>
  budget === undefined
    ? judgement
    : {
        ...judgement,
        measured: `${judgement.measured}, after ${numberText(calls)} of at most ${countText(budget, 'call')}`,
      }
