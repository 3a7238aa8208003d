import type { Answer } from '../models/answer.ts'
import { answersTo } from '../models/answersTo.ts'
import type { Model } from '../models/model.ts'
import { checkAsked } from '../models/silence.ts'
import { elapsed } from '../realTimers.ts'
import type { Example, ExamplesBlock } from '../results/blocks/examples.ts'
import { type Batch, drawn, drawnByWeight, inOrder, placeIn } from './batches.ts'
import type { CaseOutcome } from './outcome.ts'
import { together, type Trials } from './repeats.ts'
import { addShare, addTo, failures, type CaseTally, tally } from './tally.ts'

/** Cases that are predicted and judged together, so that memory does not grow with their number. */
const TOGETHER = 8192

/** A case that cannot be asked: why, in words. */
export class Unasked {
  readonly why: string
  constructor(why: string) {
    this.why = why
  }
}

/** A case that did not pass, as it is told. */
export interface Failed<C> {
  readonly unit: C
  readonly index: number
  /** What was asked; nothing where the question could not be made. */
  readonly inputs: readonly unknown[]
  readonly answers: readonly Answer[]
  readonly others: readonly Answer[]
  /** `false`, or why it could not be judged. */
  readonly outcome: false | string
  readonly reason?: string | undefined
}

/** Asking only as long as it takes. */
export interface CallSpending {
  /** Calls of the model at most. */
  readonly calls: number
  /** Of the order in which cases are drawn. */
  readonly seed: number
  /** Whether cases are drawn by their weights, each draw counting once. */
  readonly byWeight?: boolean
  /** Whether what was seen is enough for a verdict. */
  isSure(total: CaseTally, capabilities: ReadonlyMap<string, CaseTally>): boolean
}

export interface Run<C> {
  readonly model: Model
  /** A model beside it, which is asked the same. */
  readonly other?: Model
  readonly signal: AbortSignal | undefined
  /** How often each case is asked, and how its answers count; default once. */
  readonly repeats?: Trials
  /** Cases are drawn, and asked until the answer is sure or the calls are spent; default: all, in their order. */
  readonly spending?: CallSpending
  readonly timed?: boolean
  /** Whether what is asked holds values of personal columns; default: no. */
  readonly personal?: boolean
  /** Inputs that the model is asked for a case; nothing where the question does not apply. */
  ask(one: C, index: number): readonly unknown[] | undefined | Unasked
  /** Judges answers without errors, in the order of what was asked. */
  judge(
    one: C,
    answers: readonly Answer[],
    others: readonly Answer[],
    index: number,
  ): CaseOutcome | Promise<CaseOutcome>
  /** What the case is counted under. */
  capability(one: C): string
  /** How much the case counts, where cases have weights. */
  weight?(one: C): number
  /** What tells the case from the others of its table in every run. */
  key(failed: Failed<C>): string
  example(failed: Failed<C>): Omit<Example, 'case'>
  /** The same without what must not be told where the inputs are personal. */
  readonly discreet?: Pick<Run<C>, 'key' | 'example'>
  /** Calls back with each case that was judged, in order. */
  seen?(one: C, outcome: CaseOutcome, answers: readonly Answer[], others: readonly Answer[]): void
}

export interface RunFindings {
  readonly total: CaseTally
  readonly capabilities: ReadonlyMap<string, CaseTally>
  readonly failing: ExamplesBlock
  /** The same, as it is told where the inputs are personal. */
  readonly discreet: ExamplesBlock
  readonly seconds: number
  /** Inputs that the model was asked, repeats too. */
  readonly calls: number
}

const ONCE: Trials = { times: 1, by: 'all' }

/**
 * Asks a model about cases and judges its answers: the one way in which all behavioral tests run. Cases may stream in.
 * Each distinct input is predicted once for all assertions about the model; with `repeats` anew each time.
 */
