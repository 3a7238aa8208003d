import type { Judgement, RunCheck, RunContext } from '../../checks/check.ts'
import { REDACTED } from '../../dataset/personal.ts'
import type { Answer } from '../../models/answer.ts'
import type { Model } from '../../models/model.ts'
import type { Perturbation } from '../../perturbations/perturbation.ts'
import type { Example } from '../../results/blocks/examples.ts'
import type { Values } from '../../results/resultId.ts'
import { aboutModel, checkAskedAgain, lineageOf } from '../aboutModel.ts'
import { type Applies, applies } from '../applies.ts'
import { hashOf } from '../caseKey.ts'
import { discreetRow, type GivenInputs, givenInputs, type Input, type Inputs } from '../inputs.ts'
import { allOf, type CaseOutcome, settled } from '../outcome.ts'
import { judgeRate, limitOf, passRateOf, ratedInfo } from '../passRate.ts'
import type { Failed, RunFindings } from '../run/definition.ts'
import { run } from '../run/run.ts'
import type { ChangedInput } from '../sameBy.ts'
import { shown } from '../shown.ts'
import {
  type checkedTrials,
  isDecided,
  spendingOf,
  type TrialOptions,
  unitOf,
  withCalls,
  statedTrials,
} from '../trialOptions.ts'
import { ChangedInputs } from './changedInputs.ts'
import { CommonAnswers } from './commonAnswers.ts'

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
  /** Whether an answer is one that is spoken of, where some are: a pass without any shows nothing. */
  readonly speaksOf?: { readonly why: string; of(before: Answer): boolean }
  /** An answer as it is told, beside the one before the change. */
  text(answer: Answer, before: Answer): string
  /** What the answer to a changed input should have been. */
  expected(before: Answer): string
}

/**
 * A check of a model's answers to inputs and to what a perturbation makes of them. The unit is the input: it passes when
 * the answer to each of its changed forms is right. An input that nothing changed, and a missing one, is not tested.
 */
export function perturbedRun(model: Model, perturbation: Perturbation, question: PerturbedQuestion): RunCheck {
  const { kind, title, rated, where } = question
  const inputs = givenInputs(question.over, kind, 'over')
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
      perturbation: perturbation.identity,
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
    run: (context) => judge({ model, perturbation, question, inputs, capability }, context),
  }
}

interface PerturbedModel {
  readonly model: Model
  readonly perturbation: Perturbation
  readonly question: PerturbedQuestion
  readonly inputs: GivenInputs
  readonly capability: string
}

async function judge(perturbed: PerturbedModel, context: RunContext): Promise<Judgement> {
  const { model, perturbation, question, inputs, capability } = perturbed
  const { rated, type } = question
  const { budget, trials } = rated
  const { table } = inputs
  const changed = new ChangedInputs(perturbation)
  const spokenOf = { answers: 0 }
  const ran = await judgedForms(perturbed, { changed, spokenOf }, context)
  const overall = passRateOf(capability, ran.total, limitOf(rated), rated)
  const rate = withCalls(judgeRate(overall, rated, unitOf(trials, 'inputs'), ran.total), ran.calls, budget)
  const isShown = question.speaksOf === undefined || spokenOf.answers > 0 || rate.status !== 'pass'
  const judgement: Judgement = isShown ? rate : { status: 'vacuous', measured: 'nothing to judge' }
  const whyVacuous = isShown ? changed.whyVacuous() : question.speaksOf?.why
  return {
    ...judgement,
    ...(judgement.status !== 'vacuous' || whyVacuous === undefined ? {} : { message: whyVacuous }),
    ...(inputs.columns.length > 0 ? { discreet: [{ columns: inputs.columns, evidence: [ran.discreet] }] } : {}),
    evidence: [
      {
        kind: 'rates',
        test: type,
        overall,
        parts: [overall],
        ...(table === undefined ? {} : { table }),
        perturbation: perturbation.name,
        unchanged: changed.unchanged,
        seed: perturbation.seed,
      },
      { ...ran.failing, of: inputs.columns },
    ],
    lineage: { seed: perturbation.seed, model: lineageOf(model) },
  }
}

/** Asks about each input and its changed forms, and judges the answers beside each other. */
function judgedForms(
  { model, question, inputs, capability }: PerturbedModel,
  { changed, spokenOf }: { readonly changed: ChangedInputs; readonly spokenOf: { answers: number } },
  context: RunContext,
): Promise<RunFindings> {
  const { rated, where } = question
  const { budget, trials } = rated
  const common = new CommonAnswers()
  /** Which of the changed forms a case failed at. */
  const wrong = new WeakMap<readonly Answer[], number>()
  return run<Input>(inputs.read(context), {
    model,
    signal: context.signal,
    personal: inputs.isPersonal(),
    repeats: trials,
    ...spendingOf(budget, (total) => isDecided(total, rated)),
    ask: (unit) => changed.questions(unit),
    judge(unit, answers): CaseOutcome | Promise<CaseOutcome> {
      const [before, ...after] = answers as [Answer, ...Answer[]]
      const isTested = applies(where, before, unit.input)
      if (isTested !== true) return isTested === false ? undefined : isTested
      if (question.speaksOf?.of(before)) spokenOf.answers++
      const forms = changed.formsOf(unit)
      const outcomes = after.map((answer, i) =>
        question.judge(before, answer, { before: unit.input, after: forms?.[i] }),
      )
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
      const present = answers.filter(({ value }) => value !== undefined)
      common.add(
        row,
        present.map((answer) => question.text(answer, answers[0] as Answer)),
      )
    },
    discreet: {
      ...discreetRow,
      example: (failed) => example(failed, question, wrong, (text) => common.discreetly(text), true),
    },
  })
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
