import { blockOf } from '../../src/results/blocks/index.ts'
import type { CheckResult, Since } from '../../src/results/checkResult.ts'
import { tallyText } from '../../src/results/tally.ts'
import { evidenceParts, failedCount, testedCount, titleText, whereText } from '../../src/words/sentence.ts'
import { type QuestionWords, questionSubject } from '../../src/words/questions.ts'
import { needsAttention } from '../../src/words/status.ts'
import { failingShare, timesLimit } from '../../src/results/worstFirst.ts'
import { countText, decimal, integer, shareText } from '../../src/words/text/numbers.ts'
import { keepTogether, shorten, visible } from '../../src/words/text/visible.ts'
import { badge } from './badge.ts'
import type { ListedFinding } from './findings.ts'
import { isKnown, type Page } from './page.ts'
import { html, type Markup } from './template.ts'

/** What stands in a line, over its columns. */
export const headings = ['Status', 'About', 'What', 'How many', 'Share', 'Owner or test', 'Since'] as const

/** A finding on one line: status, subject, what, how many, share, owner, since when. `again`: the line above is about the same. */
export function findingLine({ results }: ListedFinding, page: Page, again: boolean): Markup {
  const [first] = results
  const { waiver } = first
  // The folder of the test is told below.
  const test = whereText(first)?.replace(/^.*[\\/]/, '')
  const values = evidenceParts(first)?.map((text, i) => html`${i > 0 && ', '}<bdi>${text}</bdi>`)
  return html`<span class="cell-s">${badge(first.status)}</span> <span class="whom${again && ' again'}">${aboutText(results, page)}</span> <span class="what"><span>${whatText(results)}</span>${values && html` <span class="x">${values}</span>`}</span> <span class="r many">${manyText(first)}</span> <span class="r share">${shareOf(first)}</span> <span class="owner x">${waiver ? visible(waiver.owner) : test !== undefined && html`<code>${visible(test)}</code>`}</span>${page.knowsSince && html` <span class="since x">${sinceBrief(page.run.since?.[first.id])}</span>`}`
}

/** A question on one line: the worst of its parts, what it is about, what is stated, how many parts need attention. */
export function questionLine(question: QuestionWords, { results: [worst] }: ListedFinding, page: Page): Markup {
  const { results } = question
  const open = results.filter(needsAttention)
  const test = whereText(worst)?.replace(/^.*[\\/]/, '')
  return html`<span class="cell-s">${badge(worst.status)}</span> <span class="whom"><code>${shorten(visible(questionSubject(question)), 120)}</code></span> <span class="what"><span>${shorten(visible(question.group?.title ?? ''), 240)}</span> <span class="x">${tallyText(results, { number: integer })}</span></span> <span class="r many">${integer(open.length)} of ${countText(results.length, 'check')}</span> <span class="r share"></span> <span class="owner x">${test !== undefined && html`<code>${visible(test)}</code>`}</span>${page.knowsSince && html` <span class="since x"></span>`}`
}

/** Characters of a name. */
const NAME = 120

/** `orders.email`; the columns of findings that share a cause. */
function aboutText(results: ListedFinding['results'], { several }: Page): Markup {
  const [{ subject }] = results
  const names = [...new Set(results.map((result) => result.subject.column ?? result.subject.capability))]
  const [own] = names
  const name = shorten(visible(subject.name), NAME)
  // Findings of one cause are about one slice.
  const slice =
    subject.slice !== undefined && html` <span class="x">where ${shorten(visible(subject.slice), 120)}</span>`
  if (names.length > 1)
    return html`<code>${name}</code> <span class="x">${integer(names.length)} columns</span>${slice}`
  if (own === undefined) return html`<code>${name}</code>${slice}`
  return html`${several && html`<code class="x">${name}${subject.column === undefined ? ' ' : '.'}</code>`}<code>${shorten(visible(own), NAME)}</code>${slice}`
}

function whatText(results: ListedFinding['results']): string {
  const titles = [...new Set(results.map(titleText))]
  const text = titles.length > 3 ? `${titles.slice(0, 3).join(' · ')} · ${titles.length - 3} more` : titles.join(' · ')
  return shorten(visible(text), 240)
}

function manyText(result: CheckResult): string {
  const { status, measured } = result
  if (status === 'error') return 'could not run'
  if (status === 'vacuous') return 'nothing to judge'
  if (isDrift(result)) return Number.isFinite(timesLimit(result)) ? `${decimal(timesLimit(result))} × its limit` : '—'
  const failed = failedCount(result)
  if (failed !== undefined) return `${integer(failed)} of ${integer(testedCount(result))}`
  return keepTogether(shorten(visible(measured), 30))
}

const isDrift = (result: CheckResult): boolean => result.family === 'drift' && blockOf(result, 'number') !== undefined

function shareOf(result: CheckResult): string {
  if (result.status === 'error' || result.status === 'vacuous' || isDrift(result)) return ''
  const tested = testedCount(result) ?? 0
  const share = failingShare(result) ?? (tested > 0 ? (failedCount(result) ?? 0) / tested : undefined)
  if (share === undefined) return ''
  return keepTogether(share > 0 && share < 1e-5 ? `< ${shareText(1e-5)}` : shareText(share))
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The same in the space of a column: `20 Nov, 4 runs`. */
function sinceBrief(since: Since | undefined): string {
  if (!since || !isKnown(since) || since.runs <= 1) return sinceText(since)
  const [, month, day] = /^\d{4}-(\d\d)-(\d\d)/.exec(since.at) ?? []
  const text = day === undefined ? visible(since.at.slice(0, 10)) : `${Number(day)} ${months[Number(month) - 1] ?? ''}`
  return since.orEarlier ? `before ${text}` : `${text}, ${integer(since.runs)} runs`
}

/** Since when a finding is there, as far as earlier reports tell: `new`, `2026-11-20, 4 runs`. */
export function sinceText(since: Since | undefined): string {
  if (!since || !isKnown(since)) return 'not known'
  const day = visible(since.at.slice(0, 10))
  if (since.runs <= 1) return 'new'
  return `${since.orEarlier ? 'before ' : ''}${day}, ${integer(since.runs)} runs`
}
