import type { CheckResult, Status } from '../../src/results/index.ts'
import { waiverText } from '../../src/results/index.ts'
import { integer } from '../../src/words/text/numbers.ts'
import { milliseconds } from '../../src/words/text/times.ts'
import { keepTogether, shorten, visible } from '../../src/words/text/visible.ts'
import { failedCount, testedCount, titleText } from '../../src/words/sentence.ts'
import { failingShare } from '../../src/results/worstFirst.ts'
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

/** The cells of a row, in order. */
export const cells = ['status', 'check', 'matcher', 'expected', 'measured', 'rows', 'failed', 'share', 'time'] as const

export type CellName = (typeof cells)[number]

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

/** Draws a row. `script/rowElement.ts` draws the same cells from what `packRow` leaves. */
export function drawRow(row: CheckRow, several: boolean): Markup {
  const whole = row.own === row.name
  const drawn: Readonly<Record<CellName, Markup>> = {
    status: html`<td>${badge(row.status)}</td>`,
    check: html`<td class="what">${several && !whole && html`<code class="x">${row.name}.</code>`}<code>${row.own}</code> ${row.title}</td>`,
    matcher: html`<td><code class="x">${row.matcher}</code></td>`,
    expected: html`<td class="text">${row.expected}</td>`,
    measured: html`<td class="text r">${row.measured}</td>`,
    rows: html`<td class="r">${row.rows}</td>`,
    failed: html`<td class="r">${row.failed}</td>`,
    share: html`<td data-share="${row.share ?? -1}">${row.bar && drawShareBar(row.bar, row.status, row.share)}</td>`,
    time: html`<td class="r x">${row.ms}</td>`,
  }
  return html`<tr id="${row.anchor}" data-s="${row.status}" data-k="${row.kinds}" data-ds="${row.name}" data-col="${row.own}">${cells.map((cell) => drawn[cell])}</tr>`
}

/** What a row that is left out is made of, in order: the page's script reads it in the same. */
export const packedFields = [
  'anchor',
  'status',
  'name',
  'own',
  'title',
  'matcher',
  'kinds',
  'expected',
  'measured',
  'rows',
  'failed',
  'share',
  'length',
  'tick',
  'ms',
] as const

/** A row that is left out: no share is -1, no bar has the length 0, no tick stands at -1. */
export interface PackedRow extends Omit<CheckRow, 'bar' | 'share'> {
  readonly share: number
  readonly length: number
  readonly tick: number
}

/** The row as an array of its packed fields. */
export function packRow({ bar, share = -1, ...row }: CheckRow): readonly unknown[] {
  const packed: PackedRow = { ...row, share, length: bar?.length ?? 0, tick: bar?.tick ?? -1 }
  return packedFields.map((field) => packed[field])
}