export async function run<C>(cases: Iterable<C> | AsyncIterable<C>, of: Run<C>): Promise<RunFindings> {
  const start = elapsed()
  const total = tally()
  const capabilities = new Map<string, CaseTally>()
  const failing = failures()
  const discreet = failures()
  const size = of.model.whole || of.other?.whole ? Number.POSITIVE_INFINITY : TOGETHER
  const { repeats = ONCE, spending, other, discreet: discretion } = of
  const { times, by } = repeats
  const { byWeight = false } = spending ?? {}
  /** Failing cases that stand among the examples, of those that may be drawn again. */
  const examples = new Set<number>()
  let calls = 0

  const tallyOf = (unit: C): CaseTally => {
    const name = of.capability(unit)
    let own = capabilities.get(name)
    if (!own) capabilities.set(name, (own = tally()))
    return own
  }
  const tell = (unit: C, index: number, outcome: CaseOutcome, replies: Said, { inputs: all, at, questions }: Span) => {
    const inputs = all.slice(at, at + questions)
    if (byWeight) examples.add(index)
    const reason = typeof outcome === 'object' ? outcome.reason : undefined
    const judged = typeof outcome === 'string' ? outcome : (false as const)
    const failed = { unit, index, inputs, ...replies, outcome: judged, reason }
    failing.add(
      () => of.key(failed),
      () => of.example(failed),
    )
    if (discretion)
      discreet.add(
        () => discretion.key(failed),
        () => discretion.example(failed),
      )
  }
  const count = (unit: C, index: number, outcome: CaseOutcome, replies: Said = UNSAID, span: Span = NO_SPAN): void => {
    const weight = byWeight ? undefined : of.weight?.(unit)
    const counted = addTo(total, outcome, weight)
    addTo(tallyOf(unit), outcome, weight)
    of.seen?.(unit, outcome, replies.answers, replies.others)
    if (!counted && !(byWeight && examples.has(index))) tell(unit, index, outcome, replies, span)
  }
  /** Each trial counts by itself; what the case was worth is kept, since its trials are no independent ones. */
  const countEach = (
    unit: C,
    index: number,
    outcomes: readonly CaseOutcome[],
    replies: readonly Said[],
    span: Span,
  ): void => {
    const own = tallyOf(unit)
    let first = true
    outcomes.forEach((outcome, trial) => {
      const counted = addTo(total, outcome)
      addTo(own, outcome)
      const here = replies[trial] as Said
      of.seen?.(unit, outcome, here.answers, here.others)
      if (counted || !first || (byWeight && examples.has(index))) return
      first = false
      tell(unit, index, outcome, here, span)
    })
    addShare(total, outcomes)
    addShare(own, outcomes)
  }

  const judged = (one: C, index: number, { answers, others }: Said): CaseOutcome | Promise<CaseOutcome> =>
    errorOf(answers) ?? errorOf(others) ?? of.judge(one, answers, others, index)
  /** Counts a case, at once unless its judge takes time. */
  const settleOne = (unit: C, index: number, span: Span, trial: Trial) => {
    const replies = partOf(trial, span)
    const outcome = judged(unit, index, replies)
    if (outcome instanceof Promise) return counted(outcome, unit, index, replies, span)
    count(unit, index, outcome, replies, span)
    return undefined
  }
  const counted = async (outcome: Promise<CaseOutcome>, one: C, index: number, said: Said, span: Span) =>
    count(one, index, await outcome, said, span)
  const settleTrials = async (unit: C, index: number, span: Span, trials: readonly Trial[]): Promise<void> => {
    const replies = trials.map((trial) => partOf(trial, span))
    const outcomes = await Promise.all(replies.map(async (trial) => judged(unit, index, trial)))
    if (by === 'mean') return countEach(unit, index, outcomes, replies, span)
    const outcome = together(outcomes, by)
    count(unit, index, outcome, replies[outcomes.indexOf(outcome)] ?? replies[0], span)
  }

  const settle = async (batch: Batch<C>): Promise<void> => {
    let chunk = batch.cases
    // Of each case how many questions it asks, or why none: the questions themselves stand in one list.
    const questionsOf: (number | undefined | Unasked)[] = new Array(chunk.length)
    const inputs: unknown[] = []
    for (let i = 0; i < chunk.length; i++) {
      const questions = of.ask(chunk[i] as C, placeIn(batch, i))
      if (!isAsked(questions)) {
        questionsOf[i] = questions
        continue
      }
      if (spending && calls + (inputs.length + questions.length) * times > spending.calls) {
        chunk = chunk.slice(0, i)
        break
      }
      for (const input of questions) inputs.push(input)
      questionsOf[i] = questions.length
    }
    calls += inputs.length * times
    const options = { signal: of.signal, timed: of.timed ?? false, personal: of.personal ?? false }
    const predicted = async (trial: number): Promise<Trial> => {
      const [own, others] = await Promise.all([
        inputs.length === 0 ? NONE : answersTo(of.model, inputs, { ...options, trial }),
        other === undefined || inputs.length === 0 ? NONE : answersTo(other, inputs, { ...options, trial }),
      ])
      return { own, others }
    }
    // A first answer that was kept is no repeat either.
    const trials = await Promise.all(
      times === 1 ? [predicted(0)] : Array.from({ length: times }, (_, trial) => predicted(trial + 1)),
    )
    const lists = (side: keyof Trial): (readonly Answer[])[] => trials.map((trial) => trial[side])
    checkAsked(of.model.name, lists('own'), calls)
    if (other) checkAsked(other.name, lists('others'), calls)
    const later: Promise<void>[] = []
    let at = 0
    for (let i = 0; i < chunk.length; i++) {
      const unit = chunk[i] as C
      const index = placeIn(batch, i)
      const questions = questionsOf[i]
      if (typeof questions !== 'number') {
        count(unit, index, questions?.why)
        continue
      }
      const span = { inputs, at, questions }
      const pending =
        times === 1 ? settleOne(unit, index, span, trials[0] as Trial) : settleTrials(unit, index, span, trials)
      if (pending) later.push(pending)
      at += questions
    }
    if (later.length > 0) await Promise.all(later)
  }

  const order = spending && { most: Math.floor(spending.calls / times), seed: spending.seed }
  const batches = !order
    ? inOrder(cases, size)
    : byWeight
      ? drawnByWeight(cases, { ...order, weight: (one) => of.weight?.(one) ?? 1 })
      : drawn(cases, order)
  for await (const batch of batches) {
    await settle(batch)
    if (spending && (calls + times > spending.calls || spending.isSure(total, capabilities))) break
  }
  const seconds = (elapsed() - start) / 1000
  return { total, capabilities, failing: failing.block(), discreet: discreet.block(), seconds, calls }
}

const isAsked = (asked: readonly unknown[] | undefined | Unasked): asked is readonly unknown[] => Array.isArray(asked)

const NONE: readonly never[] = []

interface Trial {
  readonly own: readonly Answer[]
  readonly others: readonly Answer[]
}

/** What was said to the questions of one case. */
interface Said {
  readonly answers: readonly Answer[]
  readonly others: readonly Answer[]
}

/** The questions of one case, among those that were asked together. */
interface Span {
  readonly inputs: readonly unknown[]
  readonly at: number
  readonly questions: number
}

const NO_SPAN: Span = { inputs: NONE, at: 0, questions: 0 }

const partOf = ({ own, others }: Trial, { at, questions }: Span): Said => ({
  answers: own.slice(at, at + questions),
  others: others.length === 0 ? NONE : others.slice(at, at + questions),
})

const UNSAID: Said = { answers: NONE, others: NONE }

function errorOf(answers: readonly Answer[]): string | undefined {
  for (const { error } of answers) if (error !== undefined) return error
  return undefined
}
