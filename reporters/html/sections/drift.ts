import { blockOf } from '../../../src/results/blocks/index.ts'
import type { NumberBlock } from '../../../src/results/blocks/number.ts'
import type { CheckResult } from '../../../src/results/checkResult.ts'
import { countText, decimal, integer, probability, shareText } from '../../../src/words/text/numbers.ts'
import { keepTogether, visible } from '../../../src/words/text/visible.ts'
import { needsAttention } from '../../../src/words/status.ts'
import { timesLimit } from '../../../src/results/worstFirst.ts'
import { badge } from '../badge.ts'
import { comparison } from '../charts/comparison.ts'
import { intervalBar } from '../charts/intervalBar.ts'
import type { Page, Section } from '../page.ts'
import { fitting } from '../room.ts'
import { html, type Markup } from '../template.ts'
import { limitOf, numberTexts } from '../../../src/words/numberTexts.ts'
import { sharesText } from '../../../src/words/sentence.ts'

const mostCards = 48
/** Elements of a card. */
const CARD = 64

/** What moved against its reference: one small chart per column, furthest past its limit first. */
export const drift: Section = {
  id: 'drift',
  title: 'Drift',
  count: ({ results }) => drifts(results).filter(({ result }) => needsAttention(result)).length,
  bad: true,
  draw: drawDrift,
}

function drawDrift(page: Page): Markup | undefined {
  const all = drifts(page.results)
  if (all.length === 0) return undefined
  const sorted = [...all].sort((a, b) => timesLimit(b.result) - timesLimit(a.result))
  const shown = sorted.slice(0, fitting(page.room.drift, CARD, mostCards))
  return html`<section id="drift" aria-labelledby="h-drift"><h2 id="h-drift">Drift</h2><p class="sub">This data against its reference, furthest over its limit first. Drift is called when the whole interval of the effect lies over the limit; no drift when it lies under.</p>
<p class="legend"><span><svg width="14" height="10" aria-hidden="true"><rect class="f-ref" fill="#c4c9cd" width="14" height="10"/></svg>reference</span><span><svg width="14" height="10" aria-hidden="true"><path class="k-cur" fill="none" stroke="#1f5fbf" stroke-width="2" d="M1 9V3H13V9"/></svg>current</span><span>ticks under the axis are medians</span><span>below: effect, its interval, dashed limit</span></p>
<div class="grid">${shown.map((one) => card(one, page))}</div>
${sorted.length > shown.length && html`<p class="sub more">${countText(sorted.length - shown.length, 'more comparison', 'more comparisons')}, less far from their limits, are in the <a href="#checks">table of checks</a>.</p>`}</section>`
}

/** A measured effect of drift. */
interface Drift {
  readonly result: CheckResult
  readonly number: NumberBlock
}

export function drifts(results: readonly CheckResult[]): readonly Drift[] {
  return results.flatMap((result) => {
    const number = result.family === 'drift' ? blockOf(result, 'number') : undefined
    return number ? [{ result, number }] : []
  })
}

const nobody = { rows: 0, missing: 0 }

function card({ result, number }: Drift, page: Page): Markup {
  const { subject } = result
  const name = visible(subject.column ?? subject.name)
  const chart = blockOf(result, 'distributions')
  const { value, interval, current = nobody, reference = nobody } = number
  const limit = limitOf(number.limit)
  const upper = interval?.[1] ?? Number.NaN
  const top = Math.max((limit ?? 0) * 2, Number.isFinite(upper) ? upper * 1.1 : 0, value * 1.1)
  const texts = numberTexts(number)
  const label = `${number.name} ${texts.effect}${interval ? `, interval ${texts.interval}` : ''}, limit ${texts.limit ?? '—'}`
  const p = number.adjustedP ?? number.p
  const sides = sharesText(share(reference.missing, reference.rows), share(current.missing, current.rows))
  return html`<article class="drift-card panel"><div class="head"><h3><a href="#${page.findingAnchor.get(result) ?? page.anchor.get(result)}"><code>${name}</code></a></h3>${badge(result.status)}</div><p class="x">${page.several && html`<code>${visible(subject.name)}</code> `}${subject.slice && html`where ${subject.slice} `}against <code>${visible(subject.reference ?? 'reference')}</code></p>
${chart ? comparison(chart, name) : html`<p class="no-chart">no histogram was kept</p>`}
<div class="effect"><span>${number.name} <b class="${result.status}">${texts.effect}</b> <span class="x">limit ${texts.limit}</span></span>${intervalBar({ value, interval, limit }, [0, top], result.status, label)}</div>
${number.meaning !== undefined && html`<p class="x meaning">${number.name}: ${number.meaning}</p>`}<p class="reading">${keepTogether(reading(result, number))}</p>
<details class="numbers"><summary>${integer(reference.rows)} → ${countText(current.rows, 'row')}${Number.isFinite(p) && `, p ${probability(p)}`}</summary><dl class="facts"><div><dt>method</dt><dd><code>${number.method}</code></dd></div>${interval && html`<div><dt>${shareText(number.confidence)} interval</dt><dd>${texts.interval}</dd></div>`}<div><dt>p of no difference</dt><dd>${probability(number.p)}${number.pError === undefined ? '' : ` (within ${shareText(number.pError)} of itself)`}</dd></div>${number.adjustedP !== undefined && html`<div><dt>p of at most the limit</dt><dd>${probability(number.adjustedP)}</dd></div>`}<div><dt>rows</dt><dd>${integer(reference.rows)} → ${integer(current.rows)}</dd></div><div><dt>missing</dt><dd>${sides}</dd></div>${number.leastDetectable !== undefined && html`<div><dt>least detectable</dt><dd>${decimal(number.leastDetectable)}</dd></div>`}</dl></details></article>`
}

function reading({ status }: CheckResult, { rowsToDecide: rows, note = '' }: NumberBlock): string {
  if (status === 'inconclusive') {
    const need =
      rows === undefined
        ? 'more rows are needed on both sides'
        : `about ${integer(rows)} rows of this data would decide if nothing moved`
    return `Undecided: the interval spans the limit; ${need}. Moved most: ${note}.`
  }
  return status === 'pass' ? `Largest move: ${note}.` : `Moved most: ${note}.`
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}
