import { relationOf } from '../dataset/opened.ts'
import { measuredSegments } from '../metrics/measuredSegments.ts'
import { runInstant } from '../results/clock.ts'
import { type History, historyOf, readHistory } from '../results/history.ts'
import { resultIds } from '../results/resultId.ts'
import type { CheckInfo, RunContext } from './check.ts'
import type { EvaluateOptions } from './evaluateArguments.ts'
import { measure } from './measure.ts'

/** What is at hand while checks are judged, and the earlier results of each. */
export type JudgingContext = Omit<RunContext, 'history'>

export function judgingContext({
  signal,
  now = runInstant(),
  history = process.env.ASSAY_HISTORY,
}: EvaluateOptions): JudgingContext {
  const kept = (): History | undefined =>
    history === undefined ? undefined : typeof history === 'string' ? readHistory(history) : historyOf(history)
  return {
    signal,
    now,
    keepsHistory: history !== undefined,
    past: ({ kind, subject, question }) =>
      kept()?.of({ kind, subject, trend: resultIds(kind, subject, question).trend }) ?? [],
    relation: (dataset) => relationOf(dataset),
    measure: async (dataset, metrics) => (await measure(await relationOf(dataset), metrics, signal)).values as never,
    segments: async (dataset, column, most, metrics) =>
      measuredSegments(column, most, { metrics, relation: await relationOf(dataset), options: { signal } }),
  }
}

/** What a check has at hand; earlier results are read when it asks for them. */
export function contextOf(check: CheckInfo, context: JudgingContext): RunContext {
  return {
    ...context,
    get history() {
      return context.past(check)
    },
  }
}
