import { blockOf } from '../../src/results/blocks/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { isParted, type QuestionWords, questionsOf } from '../../src/words/questions.ts'
import { needsAttention } from '../../src/words/status.ts'

/** Findings that one look settles: the same rows of a column break them, or they could not run for the same reason. */
export interface ListedFinding {
  /** Worst first; the first stands for all. */
  readonly results: readonly [CheckResult, ...CheckResult[]]
}

/** A line of the list: one finding, or a question that was judged in parts with the findings of it. */
export interface Entry {
  /** What was asked as one, with all of its parts, those that pass too. */
  readonly question?: QuestionWords
  readonly findings: readonly [ListedFinding, ...ListedFinding[]]
}

/** An entry with the findings of it that are drawn. */
export interface DrawnEntry extends Entry {
  readonly drawn: readonly ListedFinding[]
}

/** The first entries, as far as all findings in them are few enough to be drawn. */
export function drawnEntries(entries: readonly Entry[], most: number): readonly DrawnEntry[] {
  let left = most
  return entries.flatMap((entry) => {
    const drawn = entry.findings.slice(0, left)
    left -= drawn.length
    return drawn.length > 0 ? [{ ...entry, drawn }] : []
  })
}

/** The findings, those of one question under it where they are several; each where its first finding stands. */
export function entriesOf(findings: readonly ListedFinding[], results: readonly CheckResult[]): readonly Entry[] {
  const questions = new Map(
    questionsOf(results)
      .filter(isParted)
      .flatMap((question) => question.results.map((result) => [result, question] as const)),
  )
  const questionOf = ({ results: own }: ListedFinding): QuestionWords | undefined => {
    const question = questions.get(own[0])
    // What one question finds in two places is one finding.
    return own.every(({ group }) => group?.id === question?.group?.id) ? question : undefined
  }
  const entries = new Map<
    QuestionWords | ListedFinding,
    { question?: QuestionWords; findings: [ListedFinding, ...ListedFinding[]] }
  >()
  for (const finding of findings) {
    const question = questionOf(finding)
    const entry = entries.get(question ?? finding)
    if (entry) entry.findings.push(finding)
    else entries.set(question ?? finding, { ...(question ? { question } : {}), findings: [finding] })
  }
  return [...entries.values()].map((entry) => (entry.findings.length > 1 ? entry : { findings: entry.findings }))
}

/**
 * What needs attention, one finding per cause. Findings of one column stand together, columns and the findings within
 * them worst first.
 */
export function findingsOf(results: readonly CheckResult[]): ListedFinding[] {
  const columns = new Map<string, Map<string, [CheckResult, ...CheckResult[]]>>()
  results.forEach((result, i) => {
    if (!needsAttention(result)) return
    const { type, name, column = '' } = result.subject
    const cause = causeOf(result)
    // What could not run for one reason is one finding, whichever columns it is about.
    const place = cause?.startsWith('message') ? [type, name, cause] : [type, name, column]
    const key = JSON.stringify(place)
    const causes = columns.get(key) ?? new Map<string, [CheckResult, ...CheckResult[]]>()
    columns.set(key, causes)
    const own = causes.get(cause ?? String(i))
    if (own) own.push(result)
    else causes.set(cause ?? String(i), [result])
  })
  return [...columns.values()].flatMap((causes) => [...causes.values()].map((own) => ({ results: own })))
}

/** What findings of one cause share; undefined where nothing tells. */
function causeOf(result: CheckResult): string | undefined {
  const { status, message, negated, waiver, subject, family } = result
  const sample = blockOf(result, 'rows')
  if ((status === 'error' || status === 'vacuous') && message)
    return `message ${JSON.stringify([status, message, subject.slice])}`
  if (!sample || family === 'drift' || sample.rows.length === 0) return undefined
  const { rows, rowNumbers, files, total, marked, columns, from } = sample
  const which = rowNumbers ? [rowNumbers, files] : rows
  const offending = marked.map((i) => columns[i])
  return `rows ${JSON.stringify([status, negated, waiver, total, offending, which, subject.slice, from])}`
}
