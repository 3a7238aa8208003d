import { Chalk, type ChalkInstance } from 'chalk'
import type { CheckResult, RunDocument, Status } from '../src/results/index.ts'
import { countByStatus, statusOrder, waiverText } from '../src/results/index.ts'
import { duration, integer, logLine, plainSpaces, plural, shorten } from './format.ts'
import { failedCount, splitMessage, subjectText, testedCount, titleText, whereText } from './sentence.ts'
import { needsAttention, statusGlyph, statusWord, worstFirst } from './status.ts'
import { isBad, verdicts } from './verdict.ts'

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

/** What does not pass, one line each, and the counts: the end of a vitest run. */
export function terminal(run: RunDocument, options: TerminalOptions = {}): string {
  const paint = options.color === undefined ? new Chalk() : new Chalk({ level: options.color ? 1 : 0 })
  const width = Math.max(40, options.width ?? 100)
  const most = options.most ?? 20
  const open = most > 0 ? worstFirst(run.results).filter(needsAttention) : []
  const lines = open.slice(0, most).map((result) => resultLine(result, paint, width))
  if (open.length > most) lines.push(` … and ${number(open.length - most)} more`)
  if (lines.length > 0) lines.push('')
  const bad = verdicts(run).filter(isBad)
  for (const verdict of bad.slice(0, 8)) {
    lines.push(
      ` ${color(verdict.status, paint)(statusGlyph[verdict.status])} ${paint.bold(logLine(verdict.name))} ${plainSpaces(verdict.text)}`,
    )
  }
  if (bad.length > 8) lines.push(` … and ${number(bad.length - 8)} more`)
  for (const note of run.notes.slice(0, MOST_NOTES)) lines.push(` ${paint.dim('note')} ${shorten(logLine(note), 240)}`)
  if (run.notes.length > MOST_NOTES) lines.push(` … and ${number(run.notes.length - MOST_NOTES)} more notes`)
  lines.push(countsLine(run, paint))
  if (options.report !== undefined) lines.push(` ${paint.dim('report')} ${logLine(options.report)}`)
  return `${lines.join('\n')}\n`
}

function resultLine(result: CheckResult, paint: ChalkInstance, width: number): string {
  const { status } = result
  const head = `${color(status, paint)(statusGlyph[status])} ${color(status, paint)(statusWord[status])}`
  const subject = shorten(logLine(subjectText(result)), 48)
  const title = shorten(logLine(titleText(result)), Math.max(20, width - subject.length - 12))
  const details = [
    ...(status === 'error'
      ? [shorten(logLine(splitMessage(result.message ?? 'could not run').first), 120)]
      : [`expected ${shorten(logLine(result.expected), 48)}`, `measured ${shorten(logLine(result.measured), 48)}`]),
    failedText(result),
    shorten(logLine(waiverText(result) ?? ''), 160),
    logLine(whereText(result) ?? ''),
  ].filter((text) => text)
  return ` ${head} ${paint.bold(subject)} ${title}  ${paint.dim(details.join('  '))}`
}

function failedText(result: CheckResult): string | undefined {
  const failed = failedCount(result)
  const tested = testedCount(result)
  if (failed === undefined || tested === undefined) return undefined
  return `${number(failed)} of ${number(tested)} ${result.behavior ? 'cases' : 'rows'}`
}

function countsLine(run: RunDocument, paint: ChalkInstance): string {
  const counts = countByStatus(run.results)
  const present = statusOrder.filter((status) => counts[status] > 0)
  const parts = present.map((status) =>
    color(status, paint)(`${number(counts[status])} ${statusWord[status].toLowerCase()}`),
  )
  const rest = plainSpaces(`${plural(run.results.length, 'check')} · ${duration(run.durationMs)}`)
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
  return integer(value, ' ')
}
