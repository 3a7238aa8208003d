import type { CheckResult, Since } from '../../src/results/index.ts'
import { failedCount, testedCount, titleText, whereText } from '../../src/words/sentence.ts'
import { failingShare, timesLimit } from '../../src/words/status.ts'
import { decimal, integer, keepTogether, oneLine, percent, shorten } from '../format.ts'
import { badge } from './badge.ts'
import { valuesText } from './failingValues.ts'
import type { Finding } from './findings.ts'
import type { Page } from './page.ts'
import { html, type Markup } from './template.ts'

/** What stands in a line, over its columns. */
export const headings = ['Status', 'About', 'What', 'How many', 'Share', 'Owner or test', 'Since'] as const

/** A finding on one line: status, subject, what, how many, share, owner, since when. `again`: the line above is about the same. */
export function findingLine({ results }: Finding, page: Page, again: boolean): Markup {
  const [first] = results
  const { waiver } = first
  const where = whereText(first)
  const owner = waiver ? oneLine(waiver.owner) : where && oneLine(where)
  const values = valuesText(first)
  return html`<span class="cell-s">${badge(first.status)}</span> <span class="about${again && ' again'}">${aboutText(results, page)}</span> <span class="what">${whatText(results)}${values && html` <span class="x">${values}</span>`}</span> <span class="r many">${manyText(first)}</span> <span class="r share">${shareOf(first)}</span> <span class="owner x">${waiver ? owner : owner && html`<code>${owner}</code>`}</span> <span class="since x">${sinceText(page.run.since?.[first.id])}</span>`
}

/** `orders.email`; the columns of findings that share a cause. */
function aboutText(results: Finding['results'], { several }: Page): Markup {
  const [{ subject }] = results
  const names = [...new Set(results.map((result) => result.subject.column ?? result.subject.capability))]
  const [own] = names
  const name = oneLine(subject.name)
  if (names.length > 1) return html`<code>${name}</code> <span class="x">${integer(names.length)} columns</span>`
  if (own === undefined) return html`<code>${name}</code>`
  return html`${several && html`<code class="x">${name}${subject.column === undefined ? ' ' : '.'}</code>`}<code>${oneLine(own)}</code>`
}

function whatText(results: Finding['results']): string {
  const titles = [...new Set(results.map(titleOf))]
  const text = titles.length > 3 ? `${titles.slice(0, 3).join(' · ')} · ${titles.length - 3} more` : titles.join(' · ')
  return shorten(oneLine(text), 240)
}

function titleOf(result: CheckResult): string {
  const { slice } = result.subject
  return `${titleText(result)}${slice === undefined ? '' : ` where ${slice}`}`
}

function manyText(result: CheckResult): string {
  const { status, drift, measured } = result
  if (status === 'error') return 'could not run'
  if (status === 'vacuous') return 'nothing to judge'
  if (drift) return Number.isFinite(timesLimit(result)) ? `${decimal(timesLimit(result))} × its limit` : '—'
  const failed = failedCount(result)
  if (failed !== undefined) return `${integer(failed)} of ${integer(testedCount(result))}`
  return keepTogether(shorten(oneLine(measured), 30))
}

function shareOf(result: CheckResult): string {
  if (result.status === 'error' || result.status === 'vacuous' || result.drift) return ''
  const tested = testedCount(result) ?? 0
  const share = failingShare(result) ?? (tested > 0 ? (failedCount(result) ?? 0) / tested : undefined)
  return share === undefined ? '' : keepTogether(percent(share))
}

/** Since when a finding is there, as far as earlier reports tell: `new`, `2026-11-20, 4 runs`. */
export function sinceText(since: Since | undefined): string {
  if (!since || !Number.isFinite(since.runs) || (since.orEarlier && since.runs <= 1)) return 'not known'
  const day = oneLine(since.at.slice(0, 10))
  if (since.runs <= 1) return 'new'
  return `${since.orEarlier ? 'before ' : ''}${day}, ${integer(since.runs)} runs`
}
