import type { CheckResult } from './checkResult.ts'
import { deadlineTime } from './clock.ts'
import { isExpired, type Waiver } from './waivers.ts'

const DAY = 86_400_000
const SOON = 7

/**
 * What a reader should know about the waivers of a run: those that are over, end within a week, or are of a check that
 * holds again. When the whole suite ran, also those that match no check.
 */
export function waiverNotes(
  waivers: readonly Waiver[],
  results: readonly CheckResult[],
  { now: instant, wholeSuite }: { readonly now: Date; readonly wholeSuite: boolean },
): string[] {
  const now = deadlineTime(instant)
  const today = Date.parse(now.toISOString().slice(0, 10))
  return waivers.flatMap((waiver) => {
    const { check, owner, until } = waiver
    const own = results.filter(({ id }) => id === check)
    if (own.length === 0 && wholeSuite) return [`waiver for ${check} of ${owner} matched no check of this run`]
    if (own.length > 0 && own.every(({ status }) => status === 'pass'))
      return [`waiver for ${check} of ${owner} is not needed: the check holds`]
    if (isExpired(waiver, now)) return [`waiver for ${check} of ${owner} expired on ${until}`]
    const left = Math.round((Date.parse(until) - today) / DAY)
    if (left > SOON) return []
    const when = left === 0 ? 'today' : left === 1 ? 'tomorrow' : `in ${left} days`
    return [`waiver for ${check} of ${owner} ends ${when}, after ${until}`]
  })
}
