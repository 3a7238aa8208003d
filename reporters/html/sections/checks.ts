import { gzipSync } from 'node:zlib'
import { countByStatus, statusOrder } from '../../../src/results/index.ts'
import { countText, integer } from '../../../src/words/text/numbers.ts'
import { needsAttention, statusWord } from '../../../src/words/status.ts'
import { glyph } from '../badge.ts'
import { type CellName, cells, checkRow, drawRow, packRow } from '../checkRow.ts'
import type { Page, Section } from '../page.ts'
import { html, Markup } from '../template.ts'

/** Numbers stand at the right. */
const atRight: readonly CellName[] = ['measured', 'rows', 'failed', 'time']

/** Every check on one row: filtered, sorted and paged by the page's script, readable without it. */
export const checks: Section = {
  id: 'checks',
  title: 'Checks',
  count: ({ results }) => results.length,
  draw: drawChecks,
}

function drawChecks(page: Page): Markup {
  const { results, several, cap } = page
  const counts = countByStatus(results)
  const present = statusOrder.filter((status) => counts[status] > 0)
  const drawn = results.slice(0, cap).map((result) => drawRow(checkRow(result, page), several))
  const left = results.slice(cap)
  return html`<section id="checks" aria-labelledby="h-checks"><h2 id="h-checks">Checks</h2><p class="sub print-only">Printed without the checks that pass.</p><p class="sub">One row each. The bar is the share of tested rows that fail, on a log scale from 0.001 % to 100 %, with a tick at the limit.</p>
${
  results.length === 0
    ? html`<p class="empty panel">No check ran.</p>`
    : html`<div class="panel"><div class="tools needs-js"><input id="q" type="search" autocomplete="off" spellcheck="false" placeholder="Filter: text, s:fail, col:delay, !not" aria-label="Filter checks" aria-describedby="filter-help">${present.map((status) => html`<button type="button" data-status="${status}" aria-pressed="false">${glyph(status)}${statusWord[status]} ${integer(counts[status])}</button>`)}<span class="count" id="count" role="status"></span><span id="filter-help" class="hidden">Words must all occur. s: status, col: column, k: kind or family, ds: dataset or model. An exclamation mark before a word excludes it; quotes keep words together.</span></div>
<div class="tw" tabindex="0" role="region" aria-label="Table of checks, scrolls sideways"><table id="check-table" data-several="${several ? 1 : 0}"><thead><tr>${cells.map((name) => html`<th scope="col"${atRight.includes(name) && html` class="r"`}>${name.charAt(0).toUpperCase() + name.slice(1)}</th>`)}</tr></thead><tbody id="rows">${drawn}</tbody></table></div>
<p class="empty needs-js" id="none" hidden>No check matches. <button type="button" id="clear">Clear the filter</button></p>
${left.length > 0 && html`<p class="empty no-js">${leftText(page)}</p>`}<p class="empty needs-js" id="more-line"${left.length === 0 && html` hidden`}><button type="button" id="more">Show more</button></p></div>${left.length > 0 && island(page)}`
}</section>`
}

function leftText({ results, cap }: Page): string {
  const left = results.slice(cap)
  const bad = left.filter(needsAttention).length
  const kind = bad > 0 ? `, ${integer(bad)} of them not passing` : ', none of which needs attention'
  return `${countText(left.length, 'check is', 'checks are')} not drawn here${kind}. They appear with JavaScript on, and are in report.json beside this file.`
}

/** The rows left out, as compressed JSON in base64: no character of it can end the script element. */
function island(page: Page): Markup {
  const rows = page.results.slice(page.cap).map((result) => packRow(checkRow(result, page)))
  const packed = gzipSync(JSON.stringify(rows), { level: 9 }).toString('base64')
  return Markup.of(`<script type="application/gzip" id="rest" data-count="${rows.length}">${packed}</script>`)
}
