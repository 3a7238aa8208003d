import type { Answer } from '../models/answer.ts'
import { answersTo } from '../models/answersTo.ts'
import type { Model } from '../models/model.ts'
import { elapsed } from '../realTimers.ts'
import type { Example, ExamplesBlock } from '../results/blocks/examples.ts'
import { failures, type Tally, tally } from './tally.ts'

/** Cases that are predicted and judged together, so that memory does not grow with their number. */
const TOGETHER = 8192

/**
 * What a judge says of a case: whether it passes; nothing where the question does not apply to it; a text where it cannot
 * be told why, which is an error of the case.
 */
export type Outcome = boolean | undefined | string | Judged

/** An outcome with how much of it there is, and why. */
export interface Judged {
  readonly passed: boolean
  /** From 0 to 1. */
  readonly score?: number
  readonly reason?: string
}

/** A case that cannot be asked: why, in words. */
export class Unasked {
  readonly why: string
  constructor(why: string) {
    this.why = why
  }
}

/** A case that did not pass, as it is told. */
export interface Failed<C> {
  readonly one: C
  readonly index: number
  /** What was asked; nothing where the question could not be made. */
  readonly asked: readonly unknown[]
  readonly answers: readonly Answer[]
  readonly others: readonly Answer[]
  /** `false`, or why it could not be judged. */
  readonly outcome: false | string
  readonly reason?: string | undefined
}

export interface Run<C> {
  readonly model: Model
  /** A model beside it, which is asked the same. */
  readonly other?: Model
  readonly signal: AbortSignal | undefined
  /** How often each case is asked; it passes when it does each time. */
  readonly repeats?: number
  readonly timed?: boolean
  /** Inputs that the model is asked for a case; nothing where the question does not apply. */
  ask(one: C, index: number): readonly unknown[] | undefined | Unasked
  /** Judges answers without errors, in the order of what was asked. */
  judge(one: C, answers: readonly Answer[], others: readonly Answer[], index: number): Outcome | Promise<Outcome>
  /** What the case is counted under. */
  capability(one: C): string
  /** What tells the case from the others of its table in every run. */
  key(failed: Failed<C>): string
  example(failed: Failed<C>): Omit<Example, 'case'>
  /** The same without what must not be told where the inputs are personal. */
  readonly discreet?: Pick<Run<C>, 'key' | 'example'>
  /** Calls back with each case that was judged, in order. */
  seen?(one: C, outcome: Outcome, answers: readonly Answer[], others: readonly Answer[]): void
}

export interface RunFindings {
  readonly total: Tally
  readonly capabilities: ReadonlyMap<string, Tally>
  readonly failing: ExamplesBlock
  /** The same, as it is told where the inputs are personal. */
  readonly discreet: ExamplesBlock
  readonly seconds: number
}

/**
 * Asks a model about cases and judges its answers: the one way in which all behavioral tests run. Cases may stream in.
 * Each distinct input is predicted once for all assertions about the model; with `repeats` anew each time.
 */
