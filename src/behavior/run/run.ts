import { elapsed } from '../../realTimers.ts'
import type { Trials } from '../repeats.ts'
import { type Batch, drawn, drawnByWeight, inOrder } from './batches.ts'
import { CaseCounts } from './caseCounts.ts'
import type { Run, RunFindings } from './definition.ts'
import { judgeCases } from './judgedCases.ts'
import { questionsOf } from './questions.ts'
import { trialsOf } from './trials.ts'

/** Cases that are predicted and judged together, so that memory does not grow with their number. */
const TOGETHER = 8192

const ONCE: Trials = { times: 1, by: 'all' }

/**
 * Asks a model about cases and judges its answers: the one way in which all behavioral tests run. Cases may stream in.
 * Each distinct input is predicted once for all assertions about the model; with `repeats` anew each time.
 */
export async function run<C>(cases: Iterable<C> | AsyncIterable<C>, of: Run<C>): Promise<RunFindings> {
  const start = elapsed()
  const { repeats = ONCE, spending } = of
  const { times, by } = repeats
  const counts = new CaseCounts(of)
  let calls = 0
  for await (const batch of batchesOf(cases, of, times)) {
    const questions = questionsOf(batch, of, spending ? Math.floor((spending.calls - calls) / times) : Infinity)
    calls += questions.inputs.length * times
    const trials = await trialsOf(of, questions.inputs, { times, calls })
    await judgeCases(of, batch, questions, { trials, by }, counts)
    // Were those that do not fit passed over, short cases would be drawn more often than long ones.
    if (questions.cases.length < batch.cases.length) break
    if (spending && (calls + times > spending.calls || spending.isSure(counts.total, counts.capabilities))) break
  }
  const seconds = (elapsed() - start) / 1000
  return { ...counts.findings(), seconds, calls }
}

function batchesOf<C>(
  cases: Iterable<C> | AsyncIterable<C>,
  of: Run<C>,
  times: number,
): Iterable<Batch<C>> | AsyncIterable<Batch<C>> {
  const { model, other, spending } = of
  if (!spending) return inOrder(cases, model.whole || other?.whole ? Infinity : TOGETHER)
  const order = { most: Math.floor(spending.calls / times), seed: spending.seed }
  return spending.byWeight
    ? drawnByWeight(cases, { ...order, weight: (unit) => of.weight?.(unit) ?? 1 })
    : drawn(cases, order)
}
