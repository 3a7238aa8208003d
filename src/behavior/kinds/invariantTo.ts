import type { RunCheck } from '../../checks/check.ts'
import { AssayError, textOf } from '../../errors.ts'
import type { Answer } from '../../models/answer.ts'
import { handed } from '../../cells/handed.ts'
import type { Model } from '../../models/model.ts'
import { snapshot, type AnswerValue } from '../../models/value.ts'
import type { Perturbation } from '../../perturbations/perturbation.ts'
import { quoted } from '../../words/text/quoted.ts'
import { checkModel } from '../aboutModel.ts'
import { type Applies, checkApplies } from '../applies.ts'
import { isScored, labelOf, show } from '../comparators/comparator.ts'
import type { Inputs } from '../inputs.ts'
import { lent } from '../lent.ts'
import { type PerturbedQuestion, perturbedRun } from '../perturbed/perturbedRun.ts'
import { saidBy } from '../said.ts'
import { type ChangedInput, checkSameBy, type SameBy } from '../sameBy.ts'
import { checkedTrials, type TrialOptions } from '../trialOptions.ts'
import { shown } from '../shown.ts'
import { checkPerturbation } from '../perturbed/variants.ts'
import { sameAnswer } from '../withinTolerance.ts'

/** What `invariantTo` can be told. */
export interface InvarianceOptions extends TrialOptions {
  /**
   * The inputs: a column of texts, a dataset whose rows are records, or inputs as they are.
   * @example { over: reviews.column('text') }
   */
  readonly over: Inputs
  /**
   * How far a number may move: the answer, or numbers in its lists, objects and scores. Default 0; of an answer
   * `{ label, scores }` only the label is compared unless a tolerance is given. A label may never flip.
   * @example { tolerance: 0.05 }
   */
  readonly tolerance?: number
  /**
   * What the change makes of the answer, where it is known: a label for each label, or a function of the answer. Labels
   * that are not named stay; where no answer before the change is one that is named, nothing was shown.
   * @example { becomes: { 'a is older': 'b is older', 'b is older': 'a is older' } }
   */
  readonly becomes?: Readonly<Record<string, unknown>> | ((answer: never) => unknown)
  /**
   * Whether two answers are the same, in place of comparing them by value: a function of the answers before and after the
   * change, and of what was asked. It may take its time, and say `{ passed, score, reason }`.
   * @example { same: (before, after) => Math.abs(before.scores.positive - after.scores.positive) <= 0.1 }
   */
  readonly same?: SameBy
  /**
   * Which inputs the question is about, by the answer to them before the change; default: all.
   * @example { where: ({ value }) => value !== 'neutral' }
   */
  readonly where?: Applies
}

/**
 * The model's answer stays the same when the input is perturbed, or becomes what is known (`becomes`), for at least
 * `passRate` of the inputs (default: all). Answers are the same by value. An input that the perturbation leaves as it is,
 * and a missing one, is counted and not tested; `vacuous` when nothing is left. An input whose change or prediction
 * failed, or whose answer is no JSON value, is no pass and is counted apart: where the verdict hangs on such inputs, it
 * is an error.
 */
export function invariantTo(model: Model, perturbation: Perturbation, options: InvarianceOptions): RunCheck {
  checkModel(model, 'invariantTo')
  checkPerturbation(perturbation, 'invariantTo')
  const checked = checkedTrials(options, 'invariantTo', ['over', 'tolerance', 'becomes', 'same', 'where'])
  const { over, tolerance, same, where } = checked
  checkApplies(where, 'invariantTo')
  checkSameBy(same, { tolerance, becomes: checked.becomes })
  if (
    tolerance !== undefined &&
    !(typeof tolerance === 'number' && tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY)
  )
    throw new AssayError('wrong-argument', `invariantTo got tolerance: ${textOf(tolerance)}`, {
      hint: 'tolerance is how far a number may move: 0 or more',
    })
  const known = becoming(checked.becomes)
  const untyped = model.untyped === true
  const text = (value: AnswerValue): string =>
    shown(tolerance === undefined && same === undefined && isScored(value) ? value.label : value)
  return perturbedRun(model, perturbation, {
    kind: 'invariantTo',
    type: 'INV',
    title: `${known ? 'known' : 'same'} answer after ${perturbation.name}`,
    over,
    rated: checked,
    statement: { ...(known ? { becomes: known.identity } : {}), ...(same ? { same: String(same) } : {}) },
    limits: { tolerance },
    where,
    text: ({ value }) => text(value as AnswerValue),
    judge(before, after, inputs) {
      if (same) return saidBy(() => same(lent(before), lent(after), handed(inputs) as ChangedInput), 'same()')
      const wanted = known ? known.after(before) : (before.value as AnswerValue)
      if (wanted instanceof Error) return wanted.message
      return sameAnswer(wanted, after.value as AnswerValue, tolerance, untyped)
    },
    ...(known?.speaksOf ? { speaksOf: known.speaksOf } : {}),
    expected(before) {
      const wanted = known ? known.after(before) : (before.value as AnswerValue)
      return wanted instanceof Error ? 'an answer' : text(wanted)
    },
  })
}

interface Becoming {
  readonly identity: unknown
  readonly speaksOf?: PerturbedQuestion['speaksOf']
  after(before: Answer): AnswerValue | Error
}

function becoming(becomes: InvarianceOptions['becomes']): Becoming | undefined {
  if (becomes === undefined) return undefined
  if (typeof becomes === 'function')
    return {
      identity: String(becomes),
      after({ value }) {
        try {
          return snapshot(becomes(handed(value) as never))
        } catch (error) {
          return new Error(`becomes could not be told: ${textOf(error)}`)
        }
      },
    }
  if (typeof becomes !== 'object' || becomes === null || Array.isArray(becomes) || Object.keys(becomes).length === 0)
    throw new AssayError('wrong-argument', `invariantTo got becomes: ${textOf(becomes)}`, {
      hint: 'say what each label becomes, e.g. { yes: "no", no: "yes" }, or give a function of the answer',
    })
  const labels = new Map(Object.entries(becomes).map(([label, after]) => [label, snapshot(after)]))
  return {
    identity: [...labels],
    speaksOf: {
      why: `no answer before the change is one that becomes names (${quoted([...labels.keys()])}), so nothing was shown of it`,
      of: ({ value }) => labels.has(show(labelOf(value as AnswerValue))),
    },
    after: ({ value }) => {
      const label = labelOf(value as AnswerValue)
      return labels.get(show(label)) ?? label
    },
  }
}
