import type { CheckResult, RunDocument, Since } from '../../src/results/index.ts'
import type { QuestionWords } from '../../src/words/questions.ts'
import { worstFirst } from '../../src/results/worstFirst.ts'
import { type DrawnEntry, drawnEntries, entriesOf, type ListedFinding, findingsOf } from './findings.ts'
import { fitting, type Room, roomFor } from './room.ts'
import type { Markup } from './template.ts'

/** What every section of the page is drawn from. */
export interface Page {
  readonly run: RunDocument
  /** Worst first. */
  readonly results: readonly CheckResult[]
  /** What needs attention, by column and cause. */
  readonly findings: readonly ListedFinding[]
  /** Those of them that are drawn, with the questions they are parts of. */
  readonly entries: readonly DrawnEntry[]
  /** The id of each result's row. */
  readonly anchor: ReadonlyMap<CheckResult, string>
  /** The id of the line of each finding that is drawn, by its first result. */
  readonly findingAnchor: ReadonlyMap<CheckResult, string>
  /** The id of the line of a question. */
  questionAnchor(question: QuestionWords): string
  /** Whether earlier reports tell since when any of the findings is there. */
  readonly knowsSince: boolean
  /** Whether the run is about more than one dataset or model, so that their names must be shown. */
  readonly several: boolean
  /** Rows drawn in the table of checks; the rest travels compressed. */
  readonly cap: number
  /** The elements that each section may take. */
  readonly room: Room
}

/** A part of the page that the bar at its top leads to. */
export interface Section {
  readonly id: string
  readonly title: string
  /** The number beside its name. */
  count?(page: Page): number
  /** A number above 0 is bad news. */
  readonly bad?: boolean
  /** Nothing when the run has nothing of the kind. */
  draw(page: Page): Markup | undefined
}

/** Elements of a row of the table of checks, with its bar. */
const CHECK = 19
/** Findings drawn; the rest stands in the table of checks. */
const mostFindings = 40
/** Elements of a finding with two rows of a wide table. */
const WITH_ROWS = 140

/** Prepares a run for drawing. */
export function preparePage(run: RunDocument, cap: number): Page {
  const room = roomFor(run.results.length)
  const results = worstFirst(run.results)
  const subjects = new Set(run.results.map(({ subject }) => `${subject.type} ${subject.name}`))
  const taken: TakenIds = new Map()
  const anchor = new Map(results.map((result) => [result, uniqueId(`c-${result.id}`, taken)]))
  const findings = findingsOf(results)
  const entries = drawnEntries(entriesOf(findings, results), fitting(room.attention, WITH_ROWS, mostFindings))
  const findingAnchor = new Map(
    entries
      .flatMap(({ drawn }) => drawn)
      .map(({ results: [first] }) => [first, uniqueId(`f-${first.id}`, taken)] as const),
  )
  const questionIds = new Map<QuestionWords, string>()
  const questionAnchor = (question: QuestionWords): string => {
    const id = questionIds.get(question) ?? uniqueId(`q-${question.group?.id}`, taken)
    questionIds.set(question, id)
    return id
  }
  const knowsSince = findings.some(({ results: [{ id }] }) => isKnown(run.since?.[id]))
  return {
    run,
    results,
    findings,
    entries,
    anchor,
    findingAnchor,
    questionAnchor,
    knowsSince,
    several: subjects.size > 1,
    cap: fitting(room.checks, CHECK, cap),
    room,
  }
}

/** Whether an earlier report tells since when: a finding of the first run in a folder may be of any age. */
export function isKnown(since: Since | undefined): boolean {
  return since !== undefined && Number.isFinite(since.runs) && !(since.orEarlier && since.runs <= 1)
}

/** Ids of a page, each with how many were made of its text. */
export type TakenIds = Map<string, number>

/** An id that is valid in HTML and in an address, not yet in `taken`; it is added there. */
export function uniqueId(text: string, taken: TakenIds): string {
  const slug = text
    .replace(/[^A-Za-z0-9_.]+/g, '-')
    .slice(0, 120)
    .replace(/-+$/, '')
  let n = (taken.get(slug) ?? 0) + 1
  while (n > 1 && taken.has(`${slug}-${n}`)) n++
  taken.set(slug, n)
  if (n === 1) return slug
  taken.set(`${slug}-${n}`, 1)
  return `${slug}-${n}`
}
