import { type CheckResult, tallyText, waiverText } from '../../src/results/index.ts'
import { duration, integer, keepTogether, oneLine, plural } from '../format.ts'
import { countsText, splitMessage, whereText } from '../../src/words/sentence.ts'
import { needsAttention, statusWord } from '../../src/words/status.ts'
import { whichChecks } from '../verdict.ts'
import { badge } from './badge.ts'
import { comparison } from './charts/comparison.ts'
import type { Page } from './page.ts'
import { sampleTable } from './sampleTable.ts'
import { subjectMarkup } from './subject.ts'
import { html, type Hole, type Markup } from './template.ts'

const mostCards = 30

/** What a reader should look at: one card each, worst first. */
export function attention(page: Page): Markup {
  const all = page.results.filter(needsAttention)
  const cards = all.slice(0, mostCards)
  return html`<section id="attention" aria-labelledby="h-attention"><h2 id="h-attention">Needs attention</h2>
${
  all.length > 0
    ? html`<p class="sub">Failures first, then checks that could not run or had nothing to judge, then warnings, undecided checks and accepted failures.</p>
<div class="cards">${cards.map((result, i) => card(result, page, i === 0))}</div>
${all.length > cards.length && html`<p class="sub more">${integer(all.length - cards.length)} more are in the <a href="#checks">table of checks</a>, worst first.</p>`}`
    : html`<p class="empty panel">${nothingText(page)}</p>`
}</section>`
}

function nothingText({ results, run }: Page): string {
  const passed = results.filter(({ status }) => status === 'pass').length
  if (results.length === 0) return 'No check ran.'
  if (run.problems.length > 0)
    return `No check to look at: ${tallyText(results, { number: integer, those: whichChecks(run) })}. What failed or did not run beside the checks is listed above.`
  if (passed === 0)
    return `Nothing to look at, and nothing was judged: ${plural(results.length, 'check was', 'checks were')} skipped.`
  if (passed === results.length) return `Nothing to look at. All ${plural(passed, 'check')} passed.`
  return `Nothing to look at. ${plural(passed, 'check')} passed, ${integer(results.length - passed)} skipped.`
}

function card(result: CheckResult, page: Page, open: boolean): Markup {
  const chart = result.charts?.[0]
  const { sample, behavior } = result
  return html`<article class="card panel ${result.status}"><div class="main"><div class="head">${badge(result.status)}<h3><a href="#${page.anchor.get(result)}">${subjectMarkup(result, page)} ${result.title}</a></h3>${result.negated && html`<span class="tag">expected not to hold</span>`}<code class="x">${result.matcher ?? result.kind}</code></div>
${sentences(result).map((text) => html`<p class="say">${text}</p>`)}${messageBlock(result)}
${sample && sample.rows.length > 0 && sampleTable(sample, `Failing rows of ${result.title}`, open)}
${behavior && behavior.examples.length > 0 && html`<p class="say">${plural(behavior.examples.length, 'failing example')} below, under Model.</p>`}
${result.sql && result.sql.length > 0 && html`<details><summary>${result.sql.length === 1 ? 'The query' : `${integer(result.sql.length)} queries`}</summary><pre tabindex="0">${result.sql.join('\n\n')}</pre></details>`}</div>
<div class="side">${chart && comparison(chart, result.subject.column ?? result.title)}<dl>${place(result)}</dl></div></article>`
}

function place(result: CheckResult): Hole {
  const where = whereText(result)
  return [
    where !== undefined && html`<div><dt>where</dt><dd><code>${where}</code></dd></div>`,
    result.where && html`<div><dt>test</dt><dd>${result.where.test}</dd></div>`,
    result.subject.reference !== undefined &&
      html`<div><dt>against</dt><dd><code>${result.subject.reference}</code></dd></div>`,
    result.behavior?.perturbation !== undefined &&
      html`<div><dt>change</dt><dd>${result.behavior.perturbation}</dd></div>`,
    html`<div><dt>id</dt><dd><code>${result.id}</code></dd></div>`,
    html`<div><dt>took</dt><dd>${duration(result.ms)}${result.blocking && html` · fails its test`}</dd></div>`,
  ]
}

/** The plain sentences of a card: what was counted, what was expected and found, what that means. */
function sentences(result: CheckResult): Hole[] {
  const { status, drift } = result
  const counts = countsText(result)
  const compared = html`Expected <b>${keepTogether(result.expected)}</b>, measured <b>${keepTogether(result.measured)}</b>.`
  if (status === 'error') return [html`The check could not run, so it says nothing about the data either way.`]
  const lines: Hole[] = []
  if (status === 'vacuous')
    lines.push(
      html`Nothing to judge: ${counts ?? 'no value was left to test'}. A check that tests nothing proves nothing.`,
    )
  else if (result.negated && status === 'fail') lines.push(html`It was expected not to hold, but it does. ${compared}`)
  else if (counts) lines.push(html`<b>${counts.split(' ', 1)[0]}</b>${counts.slice(counts.indexOf(' '))}. ${compared}`)
  else lines.push(compared)
  if (status === 'inconclusive') {
    const rows = drift?.rowsToDecide
    lines.push(
      html`Too little evidence to decide${rows !== undefined && html`; about <b>${integer(rows)}</b> rows on each side would`}.`,
    )
  }
  if (drift) lines.push(`Moved most: ${drift.moved}.`)
  const waiver = waiverText(result)
  if (waiver !== undefined)
    lines.push(
      status === 'accepted' ? `Known failure, ${waiver}` : `${waiver.charAt(0).toUpperCase()}${waiver.slice(1)}`,
    )
  return lines
}

function messageBlock({ message, status, drift }: CheckResult): Hole {
  if (message === undefined || message === '' || message === drift?.moved) return false
  const { first, rest } = splitMessage(message)
  const words = status === 'error' ? "the engine's own words" : `more about this ${statusWord[status].toLowerCase()}`
  return html`<p class="say">${oneLine(first)}</p>${rest && html`<details><summary>${words}</summary><pre tabindex="0">${rest}</pre></details>`}`
}
