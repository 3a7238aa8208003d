import type { CheckResult } from '../../src/results/index.ts'
import { tally } from '../../src/results/index.ts'
import { countText, integer } from '../../src/words/text/numbers.ts'
import { duration, instant } from '../../src/words/text/times.ts'
import { shorten, visible } from '../../src/words/text/visible.ts'
import { headline } from '../headline.ts'
import { needsAttention } from '../../src/words/status.ts'
import { verdicts, type Verdict } from '../verdict.ts'
import { badge, glyph } from './badge.ts'
import { statusBar } from './charts/statusBar.ts'
import { behaviorCells } from '../behaviorCells.ts'
import type { Page } from './page.ts'
import { fitting } from './room.ts'
import { drifts } from './sections/drift.ts'
import { html, type Markup } from './template.ts'

const mostVerdicts = 6
/** Characters of a name. */
const NAME = 160
/** Elements of a verdict. */
const VERDICT = 9
/** Verdicts that unfold. */
const mostUnfolded = 500

/** The run in one sentence, one verdict per dataset and model, and its sums. */
export function header(page: Page): Markup {
  const { run } = page
  const { text, status } = headline(run)
  const commit = [run.branch, run.commit?.slice(0, 10)].filter(Boolean).join('@')
  const lines = verdicts(run)
  const unfolded = lines.slice(mostVerdicts, mostVerdicts + fitting(page.room.verdicts, VERDICT, mostUnfolded))
  const left = lines.length - mostVerdicts - unfolded.length
  return html`<header class="top wrap"><p class="crumb"><span>${shorten(visible(run.title), NAME)}</span> <span>${instant(run.at)}</span> ${commit && html`<span><code>${commit}</code></span> `}<span>${duration(run.durationMs)}</span>${run.environment.ci && html` <span>CI</span>`}</p>
<h1><span class="s ${status}">${glyph(status)}</span>${text}</h1>
${run.results.length === 0 && run.outcome.exitCode === 0 && noResults()}
${lines.length > 0 && html`<ul class="verdicts">${lines.slice(0, mostVerdicts).map((line) => verdictLine(line, page))}</ul>`}
${lines.length > mostVerdicts && html`<details class="more-verdicts"><summary>${countText(lines.length - mostVerdicts, 'more dataset or model', 'more datasets and models')}</summary><ul class="verdicts">${unfolded.map((line) => verdictLine(line, page))}</ul>${left > 0 && html`<p class="x">and ${integer(left)} more, whose checks are in the table of checks</p>`}</details>`}
${run.results.length > 0 && sums(page)}${run.results.length === 0 && html`<p class="lede">${testsText(page)}</p>`}</header>`
}

function noResults(): Markup {
  return html`<p class="lede">This run recorded no result of a data or model check. A first one: <code>await expect(dataset('data.csv')).toMatchSchema()</code></p>`
}

function verdictLine({ name, status, claim, text, worst }: Verdict, page: Page): Markup {
  const anchor = worst && (page.findingAnchor.get(worst) ?? page.anchor.get(worst))
  const words = html`<b class="${status}">${claim}</b>`
  return html`<li><code class="name">${shorten(visible(name), NAME)}</code> <span class="s ${status}">${glyph(status)}</span> <span>${anchor === undefined ? words : html`<a href="#${anchor}">${words}</a>`}${text.slice(claim.length)}</span></li>`
}

/** The run in numbers, on one line under a bar of its checks. */
function sums(page: Page): Markup {
  const { results } = page
  const facts = [rowsFact(page), driftFact(results), modelFact(page), testsText(page)]
  return html`<div class="sums">${statusBar(results)}<p class="counts">${tally(results, integer).map(({ status, text }) => html`${badge(status, text)} `)}${facts.map((fact) => fact && html`<span>${fact}</span> `)}</p></div>`
}

function rowsFact({ run }: Page): string | false {
  if (run.datasets.length === 0) return false
  const rows = run.datasets.reduce((sum, dataset) => sum + dataset.rows, 0)
  return `${countText(rows, 'row')} in ${countText(run.datasets.length, 'dataset')}`
}

function driftFact(results: readonly CheckResult[]): string | false {
  const drift = drifts(results).map(({ result }) => result)
  if (drift.length === 0) return false
  const moved = drift.filter((result) => needsAttention(result) && result.status !== 'inconclusive').length
  const open = drift.filter((result) => result.status === 'inconclusive').length
  return `${moved === 0 ? 'none' : integer(moved)} of ${countText(drift.length, 'column')} ${moved === 1 ? 'drifts' : 'drift'}${open > 0 ? `, ${integer(open)} undecided` : ''}`
}

function modelFact({ results }: Page): string | false {
  const cells = behaviorCells(results)
  if (cells.length === 0) return false
  const over = cells.filter((cell) => cell.over).length
  return `${over === 0 ? 'none' : integer(over)} of ${countText(cells.length, 'skill')} ${over === 1 ? 'falls' : 'fall'} short`
}

function testsText({ run: { tests } }: Page): string {
  if (tests.passed + tests.failed + tests.skipped === 0) return 'no ordinary test ran'
  const skipped = tests.skipped ? `, ${integer(tests.skipped)} skipped` : ''
  return tests.failed > 0
    ? `${integer(tests.failed)} of ${countText(tests.failed + tests.passed, 'ordinary test')} failed${skipped}`
    : `${countText(tests.passed, 'ordinary test')} passed${skipped}`
}
