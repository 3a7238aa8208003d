import type { CheckResult, Status } from '../../src/results/index.ts'
import { waiverText } from '../../src/results/index.ts'
import { integer } from '../../src/words/text/numbers.ts'
import { milliseconds } from '../../src/words/text/times.ts'
import { keepTogether, shorten, visible } from '../../src/words/text/visible.ts'
import { failedCount, testedCount, titleText } from '../../src/words/sentence.ts'
import { failingShare } from '../../src/words/status.ts'
import { badge } from './badge.ts'
import { drawShareBar, shareBar, type ShareBar } from './charts/shareBar.ts'
import type { Page } from './page.ts'
import { html, type Markup } from './template.ts'

/** A row of the table of checks, as finished text; drawn here, or by the page's script for the rows left out. */
export interface CheckRow {
  readonly anchor: string
  readonly status: Status
  /** Name of the dataset or model. */
  readonly name: string
  /** The column or capability, or the name again when the check is about the whole. */
  readonly own: string
  /** `where …`, the statement, and who accepted its failure. */
  readonly title: string
  readonly matcher: string
  /** Kind and family, for the filter. */
  readonly kinds: string
  readonly expected: string
  readonly measured: string
  readonly rows: string
  readonly failed: string
  readonly bar: ShareBar | undefined
  readonly share: number | undefined
  readonly ms: string
}

/** The texts of a result's row. */
export function checkRow(result: CheckResult, page: Page): CheckRow {
  const { subject } = result
  const waiver = waiverText(result)
  return {
    anchor: page.anchor.get(result) as string,
    status: result.status,
    name: visible(subject.name),
    own: visible(subject.column ?? subject.capability ?? subject.name),
    title: [
      shorten(visible(`${subject.slice ? `where ${subject.slice} ` : ''}${titleText(result)}`), 300),
      ...(waiver ? [shorten(visible(waiver), 300)] : []),
    ].join('; '),
    matcher: visible(result.matcher ?? result.kind),
    kinds: visible(`${result.kind} ${result.family}`),
    expected: keepTogether(shorten(visible(result.expected), 300)),
    measured: keepTogether(shorten(visible(result.measured), 300)),
    rows: integer(testedCount(result)),
    failed: integer(failedCount(result)),
    bar: shareBar(result),
    share: failingShare(result),
    ms: milliseconds(result.ms),
  }
}

/** Draws a row. The script in `enhance.ts` draws the same cells from `packRow`. */
export function drawRow(row: CheckRow, several: boolean): Markup {
  const whole = row.own === row.name
  return html`<tr id="${row.anchor}" data-s="${row.status}" data-k="${row.kinds}" data-ds="${row.name}" data-col="${row.own}"><td>${badge(row.status)}</td><td class="what">${several && !whole && html`<code class="x">${row.name}.</code>`}<code>${row.own}</code> ${row.title}</td><td><code class="x">${row.matcher}</code></td><td class="text">${row.expected}</td><td class="text r">${row.measured}</td><td class="r">${row.rows}</td><td class="r">${row.failed}</td><td data-share="${row.share ?? -1}">${row.bar && drawShareBar(row.bar, row.status, row.share)}</td><td class="r x">${row.ms}</td></tr>`
}

/** The row as an array, in the order the page's script expects. */
export function packRow(row: CheckRow): readonly unknown[] {
  return [
    row.anchor,
    row.status,
    row.name,
    row.own,
    row.title,
    row.matcher,
    row.kinds,
    row.expected,
    row.measured,
    row.rows,
    row.failed,
    row.share ?? -1,
    row.bar?.length ?? 0,
    row.bar?.tick ?? -1,
    row.ms,
  ]
}