export async function run<C>(cases: Iterable<C> | AsyncIterable<C>, of: Run<C>): Promise<RunFindings> {
  const start = elapsed()
  const total = tally()
  const capabilities = new Map<string, Tally>()
  const failing = failures()
  const discreet = failures()
  const size = of.model.whole || of.other?.whole ? Number.POSITIVE_INFINITY : TOGETHER
  const repeats = of.repeats ?? 1
  let seen = 0

  const count = (
    one: C,
    index: number,
    outcome: Outcome,
    asked: readonly unknown[] = NONE,
    answers: readonly Answer[] = NONE,
    others: readonly Answer[] = NONE,
  ): void => {
    const name = of.capability(one)
    let own = capabilities.get(name)
    if (!own) capabilities.set(name, (own = tally()))
    own.cases++
    total.cases++
    of.seen?.(one, outcome, answers, others)
    if (outcome === undefined) return
    const judged = typeof outcome === 'object' ? outcome.passed : outcome
    const kind = judged === true ? 'passed' : judged === false ? 'failed' : 'errors'
    own[kind]++
    total[kind]++
    if (judged === true) return
    const reason = typeof outcome === 'object' ? outcome.reason : undefined
    const failed = { one, index, asked, answers, others, outcome: judged, reason }
    failing.add(
      () => of.key(failed),
      () => of.example(failed),
    )
    const { discreet: told } = of
    if (told)
      discreet.add(
        () => told.key(failed),
        () => told.example(failed),
      )
  }

  const settle = async (chunk: readonly C[]): Promise<void> => {
    const asked = chunk.map((one, i) => of.ask(one, seen + i))
    const inputs: unknown[] = []
    for (const one of asked) if (isAsked(one)) for (const input of one) inputs.push(input)
    const trials = await Promise.all(
      Array.from({ length: repeats }, async (_, trial): Promise<Trial> => {
        // A first answer that was kept is no repeat either.
        const options = { signal: of.signal, timed: of.timed ?? false, trial: repeats > 1 ? trial + 1 : 0 }
        const [own, others] = await Promise.all([
          inputs.length === 0 ? [] : answersTo(of.model, inputs, options),
          of.other === undefined || inputs.length === 0 ? [] : answersTo(of.other, inputs, options),
        ])
        return { own, others }
      }),
    )
    const later: Promise<void>[] = []
    let at = 0
    for (let i = 0; i < chunk.length; i++) {
      const one = chunk[i] as C
      const index = seen + i
      const questions = asked[i]
      if (!isAsked(questions)) {
        count(one, index, questions?.why)
        continue
      }
      const from = at
      at += questions.length
      if (repeats === 1) {
        const { own, others: all } = trials[0] as Trial
        const answers = own.slice(from, at)
        const others = of.other === undefined ? NONE : all.slice(from, at)
        const outcome = errorOf(answers) ?? errorOf(others) ?? of.judge(one, answers, others, index)
        if (outcome instanceof Promise)
          later.push(outcome.then((settled) => count(one, index, settled, questions, answers, others)))
        else count(one, index, outcome, questions, answers, others)
        continue
      }
      const said = trials.map(({ own, others }) => ({ answers: own.slice(from, at), others: others.slice(from, at) }))
      const outcomes = said.map(
        async ({ answers, others }) => errorOf(answers) ?? errorOf(others) ?? of.judge(one, answers, others, index),
      )
      later.push(
        Promise.all(outcomes).then((settled) => {
          const outcome = together(settled)
          const shown = said[settled.indexOf(outcome)] ?? said[0]
          count(one, index, outcome, questions, shown?.answers, shown?.others)
        }),
      )
    }
    seen += chunk.length
    if (later.length > 0) await Promise.all(later)
  }

  if (Array.isArray(cases))
    for (let from = 0; from < cases.length; from += size) await settle(cases.slice(from, from + size) as readonly C[])
  else {
    let chunk: C[] = []
    for await (const one of cases) {
      chunk.push(one)
      if (chunk.length < size) continue
      await settle(chunk)
      chunk = []
    }
    if (chunk.length > 0) await settle(chunk)
  }
  const seconds = (elapsed() - start) / 1000
  return { total, capabilities, failing: failing.block(), discreet: discreet.block(), seconds }
}

const isAsked = (asked: readonly unknown[] | undefined | Unasked): asked is readonly unknown[] => Array.isArray(asked)

const NONE: readonly never[] = []

interface Trial {
  readonly own: readonly Answer[]
  readonly others: readonly Answer[]
}

function errorOf(answers: readonly Answer[]): string | undefined {
  for (const { error } of answers) if (error !== undefined) return error
  return undefined
}

/** Repeats of one case: it fails when one of them does, else is an error when one of them is. */
function together(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.length === 1) return outcomes[0]
  const failed = outcomes.find((outcome) => outcome === false || (typeof outcome === 'object' && !outcome.passed))
  const unclear = outcomes.find((outcome) => typeof outcome === 'string')
  return failed ?? unclear ?? (outcomes.every((outcome) => outcome === undefined) ? undefined : true)
}
