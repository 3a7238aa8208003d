import type { RunCheck } from '../../checks/check.ts'
import type { Answer } from '../../models/answer.ts'
import type { Model } from '../../models/model.ts'
import { equal } from '../../models/value.ts'
import { AssayError } from '../../errors.ts'
import { aboutModel, checkAskedAgain, checkModel } from '../aboutModel.ts'
import { hashOf } from '../caseKey.ts'
import { givenInputs, type Input, type Inputs, discreetRow } from '../inputs.ts'
import { judgeInputs } from '../judgeInputs.ts'
import { checkedPassRate, type PassRateOptions, ratedInfo, statedRate } from '../passRate.ts'
import { checkedRepeats } from '../repeats.ts'
import { run } from '../run/run.ts'
import { shown } from '../shown.ts'

/** What `deterministic` can be told. */
export interface DeterminismOptions extends PassRateOptions {
  /**
   * The inputs: a column of texts, a dataset whose rows are records, or inputs as they are.
   * @example { on: reviews.column('text') }
   */
  readonly on: Inputs
  /**
   * How often each input is asked, from 2; default 3.
   * @example { repeats: 10 }
   */
  readonly repeats?: number
}

/**
 * The model answers the same, scores and all, each time it is asked the same, for at least `passRate` of the inputs
 * (default: all). Nothing that was said before serves as an answer. An input without an answer is an error.
 */
export function deterministic(model: Model, options: DeterminismOptions): RunCheck {
  checkModel(model, 'deterministic')
  const checked = checkedPassRate(options, 'deterministic', ['on', 'repeats'])
  const { on, repeats = 3 } = checked
  checkedRepeats(repeats, 'deterministic')
  if (repeats < 2)
    throw new AssayError('wrong-argument', 'deterministic got repeats: 1', { hint: 'it takes two answers to differ' })
  checkAskedAgain(model, repeats, 'deterministic')
  const inputs = givenInputs(on, 'deterministic', 'on')
  const about = aboutModel(model, 'determinism', {
    statement: { on: inputs.statement },
    limits: { on: inputs.limits, repeats, ...statedRate(checked) },
  })
  return {
    type: 'run',
    kind: 'deterministic',
    family: 'behavior',
    ...about,
    title: `same answer ${repeats} times`,
    ...ratedInfo(checked, 'inputs', inputs),
    async run(context) {
      const firsts = new Map<number, Answer>()
      const ran = await run<Input>(inputs.read(context), {
        model,
        signal: context.signal,
        personal: inputs.isPersonal(),
        repeats: { times: repeats, by: 'all' },
        ask: ({ input }) => (input === null ? undefined : [input]),
        judge({ row }, [answer]) {
          const first = firsts.get(row)
          if (first === undefined) {
            firsts.set(row, answer as Answer)
            return true
          }
          return equal(first.value, answer?.value)
        },
        capability: () => 'determinism',
        seen: ({ row }, outcome) => {
          if (outcome === true) firsts.delete(row)
        },
        key: ({ unit }) => hashOf(unit.input),
        example: ({ unit, answers, outcome }) => ({
          input: shown(unit.input),
          expected: shown(firsts.get(unit.row)?.value ?? 'an answer'),
          got: outcome === false ? shown(answers[0]?.value) : shown(`error: ${outcome}`),
        }),
        discreet: discreetRow,
      })
      return judgeInputs(ran, { test: 'INV', capability: 'determinism', checked, inputs, model })
    },
  }
}
