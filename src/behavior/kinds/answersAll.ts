import type { RunCheck } from '../../checks/check.ts'
import { kindOf, wrongArgument } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import type { AnswerValue } from '../../models/value.ts'
import { aboutModel, checkModel } from '../aboutModel.ts'
import { hashOf } from '../caseKey.ts'
import { identityOf, judgesItself, satisfies, statedBy } from '../comparators/satisfies.ts'
import { finds } from '../finds.ts'
import { givenInputs, type Input, type Inputs, discreetRow } from '../inputs.ts'
import { judgeInputs } from '../judgeInputs.ts'
import { checkedPassRate, type PassRateOptions, ratedInfo, statedRate } from '../passRate.ts'
import { run } from '../run/run.ts'
import { shown } from '../shown.ts'
import { telling, toldBy } from '../toldErrors.ts'

/** What `answersAll` can be told. */
export interface AnswerOptions extends PassRateOptions {
  /**
   * The inputs: `hostileInputs(…)`, a column of texts, a dataset whose rows are records, or inputs as they are.
   * @example { on: hostileInputs({ age: 34, plan: 'basic' }) }
   */
  readonly on: Inputs
  /**
   * What each answer must be: a function, a matcher of vitest's, or a schema of zod, valibot or arktype; default: any.
   * @example { answer: expect.any(Number) }
   */
  readonly answer?: unknown
  /**
   * How the model refuses what it must not answer: an error with such words counts as an answer. Default: none does.
   * @example { refusal: /^answered with status 4/ }
   */
  readonly refusal?: RegExp
}

/**
 * The model answers at least `passRate` of the inputs (default: all), with an answer of the right kind where `answer` says
 * one. Here an input without an answer is a failure, not an error: the rate is one less the error rate, with its interval.
 * A model that answers nothing at all is an error, and no inputs are `vacuous`.
 */
export function answersAll(model: Model, options: AnswerOptions): RunCheck {
  checkModel(model, 'answersAll')
  const wrong = wrongArgument('answersAll got')
  const checked = checkedPassRate(options, 'answersAll', ['on', 'answer', 'refusal'])
  const { on, answer, refusal } = checked
  if (answer !== undefined && !judgesItself(answer))
    throw wrong(
      `${kindOf(answer)} as answer`,
      'it is a function of the answer, a matcher such as expect.any(Number), or a schema',
    )
  if (refusal !== undefined && !(refusal instanceof RegExp))
    throw wrong(`${kindOf(refusal)} as refusal`, 'it is a regular expression, e.g. /^answered with status 4/')
  const wanted = answer === undefined ? undefined : satisfies.prepare(answer, 'answer')
  const refuses = refusal && new RegExp(refusal.source, refusal.flags.replace(/[gy]/g, ''))
  const inputs = givenInputs(on, 'answersAll', 'on')
  const about = aboutModel(model, 'robustness', {
    statement: { on: inputs.statement, answer: wanted && statedBy(wanted) },
    limits: {
      on: inputs.limits,
      answer: wanted && identityOf(wanted),
      refusal: refusal && String(refusal),
      ...statedRate(checked),
    },
  })
  const info = ratedInfo(checked, 'inputs', inputs)
  return {
    type: 'run',
    kind: 'answersAll',
    family: 'behavior',
    ...about,
    title: 'answers every input',
    ...info,
    expected: `${info.expected}${wanted ? ` with ${satisfies.words(wanted)}` : ''}`,
    async run(context) {
      const all = telling(model)
      let answered = 0
      let refused = 0
      const ran = await run<Input>(inputs.read(context), {
        model: all,
        signal: context.signal,
        personal: inputs.isPersonal(),
        ask: ({ input }) => (input === null ? undefined : [input]),
        judge(_, [answer]) {
          const { error, value } = toldBy(answer)
          if (error === undefined) {
            answered++
            return wanted
              ? satisfies.compare({ value: value as AnswerValue, untyped: model.untyped === true }, wanted)
              : true
          }
          const isRefusal = refuses ? finds(refuses, error) : false
          if (isRefusal === true) refused++
          return isRefusal === false ? { passed: false, reason: error } : isRefusal
        },
        capability: () => 'robustness',
        key: ({ unit }) => hashOf(unit.input),
        example: ({ unit: row, answers, reason }) => {
          const { error, value } = toldBy(answers[0])
          return {
            input: shown(row.input),
            expected: wanted ? satisfies.words(wanted) : 'an answer',
            got: error === undefined ? shown(value) : shown(`error: ${error}`),
            ...(error === undefined && reason !== undefined ? { reason } : {}),
          }
        },
        discreet: discreetRow,
      })
      const { total } = ran
      return {
        ...judgeInputs(ran, { test: 'MFT', capability: 'robustness', checked, inputs, model }),
        // What answers nothing is not there, rather than bad.
        ...(total.failed > 0 && answered === 0 && refused === 0
          ? { status: 'error' as const, message: `${model.name} answers none of these inputs` }
          : {}),
      }
    },
  }
}
