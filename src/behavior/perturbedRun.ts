import type { RunCheck } from '../checks/check.ts'
import { REDACTED } from '../dataset/personal.ts'
import type { Answer } from '../models/answer.ts'
import type { Model } from '../models/model.ts'
import type { Perturbation } from '../perturbations/perturbation.ts'
import type { Example } from '../results/blocks/examples.ts'
import type { Values } from '../results/resultId.ts'
import { aboutModel, checkAskedAgain, lineageOf } from './aboutModel.ts'
import { type Applies, applies } from './applies.ts'
import { hashOf } from './caseKey.ts'
import { givenInputs, type Input, type Inputs, discreetRow } from './inputs.ts'
import { allOf, type CaseOutcome, settled } from './outcome.ts'
import { judgeRate, limitOf, passRateOf, ratedInfo } from './passRate.ts'
import { type Failed, Unasked } from './run/definition.ts'
import { run } from './run/run.ts'
import type { ChangedInput } from './sameBy.ts'
import { shown } from './shown.ts'
import {
  type checkedTrials,
  isDecided,
  spendingOf,
  type TrialOptions,
  unitOf,
  withCalls,
  statedTrials,
} from './trialOptions.ts'
import { variantsOf } from './variants.ts'

/** A question about the answers before and after a change of the input. */
export interface PerturbedQuestion {
  readonly kind: string
  readonly type: 'INV' | 'DIR'
  readonly title: string
  readonly over: Inputs
  readonly rated: ReturnType<typeof checkedTrials<TrialOptions>>
  readonly statement: Values
  readonly limits: Values
  /** Which inputs it is about, by the answers to them; default: all. */
  readonly where?: Applies | undefined
  judge(before: Answer, after: Answer, inputs: ChangedInput): CaseOutcome | Promise<CaseOutcome>
  /** An answer as it is told, beside the one before the change. */
  text(answer: Answer, before: Answer): string
  /** What the answer to a changed input should have been. */
  expected(before: Answer): string
}

/** An answer that so many inputs got is a label, which tells nothing about one of them. */
const COMMON = 6
const LABELS = 1000

/**
 * A check of a model's answers to inputs and to what a perturbation makes of them. The unit is the input: it passes when
 * the answer to each of its changed forms is right. An input that nothing changed, and a missing one, is not tested.
 */
