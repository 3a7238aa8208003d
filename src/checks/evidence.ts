import { kindOf } from '../errors.ts'
import { numberText } from '../words/text/numbers.ts'
import type { CheckInfo, Judgement } from './check.ts'
import { described } from './receiver.ts'

/** Verdicts that need a tested value. */
const judging: readonly unknown[] = ['pass', 'warn', 'fail', 'vacuous']
const verdicts: readonly unknown[] = [...judging, 'inconclusive', 'error', 'skipped']

/**
 * The verdict with the evidence it needs: without a tested value a check is `vacuous`, whatever it says itself, unless
 * it allows that. What is no verdict at all is an error.
 */
export function evidenced(check: CheckInfo, judgement: Judgement): Judgement {
  if (typeof judgement !== 'object' || judgement === null || !verdicts.includes(judgement.status)) {
    const found = typeof judgement === 'object' && judgement !== null ? `status ${String(judgement.status)}` : ''
    const message = `${check.kind} returned ${found || kindOf(judgement)}, which is no verdict`
    return { status: 'error', measured: 'no verdict', message }
  }
  const { status, counts } = judgement
  if (typeof judgement.measured !== 'string') {
    const message = `${check.kind} returned ${status} with measured: ${described(judgement.measured)}, which is no text`
    return { status: 'error', measured: 'no verdict', message }
  }
  if (counts?.tested !== 0 || !judging.includes(status)) return judgement
  const { allowEmpty = false } = ownMembers(check)
  const why = counts.rows === 0 ? 'there are no rows' : `all ${numberText(counts.rows)} values are missing`
  const measured = `nothing to judge: ${why}`
  const { message: _, value: __, ...rest } = judgement
  if (allowEmpty === true || (allowEmpty === 'missing' && counts.rows > 0)) return { ...rest, status: 'pass', measured }
  return {
    ...rest,
    status: 'vacuous',
    measured,
    message: `${why}, so nothing was shown; pass allowEmpty: true if that is fine`,
  }
}

/** Whether the check only says something beside what others judge. */
export function isRemark(check: CheckInfo): boolean {
  return ownMembers(check).remark === true
}

/** The judgement of a group in which no member judges anything. */
export function nothingJudged({ kind }: CheckInfo): Judgement {
  return {
    status: 'vacuous',
    measured: 'nothing was judged',
    message: `${kind} asks nothing that can be judged, so nothing was shown`,
  }
}

/** The members that stand on the object itself: what a polluted prototype holds decides no verdict. */
export function ownMembers<T extends object>(object: T): T {
  return Object.assign(Object.create(null) as T, object)
}
