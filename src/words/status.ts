import type { CheckResult, Status } from '../results/checkResult.ts'

/** How a status is written; a status is never told by colour alone. */
export const statusWord: Readonly<Record<Status, string>> = {
  fail: 'Fail',
  error: 'Error',
  vacuous: 'Vacuous',
  warn: 'Warn',
  inconclusive: 'Inconclusive',
  accepted: 'Accepted',
  skipped: 'Skipped',
  pass: 'Pass',
}

/** The status as one character, for plain text. */
export const statusGlyph: Readonly<Record<Status, string>> = {
  fail: '✗',
  error: '◆',
  vacuous: '∅',
  warn: '▲',
  inconclusive: '?',
  accepted: '⚑',
  skipped: '○',
  pass: '✓',
}

/** Results a reader should look at: everything but passes and skipped checks. */
export function needsAttention(result: CheckResult): boolean {
  return result.status !== 'pass' && result.status !== 'skipped'
}
