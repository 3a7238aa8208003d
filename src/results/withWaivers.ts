import { beyond, ceilingOf, ceilingText } from './ceiling.ts'
import type { CheckResult, Status } from './checkResult.ts'
import { deadlineTime } from './clock.ts'
import { waivedData } from './waivedData.ts'
import { isExpired, type Waiver } from './waivers.ts'

/**
 * The results with waivers applied, each to the results of its one check. A failure becomes `accepted` and no longer
 * fails its test. It stays a failure that names the waiver past the waiver's last day, past its ceiling, and where it is
 * of other data than what the waiver has accepted in this run. Errors, vacuous and inconclusive results are no known
 * failures: they stay what they are, and say that a waiver does not cover them. A warning stays a warning.
 */
export function withWaivers(
  results: readonly CheckResult[],
  waivers: readonly Waiver[],
  now: Date,
): readonly CheckResult[] {
  if (waivers.length === 0) return results
  const byCheck = new Map(waivers.map((waiver) => [waiver.check, waiver]))
  const today = deadlineTime(now)
  const isOtherData = waivedData(results.filter(({ status }) => status === 'fail'))
  return results.map((result) => {
    const entry = byCheck.get(result.id)
    if (!entry) return result
    const { check: _, ...waiver } = entry
    const { status, message } = result
    if (status === 'fail') {
      const refused = isExpired(waiver, today)
        ? 'expired'
        : waiver.upTo !== undefined && beyond(result, waiver.upTo) !== undefined
          ? 'ceiling'
          : isOtherData(result)
            ? 'data'
            : undefined
      return refused
        ? { ...result, waiver: { ...waiver, refused } }
        : { ...result, waiver, status: 'accepted', blocking: false }
    }
    const left = unaccepted(status)
    if (left === undefined) return result
    const note = `the waiver of ${waiver.owner} does not cover this: it accepts ${left}`
    return { ...result, message: message ? `${message}\n${note}` : note }
  })
}

/** What is said of a check that came to no judgement, where failures are accepted; undefined of one that did. */
export function unaccepted(status: Status): string | undefined {
  if (status !== 'error' && status !== 'vacuous' && status !== 'inconclusive') return undefined
  return `a failure, not a check that is ${status === 'error' ? 'in error' : status}`
}

/** The waiver of a result in words: who accepted the failure until when, how far and why, or why it is not accepted. */
export function waiverText(result: CheckResult): string | undefined {
  const { waiver } = result
  if (!waiver) return undefined
  const { owner, reason, until, upTo, refused } = waiver
  switch (refused ?? (result.status === 'accepted' ? undefined : 'expired')) {
    case 'expired':
      return `the waiver of ${owner} expired on ${until}: ${reason}`
    case 'ceiling':
      return `the waiver of ${owner} accepts up to ${ceilingText(upTo as string, result)}, ${beyond(result, upTo as string)}: ${reason}`
    case 'data':
      return `the waiver of ${owner} accepts one table, and several of this run have its name: give each its own, dataset(…, { name: … })`
    default:
  }
  const far = upTo === undefined ? '' : `, up to ${ceilingText(upTo, result)}`
  const however = upTo === undefined && ceilingOf(result) !== undefined ? ' (without a ceiling)' : ''
  return `accepted by ${owner} until ${until}${far}: ${reason}${however}`
}
