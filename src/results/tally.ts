import { numberText } from '../words/text/numbers.ts'
import { type CheckResult, type Status, statusOrder } from './checkResult.ts'
import { countByStatus } from './runDocument.ts'

/** Results of one status, counted: `2 fail`. */
export interface Tally {
  readonly status: Status
  readonly count: number
  /** The number and what became of them, after which `of 14 checks` would fit: `2 fail`, `1 is undecided`. */
  readonly text: string
}

/** What becomes of one check, and of several. */
const verbs: Readonly<Record<Status, readonly [string, string]>> = {
  fail: ['fails', 'fail'],
  error: ['could not run', 'could not run'],
  vacuous: ['had nothing to judge', 'had nothing to judge'],
  warn: ['warns', 'warn'],
  inconclusive: ['is undecided', 'are undecided'],
  accepted: ['is an accepted failure', 'are accepted failures'],
  skipped: ['was skipped', 'were skipped'],
  pass: ['passes', 'pass'],
}

/** The statuses of results with their counts, worst first; a status that no result has is left out. */
export function tally(results: readonly CheckResult[], number: (count: number) => string = numberText): Tally[] {
  const counts = countByStatus(results)
  return statusOrder
    .filter((status) => counts[status] > 0)
    .map((status) => {
      const count = counts[status]
      const [one, many] = verbs[status]
      return { status, count, text: `${number(count)} ${count === 1 ? one : many}` }
    })
}

/**
 * Results summed up: `all 14 checks pass`, `2 of 14 checks fail, 1 is undecided`: the rest of them pass. Nothing but a
 * pass is ever counted as one. `qualifier` follows the word: `that ran`.
 */
export function tallyText(
  results: readonly CheckResult[],
  {
    number = numberText,
    qualifier = '',
  }: { readonly number?: (count: number) => string; readonly qualifier?: string } = {},
): string {
  const total = results.length
  const checks = `${total === 1 ? 'check' : 'checks'}${qualifier === '' ? '' : ` ${qualifier}`}`
  const parts = tally(results, number)
  const [first, ...rest] = parts
  if (!first) return `no ${checks}`
  if (rest.length === 0) {
    const verb = first.text.slice(number(first.count).length)
    if (total === 1) return `its ${checks}${verb}`
    return `${total === 2 ? 'both' : `all ${number(total)}`} ${checks}${verb}`
  }
  const verb = first.text.slice(number(first.count).length)
  const head = `${number(first.count)} of ${number(total)} ${checks}${verb}`
  return [head, ...rest.filter(({ status }) => status !== 'pass').map(({ text }) => text)].join(', ')
}
