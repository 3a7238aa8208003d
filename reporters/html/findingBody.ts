import { blockOf } from '../../src/results/blocks/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { queriesOf } from '../../src/results/sharedQueries.ts'
import { waiverText } from '../../src/results/withWaivers.ts'
import { blocksHtml } from '../blocks/index.ts'
import { countsText, splitMessage, titleText, whereText } from '../../src/words/sentence.ts'
import { statusWord } from '../../src/words/status.ts'
import { countText, integer } from '../../src/words/text/numbers.ts'
import { duration } from '../../src/words/text/times.ts'
import { keepTogether, visible } from '../../src/words/text/visible.ts'
import { sinceText } from './findingLine.ts'
import type { ListedFinding } from './findings.ts'
import type { Page } from './page.ts'
import { html, type MarkupHole, type Markup } from './template.ts'

/** Further checks of one cause that are drawn; the rest stands in the table of checks. */
const mostOthers = 20

/** What unfolds under the line of a finding: what was expected and measured, failing values, rows, the query, where it is asked. */
export function findingBody({ results }: ListedFinding, page: Page, room: number): Markup {
  const [result, ...others] = results
  const { under, beside } = blocksHtml(result, room)
  const queries = queriesOf(result, page.run)
  return html`<div class="finding-body"><div class="main">${result.negated && html`<p class="say"><span class="tag">expected not to hold</span></p>`}
${sentences(result).map((text) => html`<p class="say">${text}</p>`)}${messageBlock(result)}${under}
${queries.length > 0 && html`<details class="sql"><summary>${queries.length === 1 ? 'The query' : `${integer(queries.length)} queries`}</summary><pre tabindex="0">${queries.join('\n\n')}</pre></details>`}
${others.length > 0 && html`<p class="say">${blockOf(result, 'rows') ? 'The same rows break' : 'For the same reason could not run'} ${countText(others.length, 'other check')}:</p><ul class="others">${others.slice(0, mostOthers).map((other) => otherCheck(other, page))}${others.length > mostOthers && html`<li class="x">and ${integer(others.length - mostOthers)} more, in the table of checks</li>`}</ul>`}</div>
<div class="side">${beside}<dl>${place(result, page)}</dl></div></div>`
}

function otherCheck(result: CheckResult, page: Page): Markup {
  const where = whereText(result)
  return html`<li><a href="#${page.anchor.get(result)}">${result.subject.column !== undefined && html`<code>${visible(result.subject.column)}</code> `}${titleText(result)}</a>${where !== undefined && html` <code class="x">${visible(where)}</code>`}</li>`
}

function place(result: CheckResult, page: Page): MarkupHole {
  const where = whereText(result)
  const rates = blockOf(result, 'rates')
  return [
    where !== undefined && html`<div><dt>where</dt><dd><code>${where}</code></dd></div>`,
    result.where && html`<div><dt>test</dt><dd>${result.where.test}</dd></div>`,
    html`<div><dt>asked by</dt><dd><code>${result.matcher ?? result.kind}</code></dd></div>`,
    result.subject.reference !== undefined &&
      html`<div><dt>against</dt><dd><code>${result.subject.reference}</code></dd></div>`,
    rates?.perturbation !== undefined && html`<div><dt>change</dt><dd>${rates.perturbation}</dd></div>`,
    html`<div><dt>since</dt><dd>${sinceText(page.run.since?.[result.id])}</dd></div>`,
    html`<div><dt>id</dt><dd><code>${result.id}</code></dd></div>`,
    html`<div><dt>took</dt><dd>${duration(result.ms)}${result.blocking && html` · fails its test`}</dd></div>`,
  ]
}

/** The plain sentences of a finding: what was counted, what was expected and found, what that means. */
function sentences(result: CheckResult): MarkupHole[] {
  const { status } = result
  const drift = result.family === 'drift' ? blockOf(result, 'number') : undefined
  const counts = countsText(result)
  const compared = html`Expected <b>${keepTogether(result.expected)}</b>, measured <b>${keepTogether(result.measured)}</b>.`
  if (status === 'error') return [html`The check could not run, so it says nothing about the data either way.`]
  const lines: MarkupHole[] = []
  if (status === 'vacuous')
    lines.push(
      html`Nothing to judge: ${counts ?? 'no value was left to test'}. A check that tests nothing proves nothing.`,
    )
  else if (result.negated && status === 'fail') lines.push(html`It was expected not to hold, but it does. ${compared}`)
  else if (counts) lines.push(html`<b>${counts.split(' ', 1)[0]}</b>${counts.slice(counts.indexOf(' '))}. ${compared}`)
  else lines.push(compared)
  if (drift?.meaning !== undefined) lines.push(html`${drift.name} is the ${drift.meaning.replace(/^the /, '')}.`)
  if (status === 'inconclusive') {
    const rows = drift?.rowsToDecide
    lines.push(
      html`Too little evidence to decide${rows !== undefined && html`; about <b>${integer(rows)}</b> rows of this data would, if nothing moved`}.`,
    )
  }
  if (drift?.note !== undefined) lines.push(keepTogether(`Moved most: ${drift.note}.`))
  const waiver = waiverText(result)
  if (waiver !== undefined)
    lines.push(
      status === 'accepted' ? `Known failure, ${waiver}` : `${waiver.charAt(0).toUpperCase()}${waiver.slice(1)}`,
    )
  return lines
}

function messageBlock(result: CheckResult): MarkupHole {
  const { message, status } = result
  if (message === undefined || message === '' || message === blockOf(result, 'number')?.note) return false
  const { first, rest } = splitMessage(message)
  const words = status === 'error' ? "the engine's own words" : `more about this ${statusWord[status].toLowerCase()}`
  return html`<p class="say">${visible(first)}</p>${rest && html`<details><summary>${words}</summary><pre tabindex="0">${rest}</pre></details>`}`
}
