import type { CheckResult, ColumnProfile, DatasetSummary, Family } from '../../../src/results/index.ts'
import { countText, integer, shareText } from '../../../src/words/text/numbers.ts'
import { shorten, visible } from '../../../src/words/text/visible.ts'
import { statusWord } from '../../../src/words/status.ts'
import { glyph } from '../badge.ts'
import { shape } from '../charts/shape.ts'
import type { Page, Section } from '../page.ts'
import { fitting } from '../room.ts'
import { html, type MarkupHole, type Markup } from '../template.ts'

const families: readonly Family[] = [
  'schema',
  'missing',
  'unique',
  'range',
  'set',
  'pattern',
  'statistic',
  'rule',
  'volume',
  'drift',
]
/** Columns drawn in all; a warehouse of tables would make the page too large to open. */
const mostColumns = 400
/** Elements of a column, with its shape and what covers it. */
const COLUMN = 32

/** What each dataset holds, and which families of checks cover each column. */
export const columns: Section = {
  id: 'columns',
  title: 'Columns',
  count: (page) =>
    described(page).reduce((sum, { columns: own, moreColumns = 0 }) => sum + own.length + moreColumns, 0),
  draw: drawColumns,
}

function drawColumns(page: Page): Markup | undefined {
  const datasets = described(page)
  if (datasets.length === 0) return undefined
  let room = fitting(page.room.columns, COLUMN, mostColumns)
  const tables: Markup[] = []
  for (const dataset of datasets) {
    if (room <= 0) break
    tables.push(table(dataset, page, room))
    room -= Math.max(1, dataset.columns.length)
  }
  const left = datasets.length - tables.length
  return html`<section id="columns" aria-labelledby="h-columns"><h2 id="h-columns">Columns</h2><p class="sub">What is in the data, and which kinds of check cover it. An empty cell is a column that nobody checks that way.</p>${tables}${left > 0 && html`<p class="sub more">${countText(left, 'more dataset is', 'more datasets are')} not drawn here; their checks are in the table above.</p>`}</section>`
}

/** The datasets that are judged; one that others are only compared with has no columns that somebody should check. */
function described({ run, results }: Page): DatasetSummary[] {
  const judged = new Set(results.map(({ subject }) => subject.name))
  const references = new Set(results.map(({ subject }) => subject.reference))
  return run.datasets.filter(({ name, columns: own }) => judged.has(name) || (own.length > 0 && !references.has(name)))
}

function table(dataset: DatasetSummary, page: Page, room: number): Markup {
  const covered = coverage(dataset, page.results)
  const known = new Set(dataset.columns.map(({ name }) => name))
  const shown = dataset.columns.slice(0, room)
  const strange = [...covered.keys()].filter((name) => name !== '' && !known.has(name))
  const unknown = strange.slice(0, Math.max(0, room - shown.length))
  const { rows, sample, moreColumns = 0 } = dataset
  const all = dataset.columns.length + moreColumns
  const left = all - shown.length - (moreColumns > 0 ? unknown.length : 0)
  const cells = (name: string, label: string): MarkupHole =>
    families.map((family) => cell(covered.get(name)?.get(family), `${label}, ${family}`, page))
  return html`<h3 class="dataset"><code>${visible(dataset.name)}</code> <span class="x">${countText(rows, 'row')}, ${countText(all, 'column')}${sample !== undefined && `; described by the first ${countText(sample, 'row')}, but for what checks counted in all`}</span></h3>
<div class="panel tw" tabindex="0" role="region" aria-label="Columns of ${visible(dataset.name)}, scrolls sideways"><table class="matrix coverage"><thead><tr><th scope="col" class="l">Column</th><th scope="col" class="l">Type</th><th scope="col" class="l">Shape</th><th scope="col" class="r">Missing</th><th scope="col" class="r">Distinct</th>${families.map((family) => html`<th scope="col">${family}</th>`)}</tr></thead>
<tbody>${covered.has('') && html`<tr><th scope="row">whole table</th><td class="l x">table</td><td></td><td></td><td></td>${cells('', 'whole table')}</tr>`}
${shown.map((column) => html`<tr><th scope="row"><code>${visible(column.name)}</code>${isKey(dataset, column) && html` <span class="x">key</span>`}</th><td class="l"><code class="x">${column.type}</code></td><td class="l">${shape(column, rows)}${detail(column, rows)}</td>${missingCell(column, dataset)}${distinctCell(column, dataset)}${cells(column.name, column.name)}</tr>`)}
${unknown.map((name) => html`<tr><th scope="row"><code>${visible(name)}</code></th><td class="l" colspan="4"><span class="x">not among the profiled columns</span></td>${cells(name, name)}</tr>`)}</tbody></table>
${left > 0 && html`<p class="empty">${countText(left, 'more column is', 'more columns are')} not drawn.</p>`}</div>`
}

