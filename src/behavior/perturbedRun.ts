import type { RunCheck } from '../checks/check.ts'
import { REDACTED } from '../dataset/personal.ts'
import type { Answer } from '../models/answer.ts'
import type { Model } from '../models/model.ts'
import type { Perturbation } from '../perturbations/perturbation.ts'
import type { Example } from '../results/blocks/examples.ts'
import type { Values } from '../results/resultId.ts'
import { aboutModel, lineageOf } from './aboutModel.ts'
import { hashOf } from './caseKey.ts'
import { givenInputs, type Input, type Inputs, referenceTo, discreetRow } from './inputs.ts'
import { allOf, type CaseOutcome } from './outcome.ts'
import { judgeRate, limitOf, passRateOf, ratedInfo } from './passRate.ts'
import { type Failed, run, Unasked } from './run.ts'
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
  judge(before: Answer, after: Answer): CaseOutcome
  /** An answer as it is told. */
  text(answer: Answer): string
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
  const { kind, type, title, rated } = question
  const inputs = givenInputs(question.over, kind)
  const { dataset, about: origin, table } = inputs
  const capability = perturbation.capability ?? 'robustness'
  const { budget, trials } = rated
  const about = aboutModel(model, capability, {
    statement: {
      perturbation: [perturbation.name, perturbation.seed],
      over: origin?.question.follows ?? table,
      ...question.statement,
    },
    limits: {
      over: origin?.question.about,
      ...statedTrials(rated),
      ...question.limits,
    },
  })
  return {
    type: 'run',
    kind,
    family: 'behavior',
    subject: {
      ...about.subject,
      ...referenceTo(inputs),
    },
    question: about.question,
    title,
    ...ratedInfo(rated, 'inputs', dataset),
    ...(budget === undefined ? {} : { calls: budget }),
    async run(context) {
      let present = 0
      let changed = 0
      let fitting = 0
      const labels = new Map<string, number>()
      const common = (text: string): string => ((labels.get(text) ?? 0) >= COMMON ? text : REDACTED)
      const ran = await run<Input>(inputs.read(context), {
        model,
        signal: context.signal,
        repeats: trials,
        ...spendingOf(budget, (total) => isDecided(total, rated)),
        ask: ({ input }) => {
          if (input === null) return undefined
          present++
          if (perturbation.needs?.fits(input)) fitting++
          const variants = variantsOf(perturbation, input)
          if (variants instanceof Unasked || variants.length > 0) changed++
          return variants instanceof Unasked ? variants : variants.length === 0 ? undefined : [input, ...variants]
        },
        judge: (_, [before, ...after]) => allOf(after.map((one) => question.judge(before as Answer, one))),
        capability: () => capability,
        key: ({ unit }) => hashOf(unit.input),
        example: (failed) => example(failed, question, (text) => text),
        seen: (_one, _outcome, answers) => {
          for (const answer of answers) {
            if (answer.value === undefined) continue
            const text = question.text(answer)
            if (labels.size < LABELS || labels.has(text)) labels.set(text, (labels.get(text) ?? 0) + 1)
          }
        },
        discreet: {
          ...discreetRow,
          example: (failed) => example(failed, question, common, true),
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
                  : `${perturbation.name} changed none of the ${present} inputs, so nothing was shown${perturbation.needs && fitting === 0 ? `: ${perturbation.needs.none}` : ''}`,
            }
          : {}),
        ...(dataset ? { discreet: [{ columns: inputs.columns, evidence: [ran.discreet] }] } : {}),
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
  shownAs: (answer: string) => string,
  discreet = false,
): Omit<Example, 'case'> {
  const [before, ...after] = answers
  const text = (answer: Answer | undefined): string | undefined =>
    answer?.value === undefined ? undefined : shownAs(question.text(answer))
  const wrong = Math.max(
    0,
    after.findIndex((answer) => {
      if (before?.value === undefined || answer.value === undefined) return true
      const judged = question.judge(before, answer)
      return typeof judged === 'object' ? !judged.passed : judged !== true && judged !== undefined
    }),
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
