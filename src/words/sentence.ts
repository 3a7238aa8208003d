import { blockBrief, blockOf } from '../results/blocks/index.ts'
import type { CheckResult } from '../results/checkResult.ts'
import { countText, integer, shareText } from './text/numbers.ts'
import { failingShare } from '../results/worstFirst.ts'

/** What a result is about, in words: `flights.delay where origin = "SEA"`. */
export function subjectText({ subject }: CheckResult): string {
  const name = subject.column === undefined ? subject.name : `${subject.name}.${subject.column}`
  return `${name}${subject.slice ? ` where ${subject.slice}` : ''}`
}

/** The statement that was judged, saying so when it was expected not to hold. */
export function titleText(result: CheckResult): string {
  const { reference } = result.subject
  const against = reference && !result.title.includes(reference) ? ` (against ${reference})` : ''
  return `${result.title}${against}${result.negated ? ', expected not to hold' : ''}`
}

/** Failing rows in words, when rows were counted: `74 099 of 1 284 310 tested rows break it (5.77 %)`. */
export function countsText(result: CheckResult): string | undefined {
  const { counts, status } = result
  const { overall } = blockOf(result, 'rates') ?? {}
  if (overall) {
    if (overall.rate === undefined) return `no case was applicable (${integer(overall.notApplicable)} were not)`
    const tested = overall.passed + overall.failed + overall.errors
    const errors = overall.errors ? `, ${integer(overall.errors)} could not be predicted` : ''
    return `${integer(overall.failed)} of ${countText(tested, 'case')} failed${errors} (pass rate ${shareText(overall.rate)})`
  }
  if (!counts) return undefined
  if (status === 'vacuous' || counts.tested === 0) {
    return `0 of ${countText(counts.rows, 'row')} could be tested (${integer(counts.missing)} missing)`
  }
  const share = failingShare(result) as number
  const missing = counts.missing ? `; ${integer(counts.missing)} missing were not tested` : ''
  const verb = counts.failed === 1 ? 'breaks' : 'break'
  return `${integer(counts.failed)} of ${countText(counts.tested, 'tested row')} ${verb} it (${shareText(share)})${missing}`
}

/** A share that changed: `10 % → 31 %`. */
export function sharesText(before: number, after: number): string {
  return `${shareText(before, [after])} → ${shareText(after, [before])}`
}

/** The failing rows of a result as a short number for a table, `undefined` when nothing was counted. */
export function failedCount(result: CheckResult): number | undefined {
  return result.counts?.failed ?? blockOf(result, 'rates')?.overall.failed
}

/** The rows or cases a result was judged on. */
export function testedCount(result: CheckResult): number | undefined {
  if (result.counts) return result.counts.tested
  const { overall } = blockOf(result, 'rates') ?? {}
  return overall && overall.passed + overall.failed + overall.errors
}

/** The commonest failing values in the space of a line: `n/a × 991, missing × 81`. */
export function evidenceBrief(result: CheckResult): string | undefined {
  return evidenceParts(result)?.join(', ')
}

/** The same, one by one. */
export function evidenceParts({ evidence }: CheckResult): readonly string[] | undefined {
  return evidence.map(blockBrief).find((parts) => parts !== undefined)
}

/** `test/orders.test.ts:36`. */
export function whereText({ where }: CheckResult): string | undefined {
  return where && (Number.isInteger(where.line) ? `${where.file}:${where.line}` : where.file)
}

/** Splits a message into our own first line and the rest, where an engine's words may be. */
export function splitMessage(message: string): { first: string; rest: string } {
  const end = message.indexOf('\n')
  return end < 0
    ? { first: message, rest: '' }
    : { first: message.slice(0, end), rest: message.slice(end + 1).trimEnd() }
}
