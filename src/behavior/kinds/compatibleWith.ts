import type { RunCheck } from '../../checks/check.ts'
import { AssayError } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import type { AnswerValue } from '../../models/value.ts'
import { countText } from '../../words/text/numbers.ts'
import { visible } from '../../words/text/visible.ts'
import { aboutModel, checkModel } from '../aboutModel.ts'
import { type AnswerShape, answerShape, type ShapeDifference } from '../answerShape.ts'
import { hashOf } from '../caseKey.ts'
import { givenInputs, type Input, type Inputs, discreetRow } from '../inputs.ts'
import { judgeInputs } from '../judgeInputs.ts'
import { checkedPassRate, type PassRateOptions, ratedInfo, statedRate } from '../passRate.ts'
import { run } from '../run/run.ts'
import { shown } from '../shown.ts'
import { telling, toldBy } from '../toldErrors.ts'

export interface CompatibilityOptions extends PassRateOptions {
  /**
   * The inputs that the earlier model answered: a column of texts, a dataset whose rows are records, or inputs as they are.
   * @example { on: reviews.column('text') }
   */
  readonly on: Inputs
}

/** Findings that a message lists. */
const LISTED = 10

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
  const inputs = givenInputs(on, 'compatibleWith')
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
    async run(context) {
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
        judge(_, [said]) {
          const { value } = toldBy(said)
          if (value !== undefined) shape.add(value)
          return true
        },
        example: () => ({ input: '', expected: '', got: '' }),
      })
      const changes = new Map<string, number>()
      const added = new Set<string>()
      let answered = 0
      const ran = await run<Input>(inputs.read(context), {
        ...questions,
        model: telling(model),
        other: before,
        judge(_, [own], [beside]) {
          if (toldBy(beside).value === undefined) return undefined
          const { value } = toldBy(own)
          if (value !== undefined) {
            answered++
            if (added.size < LISTED) for (const path of shape.added(value)) added.add(path)
          }
          const broken = value === undefined ? [NO_ANSWER] : changesIn(shape, value)
          for (const change of broken) changes.set(change, (changes.get(change) ?? 0) + 1)
          return broken.length === 0 ? true : { passed: false, reason: broken.slice(0, 3).join('; ') }
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
      const { total } = ran
      const judged = judgeInputs(ran, { test: 'REG', capability: 'compatibility', checked, inputs, model })
      const lines = [
        ...(judged.message === undefined ? [] : [judged.message]),
        ...listed([...changes].sort(([, a], [, b]) => b - a)),
        ...(added.size > 0 ? [`new: ${[...added].slice(0, LISTED).join(', ')}`] : []),
      ]
      const nothing =
        judged.status === 'vacuous'
          ? { message: `${earlier.name} has an answer to none of these inputs, so nothing was shown` }
          : total.failed > 0 && answered === 0
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
    },
  }
}

const UNTOLD = 'what changed is not told: names of fields may be values of personal columns'
const NO_ANSWER = 'no answer to what was answered'

const changesIn = (shape: AnswerShape, value: AnswerValue): readonly string[] => shape.differences(value).map(words)

function words({ path, expected, actual: found }: ShapeDifference): string {
  const what = path === '' ? 'the answer' : visible(path)
  return found === 'missing' ? `${what} is missing: ${expected} before` : `${what} is ${found}: ${expected} before`
}

function listed(changes: readonly (readonly [string, number])[]): readonly string[] {
  const lines = changes.slice(0, LISTED).map(([change, count]) => `${change} (${countText(count, 'input')})`)
  const left = changes.length - lines.length
  return left > 0 ? [...lines, `… and ${countText(left, 'more change')}`] : lines
}