const isKey = ({ keys }: DatasetSummary, { name }: ColumnProfile): boolean =>
  (keys ?? []).some((key) => key.length === 1 && key[0] === name)

/** The middle and the tails of numbers, or how text is built, in one short line. */
function detail({ constant, quantiles, patterns, among, missing }: ColumnProfile, rows: number): Markup | undefined {
  const [pattern] = patterns ?? []
  const words = constant
    ? 'constant'
    : quantiles
      ? `median ${brief(quantiles.p50)}, 90 % from ${brief(quantiles.p5)} to ${brief(quantiles.p95)}`
      : pattern &&
        pattern.pattern !== '' &&
        `${shareText(pattern.count / Math.max(1, among ?? rows - missing))} ${pattern.pattern}`
  return words ? html`<span class="x detail">${shorten(visible(words), 90)}</span>` : undefined
}

/** An instant to the minute; anything else as it is. */
const brief = (value: string): string => value.replace(/T(\d\d:\d\d)(:\d\d(\.\d+)?)?Z?$/, ' $1')

/** Whether a count is of the first rows only. */
const sampled = ({ whole = [] }: ColumnProfile, { sample }: DatasetSummary, what: 'missing' | 'distinct'): boolean =>
  sample !== undefined && !whole.includes(what)

function missingCell(column: ColumnProfile, dataset: DatasetSummary): Markup {
  const { missing } = column
  const first = sampled(column, dataset, 'missing')
  const rows = first ? (dataset.sample ?? 0) : dataset.rows
  if (missing === 0) return html`<td class="r x">${first && '≈ '}0</td>`
  return html`<td class="r">${first && '≈ '}${rows > 0 ? shareText(missing / rows) : integer(missing)}</td>`
}

function distinctCell(column: ColumnProfile, dataset: DatasetSummary): Markup {
  const { distinct, approximate } = column
  if (distinct === undefined) return html`<td class="r"><span class="x">—</span></td>`
  // Rows that were not looked at may hold further values.
  if (sampled(column, dataset, 'distinct')) return html`<td class="r">≥ ${integer(distinct)}</td>`
  return html`<td class="r">${approximate && '≈ '}${integer(distinct)}</td>`
}

function cell(results: readonly CheckResult[] | undefined, label: string, page: Page): Markup {
  const worst = results?.[0]
  if (!results || !worst) return html`<td></td>`
  const many = results.length > 1
  const text = `${visible(label)}: ${many ? `${results.length} checks, worst ` : ''}${statusWord[worst.status]}`
  return html`<td><a href="#${page.anchor.get(worst)}" class="s ${worst.status}" title="${text}" aria-label="${text}">${glyph(worst.status)}${many && results.length}</a></td>`
}

/** Results by column (`''` for the whole table) and family, worst first as in the page. */
function coverage(dataset: DatasetSummary, results: readonly CheckResult[]): Map<string, Map<Family, CheckResult[]>> {
  const known = new Set(dataset.columns.map(({ name }) => name))
  const covered = new Map<string, Map<Family, CheckResult[]>>()
  for (const result of results) {
    const { type, name, column } = result.subject
    if (type !== 'dataset' || name !== dataset.name) continue
    // A check of several columns names them joined; a column may itself have a comma in its name.
    const own = column === undefined ? [''] : known.has(column) ? [column] : column.split(', ')
    for (const name of own) {
      const byFamily = covered.get(name) ?? new Map<Family, CheckResult[]>()
      covered.set(name, byFamily)
      const list = byFamily.get(result.family) ?? []
      byFamily.set(result.family, list)
      list.push(result)
    }
  }
  return covered
}
