import { isMeasure, type PastResult } from '../results/history.ts'
import { numberText, shareText } from '../words/text/numbers.ts'
import { type Bounds, inWords, limitsOf, within } from './bounds.ts'
import type { Judgement } from './check.ts'
import { type OnInconclusive, undecided } from './undecided.ts'

/** Limits of how far a number may be from what it was. */
export interface AskedChange {
  readonly change?: Bounds | undefined
  readonly onInconclusive?: OnInconclusive
}

/** What is expected of a change, to stand after what else is expected. */
export function changeWords({ change }: AskedChange): string {
  return change === undefined ? '' : `, ${inWords(change, percent)} change since the run before`
}

const percent = (share: number): string => shareText(share)

/**
 * A judgement that holds, held to the change since the latest run in which the question held, was accepted, or had
 * nothing to be compared with: what failed is nothing to compare with, or asking again would make it pass. Without such a
 * run the verdict is `inconclusive`.
 */
export function judgedChange(
  judgement: Judgement,
  options: AskedChange & { readonly severity?: 'error' | 'warn' },
  context: { readonly now: Date; readonly history: readonly PastResult[] },
): Judgement {
  const { change } = options
  const { status, value } = judgement
  if (change === undefined || status !== 'pass' || value === undefined) return judgement
  const { now, history } = context
  const earlier = history.filter(({ at }) => Date.parse(at) < now.getTime())
  const before = earlier.findLast(({ status: came }) => isMeasure(came))
  if (!before) {
    const message =
      earlier.length === 0
        ? 'there is no earlier run to compare with: the history is kept beside the report'
        : 'no earlier run is one to compare with: it failed in all of them'
    return undecided({ ...judgement, message }, options)
  }
  const share = changeOf(before.value, value)
  const measured = `${judgement.measured}, ${grownBy(share, limitsOf(change))}`
  const commit = before.commit === undefined ? '' : ` (${before.commit.slice(0, 7)})`
  const run = `the run of ${before.at}${commit}`
  if (within(share, change)) return { ...judgement, measured }
  return {
    ...judgement,
    status: 'fail',
    measured,
    message: `it was ${numberText(before.value)} in ${run}`,
    discreet: (judgement.discreet ?? []).map((told) => ({ message: `it was another in ${run}`, ...told })),
  }
}

function grownBy(share: number, beside: readonly number[]): string {
  if (share === 0) return 'as in the run before'
  if (!Number.isFinite(share)) return 'and 0 in the run before'
  return `${share > 0 ? '+' : ''}${shareText(share, beside)} since the run before`
}

/** By which share of what it was a number grew; from 0 to anything else is more than any share. */
function changeOf(before: number, value: number): number {
  return before === value ? 0 : (value - before) / Math.abs(before)
}
