import type { RunCheck } from '../../checks/check.ts'
import { AssayError, textOf } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import type { AnswerValue } from '../../models/value.ts'
import { aboutModel, checkModel } from '../aboutModel.ts'
import { hashOf } from '../caseKey.ts'
import { isScored } from '../comparators/comparator.ts'
import { givenInputs, type Input, type Inputs, discreetRow } from '../inputs.ts'
import { judgeInputs } from '../judgeInputs.ts'
import { checkedPassRate, type PassRateOptions, ratedInfo, statedRate } from '../passRate.ts'
import { run } from '../run/run.ts'
import { shown } from '../shown.ts'
import { sameAnswer } from '../withinTolerance.ts'

/** What `agreesWith` can be told. */
export interface AgreementOptions extends PassRateOptions {
  /**
   * The inputs: a column of texts, a dataset whose rows are records, or inputs as they are.
   * @example { on: reviews.column('text') }
   */
  readonly on: Inputs
  /**
   * How far numbers may lie apart: the answers, or numbers in their lists, objects and scores. Default 0; of an answer
   * `{ label, scores }` only the label is compared unless a tolerance is given.
   * @example { tolerance: 1e-6 }
   */
  readonly tolerance?: number
}

/**
 * Two models answer alike, by value, for at least `passRate` of the inputs (default: all): a quantised model and the whole
 * one, a notebook and its endpoint, a canary and what is served. An input that either has no answer to is an error; where
 * the verdict hangs on such inputs, it is one.
 */
export function agreesWith(model: Model, other: Model, options: AgreementOptions): RunCheck {
  checkModel(model, 'agreesWith')
  checkModel(other, 'agreesWith')
  const checked = checkedPassRate(options, 'agreesWith', ['on', 'tolerance'])
  const { on, tolerance } = checked
  if (tolerance !== undefined && !(typeof tolerance === 'number' && tolerance >= 0 && tolerance < Infinity))
    throw new AssayError('wrong-argument', `agreesWith got tolerance: ${textOf(tolerance)}`, {
      hint: 'tolerance is how far numbers may lie apart: 0 or more',
    })
  const inputs = givenInputs(on, 'agreesWith', 'on')
  const about = aboutModel(model, 'agreement', {
    statement: { other: other.source ?? other.name, on: inputs.statement },
    limits: {
      other: other.fingerprint,
      on: inputs.limits,
      tolerance,
      ...statedRate(checked),
    },
  })
  const text = (value: AnswerValue | undefined): string =>
    shown(tolerance === undefined && isScored(value) ? value.label : value)
  const untyped = model.untyped === true || other.untyped === true
  return {
    type: 'run',
    kind: 'agreesWith',
    family: 'behavior',
    subject: { ...about.subject, reference: other.name },
    question: about.question,
    title: `answers as ${other.name} does`,
    ...ratedInfo(checked, 'inputs', inputs),
    async run(context) {
      const ran = await run<Input>(inputs.read(context), {
        model,
        other,
        signal: context.signal,
        personal: inputs.isPersonal(),
        ask: ({ input }) => (input === null ? undefined : [input]),
        judge: (_, [own], [beside]) =>
          sameAnswer(beside?.value as AnswerValue, own?.value as AnswerValue, tolerance, untyped),
        capability: () => 'agreement',
        key: ({ unit }) => hashOf(unit.input),
        example: ({ unit, answers, others, outcome }) => ({
          input: shown(unit.input),
          expected: others[0]?.value === undefined ? 'an answer' : text(others[0].value),
          got: outcome === false ? text(answers[0]?.value) : shown(`error: ${outcome}`),
        }),
        discreet: discreetRow,
      })
      return judgeInputs(ran, { test: 'REG', capability: 'agreement', checked, inputs, model })
    },
  }
}