export function perturbedRun(model: Model, perturbation: Perturbation, question: PerturbedQuestion): RunCheck {
  const { kind, type, title, rated, where } = question
  const inputs = givenInputs(question.over, kind)
  const { table } = inputs
  const capability = perturbation.capability ?? 'robustness'
  const { budget, trials } = rated
  checkAskedAgain(model, trials.times, kind)
  const about = aboutModel(model, capability, {
    statement: {
      perturbation: [perturbation.name, perturbation.seed],
      over: inputs.statement,
      ...question.statement,
      ...(where === undefined ? {} : { where: String(where) }),
    },
    limits: {
      over: inputs.limits,
      ...statedTrials(rated),
      ...question.limits,
    },
  })
  return {
    type: 'run',
    kind,
    family: 'behavior',
    subject: { ...about.subject, ...inputs.subject },
    question: about.question,
    title,
    ...ratedInfo(rated, 'inputs', inputs),
    ...(budget === undefined ? {} : { calls: budget }),
    async run(context) {
      let present = 0
      let changed = 0
      let fitting = 0
      /** How many inputs got an answer. */
      const labels = new Map<string, number>()
      const texts = new Set<string>()
      let last: number | undefined
      const forms = new WeakMap<Input, readonly unknown[]>()
      /** Which of the changed forms a case failed at. */
      const wrong = new WeakMap<readonly Answer[], number>()
      const common = (text: string): string => ((labels.get(text) ?? 0) >= COMMON ? text : REDACTED)
      const ran = await run<Input>(inputs.read(context), {
        model,
        signal: context.signal,
        personal: inputs.isPersonal(),
        repeats: trials,
        ...spendingOf(budget, (total) => isDecided(total, rated)),
        ask: (unit) => {
          const { input, row } = unit
          if (input === null) return undefined
          present++
          if (perturbation.needs?.fits(input)) fitting++
          const variants = variantsOf(perturbation, input, row)
          if (variants instanceof Unasked || variants.length > 0) changed++
          if (variants instanceof Unasked) return variants
          if (variants.length === 0) return undefined
          forms.set(unit, variants)
          return [input, ...variants]
        },
        judge(unit, answers): CaseOutcome | Promise<CaseOutcome> {
          const [before, ...after] = answers as [Answer, ...Answer[]]
          const isAsked = applies(where, before, unit.input)
          if (isAsked !== true) return isAsked === false ? undefined : isAsked
          const made = forms.get(unit)
          const outcomes = after.map((one, i) => question.judge(before, one, { before: unit.input, after: made?.[i] }))
          return settled(outcomes, (each) => {
            const outcome = allOf(each)
            if (outcome !== true && outcome !== undefined) wrong.set(answers, each.indexOf(outcome))
            return outcome
          })
        },
        capability: () => capability,
        key: ({ unit }) => hashOf(unit.input),
        example: (failed) => example(failed, question, wrong, (text) => text),
        seen: ({ row }, _outcome, answers) => {
          // Whatever its forms and repeats are answered, it is one input.
          if (row !== last) texts.clear()
          last = row
          for (const answer of answers) {
            if (answer.value === undefined) continue
            const text = question.text(answer, answers[0] as Answer)
            if (texts.has(text)) continue
            texts.add(text)
            if (labels.size < LABELS || labels.has(text)) labels.set(text, (labels.get(text) ?? 0) + 1)
          }
        },
        discreet: {
          ...discreetRow,
          example: (failed) => example(failed, question, wrong, common, true),
        },
      })
      const overall = passRateOf(capability, ran.total, limitOf(rated), rated)
      const judgement = withCalls(judgeRate(overall, rated, unitOf(trials, 'inputs'), ran.total), ran.calls, budget)
      return {
        ...judgement,
        ...(judgement.status === 'vacuous' && present > 0
          ? {
              message:
                changed > 0
                  ? `${perturbation.name} changed ${changed} of the ${present} inputs, and the question applies to none of them`
                  : `${perturbation.name} changed ${present === 1 ? 'nothing in the one input' : `none of the ${present} inputs`}, so nothing was shown${perturbation.needs && fitting === 0 ? `: ${perturbation.needs.none}` : ''}`,
            }
          : {}),
        ...(inputs.columns.length > 0 ? { discreet: [{ columns: inputs.columns, evidence: [ran.discreet] }] } : {}),
        evidence: [
          {
            kind: 'rates',
            test: type,
            overall,
            parts: [overall],
            ...(table === undefined ? {} : { table }),
            perturbation: perturbation.name,
            unchanged: present - changed,
            seed: perturbation.seed,
          },
          { ...ran.failing, of: inputs.columns },
        ],
        lineage: { seed: perturbation.seed, model: lineageOf(model) },
      }
    },
  }
}

/** A failing input as it is shown; with the answers that may be told of it where the inputs are personal. */
function example(
  { unit: row, inputs, answers, outcome, reason }: Failed<Input>,
  question: PerturbedQuestion,
  wrongAt: WeakMap<readonly Answer[], number>,
  shownAs: (answer: string) => string,
  discreet = false,
): Omit<Example, 'case'> {
  const [before, ...after] = answers
  const text = (answer: Answer | undefined): string | undefined =>
    answer?.value === undefined ? undefined : shownAs(question.text(answer, before ?? answer))
  const wrong =
    wrongAt.get(answers) ??
    Math.max(
      0,
      after.findIndex(({ value }) => value === undefined),
    )
  const was = text(before)
  const changed = inputs[1 + wrong]
  const error = discreet ? 'error' : shown(`error: ${outcome}`)
  const should =
    was === undefined
      ? 'an answer'
      : discreet
        ? shownAs(question.expected(before as Answer))
        : question.expected(before as Answer)
  return {
    input: discreet ? REDACTED : shown(row.input),
    ...(changed === undefined ? {} : { perturbed: discreet ? REDACTED : shown(changed) }),
    expected: should,
    got: outcome === false ? (text(after[wrong]) ?? error) : error,
    ...(was === undefined ? {} : { before: was }),
    ...(reason === undefined || discreet ? {} : { reason }),
  }
}
