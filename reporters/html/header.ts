import type { CheckResult } from '../../src/results/index.ts'
import { tally } from '../../src/results/index.ts'
import { duration, instant, integer, keepTogether, oneLine, plural, sentenceList, shorten } from '../format.ts'
import { headline } from '../headline.ts'
import { needsAttention } from '../../src/words/status.ts'
import { verdicts, worstText, type Verdict } from '../verdict.ts'
import { badge, glyph } from './badge.ts'
import { strip } from './charts/strip.ts'
import { behaviorCells } from '../behaviorCells.ts'
import { problemList } from './problems.ts'
import type { Page } from './page.ts'
import { html, type Markup } from './template.ts'

const mostVerdicts = 12

/** The run in one sentence, one verdict per dataset and model, and four tiles of numbers. */
export function header(page: Page): Markup {
  const { run } = page
  const { text, status } = headline(run)
  const commit = [run.branch, run.commit?.slice(0, 10)].filter(Boolean).join('@')
  const lines = verdicts(run)
  return html`<header class="top wrap"><p class="crumb"><span>${run.title}</span> <span>${instant(run.at)}</span> ${commit && html`<span><code>${commit}</code></span> `}<span>${duration(run.durationMs)}</span>${run.environment.ci && html` <span>CI</span>`}</p>
<h1><span class="s ${status}">${glyph(status)}</span>${text}</h1>
${problemList(run.problems)}${run.results.length === 0 && run.outcome.exitCode === 0 && noResults()}
${lines.length > 0 && html`<ul class="verdicts">${lines.slice(0, mostVerdicts).map((line) => verdictLine(line, page))}</ul>`}
${lines.length > mostVerdicts && html`<details class="more-verdicts"><summary>${plural(lines.length - mostVerdicts, 'more dataset or model', 'more datasets and models')}</summary><ul class="verdicts">${lines.slice(mostVerdicts).map((line) => verdictLine(line, page))}</ul></details>`}
${run.results.length > 0 && tiles(page)}${run.results.length === 0 && html`<p class="lede">${testsText(page)}</p>`}</header>`
}

function noResults(): Markup {
  return html`<p class="lede">This run recorded no result of a data or model check. A first one: <code>await expect(dataset('data.csv')).toMatchSchema()</code></p>`
}

function verdictLine(verdict: Verdict, page: Page): Markup {
  const worst = worstText(verdict)
  const anchor = verdict.worst && page.anchor.get(verdict.worst)
  return html`<li><code class="name">${verdict.name}</code> <span class="s ${verdict.status}">${glyph(verdict.status)}</span> <span><b class="${verdict.status}">${verdict.claim}</b>${verdict.text.slice(verdict.claim.length)}${worst && html` <span class="worst">Worst: <a href="#${anchor}">${keepTogether(shorten(oneLine(worst), 140))}</a></span>`}</span></li>`
}

function tiles(page: Page): Markup {
  const { run, results } = page
  return html`<div class="tiles"><div class="tile panel wide"><p class="k">${plural(results.length, 'check')}, worst first</p>${strip(results)}<p class="d counts">${tally(results, integer).map(({ status, text }) => badge(status, text))}</p></div>
${rowsTile(page)}${driftTile(results)}${modelTile(page)}<div class="tile panel"><p class="k">Ordinary tests</p><p class="n">${integer(run.tests.passed + run.tests.failed)}</p><p class="d">${testsText(page)}</p></div></div>`
}

function rowsTile({ run }: Page): Markup | false {
  if (run.datasets.length === 0) return false
  const rows = run.datasets.reduce((sum, dataset) => sum + dataset.rows, 0)
  const columns = run.datasets.reduce((sum, dataset) => sum + dataset.columns.length, 0)
  return html`<div class="tile panel"><p class="k">Rows looked at</p><p class="n">${integer(rows)}</p><p class="d">${plural(run.datasets.length, 'dataset')} · ${plural(columns, 'column')}</p></div>`
}

function driftTile(results: readonly CheckResult[]): Markup | false {
  const drift = results.filter((result) => result.drift)
  if (drift.length === 0) return false
  const moved = drift.filter((result) => needsAttention(result) && result.status !== 'inconclusive')
  const open = drift.filter((result) => result.status === 'inconclusive').length
  const names = moved.slice(0, 3).map(({ subject }) => shorten(oneLine(subject.column ?? subject.name), 24))
  const more = moved.length > 3 ? ` and ${integer(moved.length - 3)} more` : ''
  const text =
    moved.length > 0 ? (more ? names.join(', ') + more : sentenceList(names)) : 'no column moved past its limit'
  return html`<div class="tile panel"><p class="k">Columns that drift</p><p class="n">${integer(moved.length)} <span class="d">of ${integer(drift.length)}</span></p><p class="d">${text}${open > 0 && html`; ${integer(open)} undecided`}</p></div>`
}

function modelTile({ results }: Page): Markup | false {
  const cells = behaviorCells(results)
  if (cells.length === 0) return false
  const over = cells.filter((cell) => cell.over)
  const names = over.slice(0, 2).map((cell) => `${shorten(oneLine(cell.capability), 20)} ${cell.type}`)
  const more = over.length > 2 ? ` and ${integer(over.length - 2)} more` : ''
  return html`<div class="tile panel"><p class="k">Skills below their limit</p><p class="n">${integer(over.length)} <span class="d">of ${integer(cells.length)}</span></p><p class="d">${over.length > 0 ? names.join(', ') + more : 'every pass rate reaches its limit'}</p></div>`
}

function testsText({ run: { tests } }: Page): string {
  if (tests.passed + tests.failed + tests.skipped === 0) return 'no ordinary test ran'
  const skipped = tests.skipped ? `, ${integer(tests.skipped)} skipped` : ''
  return tests.failed > 0
    ? `${integer(tests.failed)} failed, ${integer(tests.passed)} passed${skipped}`
    : `${plural(tests.passed, 'ordinary test')} passed${skipped}`
}
