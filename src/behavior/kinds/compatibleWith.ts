import type { Judgement, RunCheck, RunContext } from '../../checks/check.ts'
import { AssayError } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import { aboutModel, checkModel } from '../aboutModel.ts'
import { answerShape } from '../answerShape.ts'
import { hashOf } from '../caseKey.ts'
import { FormChanges } from '../formChanges.ts'
import { discreetRow, type GivenInputs, givenInputs, type Input, type Inputs } from '../inputs.ts'
import { judgeInputs } from '../judgeInputs.ts'
import { checkedPassRate, type PassRateOptions, type Rated, ratedInfo, statedRate } from '../passRate.ts'
import { run } from '../run/run.ts'
import { shown } from '../shown.ts'
import { telling, toldBy } from '../toldErrors.ts'

/** What `compatibleWith` can be told. */
export interface CompatibilityOptions extends PassRateOptions {
  /**
   * The inputs that the earlier model answered: a column of texts, a dataset whose rows are records, or inputs as they are.
   * @example { on: reviews.column('text') }
   */
  readonly on: Inputs
}

/**
 * Whoever asks the earlier model can ask this one: it answers each input that the earlier one answered, with no field
 * missing that all of its answers have, and no value of a kind (text, number, boolean, null, list, object) that none of
 * them has there. Fields may be added. The unit is the input; `passRate` is the least share (default: all). An input that
 * the earlier model has no answer to is not tested, and no input that it has one to is `vacuous`.
 */
export function compatibleWith(model: Model, earlier: Model, options: CompatibilityOptions): RunCheck {
  checkModel(model, 'compatibleWith')
  checkModel(earlier, 'compatibleWith')
  const untyped = [model, earlier].find((one) => one.untyped === true)
  if (untyped)
    throw new AssayError(
      'wrong-argument',
      `compatibleWith got ${untyped.name}, whose answers are cells of a text table`,
      {
        hint: 'those have no types: keep the predictions as JSON lines, as assay baseline does',
      },
    )
  const checked = checkedPassRate(options, 'compatibleWith', ['on'])
  const { on } = checked
  const inputs = givenInputs(on, 'compatibleWith', 'on')
  const about = aboutModel(model, 'compatibility', {
    statement: { earlier: earlier.source ?? earlier.name, on: inputs.statement },
    limits: {
      earlier: earlier.fingerprint,
      on: inputs.limits,
      ...statedRate(checked),
    },
  })
  return {
    type: 'run',
    kind: 'compatibleWith',
    family: 'behavior',
    subject: { ...about.subject, reference: earlier.name },
    question: about.question,
    title: `answers in the form of ${earlier.name}`,
    ...ratedInfo(checked, 'inputs', inputs),
    run: (context) => judge({ model, earlier, inputs, checked }, context),
  }
}

interface FormQuestion {
  readonly model: Model
  readonly earlier: Model
  readonly inputs: GivenInputs
  readonly checked: Rated
}

async function judge({ model, earlier, inputs, checked }: FormQuestion, context: RunContext): Promise<Judgement> {
  const { changes, ran } = await comparedForms({ model, earlier, inputs, checked }, context)
  const judged = judgeInputs(ran, { test: 'REG', capability: 'compatibility', checked, inputs, model })
  const lines = [...(judged.message === undefined ? [] : [judged.message]), ...changes.lines()]
  const nothing =
    judged.status === 'vacuous'
      ? { message: `${earlier.name} has an answer to none of these inputs, so nothing was shown` }
      : ran.total.failed > 0 && changes.answered === 0
        ? { status: 'error' as const, message: `${model.name} answers none of these inputs` }
        : {}
  return {
    ...judged,
    ...(lines.length > 0 ? { message: lines.join('\n') } : {}),
    ...nothing,
    ...(judged.discreet && lines.length > 0
      ? { discreet: judged.discreet.map((part) => ({ ...part, message: UNTOLD })) }
      : {}),
  }
}

/** The answers of a model beside the form that those of the earlier one have. */
async function comparedForms({ model, earlier, inputs }: FormQuestion, context: RunContext) {
  const shape = answerShape()
  const before = telling(earlier)
  const questions = {
    signal: context.signal,
    personal: inputs.isPersonal(),
    ask: ({ input }: Input) => (input === null ? undefined : [input]),
    capability: () => 'compatibility',
    key: ({ unit }: { unit: Input }) => hashOf(unit.input),
  }
  await run<Input>(inputs.read(context), {
    ...questions,
    model: before,
    judge(_, [answer]) {
      const { value } = toldBy(answer)
      if (value !== undefined) shape.add(value)
      return true
    },
    example: () => ({ input: '', expected: '', got: '' }),
  })
  const changes = new FormChanges(shape)
  const ran = await run<Input>(inputs.read(context), {
    ...questions,
    model: telling(model),
    other: before,
    judge(_, [own], [beside]) {
      if (toldBy(beside).value === undefined) return undefined
      return changes.add(toldBy(own).value)
    },
    example: ({ unit, answers, others, reason }) => {
      const { error, value } = toldBy(answers[0])
      return {
        input: shown(unit.input),
        expected: shown(toldBy(others[0]).value),
        got: error === undefined ? shown(value) : shown(`error: ${error}`),
        ...(reason === undefined ? {} : { reason }),
      }
    },
    discreet: discreetRow,
  })
  return { changes, ran }
}

const UNTOLD = 'what changed is not told: names of fields may be values of personal columns'
