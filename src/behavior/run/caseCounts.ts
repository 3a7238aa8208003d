import { type Answer, cutWords } from '../../models/answer.ts'
import type { CaseOutcome } from '../outcome.ts'
import { addShare, addTo, type CaseTally, failures, tally } from '../tally.ts'
import type { Run, RunFindings } from './definition.ts'

/** A case, and its questions among those that were asked together. */
export interface PlacedCase<C> {
  readonly unit: C
  /** Its place among all cases. */
  readonly index: number
  readonly inputs: readonly unknown[]
  readonly at: number
  readonly questions: number
}

/** What was answered to the questions of one case. */
export interface Replies {
  readonly answers: readonly Answer[]
  readonly others: readonly Answer[]
}

const NO_REPLIES: Replies = { answers: [], others: [] }

/** What cases came to, all together and by capability, with those that did not pass. */
export class CaseCounts<C> {
  readonly total = tally()
  readonly capabilities = new Map<string, CaseTally>()
  private readonly of: Run<C>
  private readonly isRedrawn: boolean
  private readonly failing = failures()
  private readonly discreet = failures()
  /** Failing cases that stand among the examples, of those that may be drawn again. */
  private readonly examples = new Set<number>()

  constructor(of: Run<C>) {
    this.of = of
    this.isRedrawn = of.spending?.byWeight ?? false
  }

  count(placed: PlacedCase<C>, outcome: CaseOutcome, replies: Replies = NO_REPLIES): void {
    const weight = this.isRedrawn ? undefined : this.of.weight?.(placed.unit)
    const isFine = addTo(this.total, outcome, weight)
    addTo(this.tallyOf(placed.unit), outcome, weight)
    this.of.seen?.(placed.unit, outcome, replies.answers, replies.others)
    if (!isFine) this.tell(placed, outcome, replies)
  }

  /** Each trial counts by itself; what the case was worth is kept, since its trials are no independent ones. */
  countEach(placed: PlacedCase<C>, outcomes: readonly CaseOutcome[], replies: readonly Replies[]): void {
    const { unit } = placed
    const own = this.tallyOf(unit)
    let isTold = false
    outcomes.forEach((outcome, trial) => {
      const isFine = addTo(this.total, outcome)
      addTo(own, outcome)
      const reply = replies[trial] as Replies
      this.of.seen?.(unit, outcome, reply.answers, reply.others)
      if (isFine || isTold) return
      isTold = true
      this.tell(placed, outcome, reply)
    })
    addShare(this.total, outcomes)
    addShare(own, outcomes)
  }

  findings(): Omit<RunFindings, 'seconds' | 'calls'> {
    const { total, capabilities, failing, discreet } = this
    return { total, capabilities, failing: failing.block(), discreet: discreet.block() }
  }

  private tallyOf(unit: C): CaseTally {
    const name = this.of.capability(unit)
    let own = this.capabilities.get(name)
    if (!own) this.capabilities.set(name, (own = tally()))
    return own
  }

  /** Keeps a case that did not pass, once. */
  private tell({ unit, index, inputs, at, questions }: PlacedCase<C>, outcome: CaseOutcome, replies: Replies): void {
    if (this.isRedrawn && this.examples.has(index)) return
    if (this.isRedrawn) this.examples.add(index)
    const { of } = this
    const cut = [...replies.answers, ...replies.others].find((answer) => answer.cut !== undefined)?.cut
    const reason = [typeof outcome === 'object' ? outcome.reason : undefined, cut && cutWords(cut)].filter(
      (part) => part !== undefined,
    )
    const failed = {
      unit,
      index,
      inputs: inputs.slice(at, at + questions),
      ...replies,
      outcome: typeof outcome === 'string' ? [outcome, ...reason].join('; ') : (false as const),
      reason: reason.length > 0 && typeof outcome !== 'string' ? reason.join('; ') : undefined,
    }
    this.failing.add(
      () => of.key(failed),
      () => of.example(failed),
    )
    const { discreet } = of
    if (discreet)
      this.discreet.add(
        () => discreet.key(failed),
        () => discreet.example(failed),
      )
  }
}
