import { Chalk, type ChalkInstance } from 'chalk'
import { blockOf } from '../src/results/blocks/index.ts'
import type { CheckResult, Problem, RunDocument, Status } from '../src/results/index.ts'
import { tally, waiverText } from '../src/results/index.ts'
import { countText, integer } from '../src/words/text/numbers.ts'
import { duration } from '../src/words/text/times.ts'
import { shorten, visible } from '../src/words/text/visible.ts'
import {
  evidenceBrief,
  failedCount,
  splitMessage,
  subjectText,
  testedCount,
  titleText,
  whereText,
} from '../src/words/sentence.ts'
import { needsAttention, statusGlyph, statusWord } from '../src/words/status.ts'
import { worstFirst } from '../src/results/worstFirst.ts'
import { type Headline, headline, problemStatus } from './headline.ts'
import { problemConsequence, problemHeading, problemPlace } from './problemText.ts'
import { isBad, type Verdict, verdicts, whichChecks } from './verdict.ts'

/** Options of the summary in the terminal. */
export interface TerminalOptions {
  /** Whether to color; without it as the terminal allows. */
  readonly color?: boolean
  /** Columns of the terminal; 100. */
  readonly width?: number
  /** Lines of results before the rest is only counted; 20. With 0 results are left to others. */
  readonly most?: number
  /** Where the HTML report was written. */
  readonly report?: string
}

const MOST_NOTES = 10
const MOST_PROBLEMS = 20

/** What does not pass, one line each, and the counts: the end of a vitest run. */
export function terminal(run: RunDocument, options: TerminalOptions = {}): string {
  const paint = options.color === undefined ? new Chalk() : new Chalk({ level: options.color ? 1 : 0 })
  const width = Math.max(40, options.width ?? 100)
  const most = options.most ?? 20
  const open = most > 0 ? worstFirst(run.results).filter(needsAttention) : []
  const lines = run.problems.slice(0, MOST_PROBLEMS).map((problem) => problemLine(problem, paint))
  if (run.problems.length > MOST_PROBLEMS) lines.push(` … and ${number(run.problems.length - MOST_PROBLEMS)} more`)
  lines.push(...open.slice(0, most).map((result) => resultLine(result, paint, width)))
  if (open.length > most) lines.push(` … and ${number(open.length - most)} more`)
  if (lines.length > 0) lines.push('')
  const bad = verdicts(run).filter(isBad)
  for (const verdict of bad.slice(0, 8)) {
    lines.push(
      ` ${color(verdict.status, paint)(statusGlyph[verdict.status])} ${paint.bold(visible(verdict.name))} ${visible(verdict.text)}`,
    )
  }
  if (bad.length > 8) lines.push(` … and ${number(bad.length - 8)} more`)
  for (const note of run.notes.slice(0, MOST_NOTES)) lines.push(` ${paint.dim('note')} ${shorten(visible(note), 240)}`)
  if (run.notes.length > MOST_NOTES) lines.push(` … and ${number(run.notes.length - MOST_NOTES)} more notes`)
  const head = headline(run)
  if (needsHeadline(run, head, bad)) {
    const glyph = color(head.status, paint)(statusGlyph[head.status])
    lines.push(` ${glyph} ${paint.bold(shorten(visible(head.text), 400))}`)
  }
  lines.push(countsLine(run, head, paint))
  if (options.report !== undefined) lines.push(` ${paint.dim('report')} ${visible(options.report)}`)
  return `${lines.join('\n')}\n`
}

function resultLine(result: CheckResult, paint: ChalkInstance, width: number): string {
  const { status } = result
  const head = `${color(status, paint)(statusGlyph[status])} ${color(status, paint)(statusWord[status])}`
  const subject = shorten(visible(subjectText(result)), 48)
  const title = shorten(visible(titleText(result)), Math.max(20, width - subject.length - 12))
  const details = [
    ...(status === 'error'
      ? [shorten(visible(splitMessage(result.message ?? 'could not run').first), 120)]
      : [`expected ${shorten(visible(result.expected), 48)}`, `measured ${shorten(visible(result.measured), 48)}`]),
    failedText(result),
    evidenceBrief(result),
    shorten(visible(waiverText(result) ?? ''), 160),
    visible(whereText(result) ?? ''),
  ].filter((text) => text)
  return ` ${head} ${paint.bold(subject)} ${title}  ${paint.dim(details.join('  '))}`
}

function failedText(result: CheckResult): string | undefined {
  const failed = failedCount(result)
  const tested = testedCount(result)
  if (failed === undefined || tested === undefined) return undefined
  return `${number(failed)} of ${number(tested)} ${blockOf(result, 'rates') ? 'cases' : 'rows'}`
}

/** The sentence stands where the counts alone, or problems and verdicts above, would say less than is true. */
function needsHeadline(run: RunDocument, head: Headline, bad: readonly Verdict[]): boolean {
  if (run.results.length === 0 || whichChecks(run) !== '' || run.problems.length > MOST_PROBLEMS) return true
  return bad.length === 0 && (head.status === 'fail' || run.problems.length > 0)
}

function problemLine(problem: Problem, paint: ChalkInstance): string {
  const status = problemStatus(problem)
  const head = color(status, paint)(`${statusGlyph[status]} ${problemHeading(problem)}`)
  const test = problem.test === undefined ? '' : `${paint.bold(shorten(visible(problem.test), 80))} `
  const details = [problemConsequence(problem), problemPlace(problem) ?? ''].map(visible).filter((text) => text)
  const rest = details.length > 0 ? `  ${paint.dim(details.join('  '))}` : ''
  return ` ${head} ${test}${shorten(visible(problem.text), 200)}${rest}`
}

function countsLine(run: RunDocument, head: Headline, paint: ChalkInstance): string {
  // Green is said of the run, so passes of a run that went wrong are not.
  const calm = (status: Status): ChalkInstance =>
    status === 'pass' && head.status !== 'pass' ? paint : color(status, paint)
  const parts = tally(run.results, number).map(({ status, text }) => calm(status)(text))
  const rest = `${countText(run.results.length, 'check')} · ${duration(run.durationMs)}`
  return ` ${[...parts, paint.dim(rest)].join('  ')}`
}

function color(status: Status, paint: ChalkInstance): ChalkInstance {
  if (status === 'fail') return paint.red
  if (status === 'error' || status === 'vacuous') return paint.magenta
  if (status === 'warn') return paint.yellow
  if (status === 'inconclusive' || status === 'accepted') return paint.cyan
  return status === 'pass' ? paint.green : paint.dim
}

function number(value: number): string {
  return integer(value)
}
