import type { Answer } from '../../models/answer.ts'
import type { CaseOutcome } from '../outcome.ts'
import { together, type Trials } from '../repeats.ts'
import { type Batch, placeIn } from './batches.ts'
import type { CaseCounts, PlacedCase, Replies } from './caseCounts.ts'
import type { Run } from './definition.ts'
import type { Questions } from './questions.ts'
import type { Trial } from './trials.ts'

/** Judges the cases of a batch by the answers of each trial, and counts them: at once, unless a judge takes time. */
export async function judgeCases<C>(
  of: Run<C>,
  batch: Batch<C>,
  { cases, counts, inputs }: Questions<C>,
  { trials, by }: { readonly trials: readonly Trial[]; readonly by: Trials['by'] },
  total: CaseCounts<C>,
): Promise<void> {
  const later: Promise<void>[] = []
  let at = 0
  for (let i = 0; i < cases.length; i++) {
    const count = counts[i]
    const questions = typeof count === 'number' ? count : 0
    const placed = { unit: cases[i] as C, index: placeIn(batch, i), inputs, at, questions }
    if (typeof count !== 'number') {
      total.count(placed, count?.why)
      continue
    }
    const pending =
      trials.length === 1
        ? judgeOnce(of, placed, trials[0] as Trial, total)
        : judgeTrials(of, placed, trials, by, total)
    if (pending) later.push(pending)
    at += questions
  }
  if (later.length > 0) await Promise.all(later)
}

function judgeOnce<C>(
  of: Run<C>,
  placed: PlacedCase<C>,
  trial: Trial,
  total: CaseCounts<C>,
): Promise<void> | undefined {
  const replies = repliesTo(placed, trial)
  const outcome = judged(of, placed, replies)
  if (outcome instanceof Promise) return outcome.then((later) => total.count(placed, later, replies))
  total.count(placed, outcome, replies)
  return undefined
}

async function judgeTrials<C>(
  of: Run<C>,
  placed: PlacedCase<C>,
  trials: readonly Trial[],
  by: Trials['by'],
  total: CaseCounts<C>,
): Promise<void> {
  const replies = trials.map((trial) => repliesTo(placed, trial))
  const outcomes = await Promise.all(replies.map(async (reply) => judged(of, placed, reply)))
  if (by === 'mean') return total.countEach(placed, outcomes, replies)
  const outcome = together(outcomes, by)
  total.count(placed, outcome, replies[outcomes.indexOf(outcome)] ?? replies[0])
}

const repliesTo = ({ at, questions }: PlacedCase<unknown>, { own, others }: Trial): Replies => ({
  answers: own.slice(at, at + questions),
  others: others.length === 0 ? others : others.slice(at, at + questions),
})

const judged = <C>(
  of: Run<C>,
  { unit, index }: PlacedCase<C>,
  { answers, others }: Replies,
): CaseOutcome | Promise<CaseOutcome> => errorOf(answers) ?? errorOf(others) ?? of.judge(unit, answers, others, index)

function errorOf(answers: readonly Answer[]): string | undefined {
  for (const { error } of answers) if (error !== undefined) return error
  return undefined
}
