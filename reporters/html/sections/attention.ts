import { tallyText } from '../../../src/results/index.ts'
import { countText, integer } from '../../../src/words/text/numbers.ts'
import { whichChecks } from '../../verdict.ts'
import { findingBody } from '../findingBody.ts'
import { findingLine, headings, questionLine } from '../findingLine.ts'
import type { DrawnEntry, Entry, ListedFinding } from '../findings.ts'
import type { Page, Section } from '../page.ts'
import { problemLine } from '../problemLine.ts'
import { html, type Markup } from '../template.ts'

const mostProblems = 50
/** Elements of a finding without its rows. */
const FINDING = 45

/** What a reader should look at, one line each: what failed beside the checks, then findings, worst first. */
export const attention: Section = {
  id: 'attention',
  title: 'Needs attention',
  count: ({ run, findings }) => run.problems.length + findings.reduce((sum, { results }) => sum + results.length, 0),
  bad: true,
  draw(page) {
    const { entries, findings, run } = page
    const shown = new Set(entries.flatMap(({ drawn }) => drawn))
    const room = page.room.attention / Math.max(1, shown.size) - FINDING
    const left = findings.reduce((sum, finding) => sum + (shown.has(finding) ? 0 : finding.results.length), 0)
    return html`<section id="attention" aria-labelledby="h-attention"><h2 id="h-attention">Needs attention</h2>
${problems(page)}${
  findings.length > 0
    ? html`<div class="panel findings${!page.knowsSince && ' no-since'}"><p class="heads" aria-hidden="true">${headings.slice(0, page.knowsSince ? undefined : -1).map((name, i) => html`<span${(i === 3 || i === 4) && html` class="r"`}>${name}</span>`)}</p>
${entries.map((entry, i) => drawEntry(entry, { page, room }, entries[i - 1], entries.length === 1))}</div>
${!page.knowsSince && html`<p class="sub more">Since when is not known: no earlier report of this run was in the folder. Keep the folder between runs, and the next report tells.</p>`}
${left > 0 && html`<p class="sub more">${integer(left)} more are in the <a href="#checks">table of checks</a>, worst first.</p>`}`
    : (run.problems.length === 0 || run.results.length > 0) && html`<p class="empty panel">${nothingText(page)}</p>`
}</section>`
  },
}

/** The page, and the elements that the rows of each finding may take. */
interface Place {
  readonly page: Page
  readonly room: number
}

/** A finding on its line, or a question on one line that opens to its findings. */
function drawEntry(entry: DrawnEntry, at: Place, before: Entry | undefined, only: boolean): Markup {
  const { question, findings, drawn } = entry
  const { page } = at
  const [first] = findings
  if (question === undefined) return line(first, at, isAgain(first, before))
  const left = findings.slice(drawn.length).reduce((sum, { results }) => sum + results.length, 0)
  return html`<details class="finding question ${first.results[0].status}" id="${page.questionAnchor(question)}"${only && html` open`}><summary>${questionLine(question, first, page)}</summary><div class="members">${drawn.map((finding, i) => line(finding, at, isAgain(finding, i > 0 ? { findings: [drawn[i - 1] as ListedFinding] } : undefined)))}${left > 0 && html`<p class="x">and ${integer(left)} more, in the table of checks</p>`}</div></details>`
}

function line(finding: ListedFinding, { page, room }: Place, again: boolean): Markup {
  const [{ status }] = finding.results
  return html`<details class="finding ${status}" id="${page.findingAnchor.get(finding.results[0])}"><summary>${findingLine(finding, page, again)}</summary>${findingBody(finding, page, room)}</details>`
}

function isAgain({ results: [result] }: ListedFinding, before: Entry | undefined): boolean {
  const other = before?.question === undefined ? before?.findings[0].results[0].subject : undefined
  return (
    other !== undefined &&
    other.type === result.subject.type &&
    other.name === result.subject.name &&
    other.column === result.subject.column &&
    other.capability === result.subject.capability
  )
}

function problems({ run: { problems: all } }: Page): Markup | false {
  if (all.length === 0) return false
  const left = all.length - mostProblems
  return html`<ul class="panel problems" aria-label="What failed or did not run beside the checks">${all.slice(0, mostProblems).map(problemLine)}${left > 0 && html`<li class="x">and ${integer(left)} more, all in report.json</li>`}</ul>`
}

function nothingText({ results, run }: Page): string {
  const passed = results.filter(({ status }) => status === 'pass').length
  if (results.length === 0) return 'No check ran.'
  if (run.problems.length > 0)
    return `No check to look at: ${tallyText(results, { number: integer, qualifier: whichChecks(run) })}. What failed or did not run beside the checks is listed above.`
  if (passed === 0)
    return `Nothing to look at, and nothing was judged: ${countText(results.length, 'check was', 'checks were')} skipped.`
  if (passed === results.length) return `Nothing to look at. All ${countText(passed, 'check')} passed.`
  return `Nothing to look at. ${countText(passed, 'check')} passed, ${integer(results.length - passed)} skipped.`
}
