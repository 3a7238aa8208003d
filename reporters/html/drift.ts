import type { CheckResult, DriftEvidence } from '../../src/results/index.ts'
import { decimal, integer, keepTogether, oneLine, percent, plural, probability } from '../format.ts'
import { needsAttention, timesLimit } from '../../src/words/status.ts'
import { badge } from './badge.ts'
import { comparison } from './charts/comparison.ts'
import { intervalBar } from './charts/intervalBar.ts'
import type { Page, Section } from './page.ts'
import { html, type Markup } from './template.ts'
import { effectText, sharesText } from '../../src/words/sentence.ts'

const mostCards = 48

/** What moved against its reference: one small chart per column, furthest past its limit first. */
export const drift: Section = {
  id: 'drift',
  title: 'Drift',
  count: ({ results }) => results.filter((result) => result.drift && needsAttention(result)).length,
  bad: true,
  draw: drawDrift,
}

function drawDrift(page: Page): Markup | undefined {
  const all = page.results.filter((result) => result.drift)
  if (all.length === 0) return undefined
  const sorted = [...all].sort((a, b) => timesLimit(b) - timesLimit(a))
  const shown = sorted.slice(0, mostCards)
  return html`<section id="drift" aria-labelledby="h-drift"><h2 id="h-drift">Drift</h2><p class="sub">This data against its reference, furthest over its limit first. Drift is called when the whole interval of the effect lies over the limit; no drift when it lies under.</p>
<p class="legend"><span><svg width="14" height="10" aria-hidden="true"><rect class="f-ref" fill="#c4c9cd" width="14" height="10"/></svg>reference</span><span><svg width="14" height="10" aria-hidden="true"><path class="k-cur" fill="none" stroke="#1f5fbf" stroke-width="2" d="M1 9V3H13V9"/></svg>current</span><span>ticks under the axis are medians</span><span>below: effect, its interval, dashed limit</span></p>
<div class="grid">${shown.map((result) => card(result, page))}</div>
${sorted.length > shown.length && html`<p class="sub more">${plural(sorted.length - shown.length, 'more comparison', 'more comparisons')}, less far from their limits, are in the <a href="#checks">table of checks</a>.</p>`}</section>`
}

function card(result: CheckResult, page: Page): Markup {
  const evidence = result.drift as DriftEvidence
  const { subject } = result
  const name = oneLine(subject.column ?? subject.name)
  const chart = result.charts?.[0]
  const top = Math.max(
    evidence.limit * 2,
    Number.isFinite(evidence.interval[1]) ? evidence.interval[1] * 1.1 : 0,
    evidence.effect * 1.1,
  )
  const said = effectText(evidence)
  const label = `${evidence.unit} ${said.effect}, interval ${said.interval}, limit ${said.limit}`
  const sides = sharesText(
    share(evidence.referenceMissing, evidence.referenceRows),
    share(evidence.missing, evidence.rows),
  )
  return html`<article class="drift-card panel"><div class="head"><h3><a href="#${page.findingAnchor.get(result) ?? page.anchor.get(result)}"><code>${name}</code></a></h3>${badge(result.status)}</div><p class="x">${page.several && html`<code>${oneLine(subject.name)}</code> `}${subject.slice && html`where ${subject.slice} `}against <code>${oneLine(subject.reference ?? 'reference')}</code></p>
${chart ? comparison(chart, name) : html`<p class="no-chart">no histogram was kept</p>`}
<div class="effect"><span>${evidence.unit} <b class="${result.status}">${said.effect}</b> <span class="x">limit ${said.limit}</span></span>${intervalBar({ value: evidence.effect, interval: evidence.interval, limit: evidence.limit }, [0, top], result.status, label)}</div>
${evidence.meaning !== undefined && html`<p class="x meaning">${evidence.unit}: ${evidence.meaning}</p>`}<p class="reading">${keepTogether(reading(result, evidence))}</p>
<details class="numbers"><summary>${integer(evidence.referenceRows)} → ${plural(evidence.rows, 'row')}, p ${probability(evidence.adjustedP)}</summary><dl class="facts"><div><dt>method</dt><dd><code>${evidence.method}</code></dd></div><div><dt>${percent(evidence.confidence)} interval</dt><dd>${said.interval}</dd></div><div><dt>p of no difference</dt><dd>${probability(evidence.p)}</dd></div><div><dt>p of at most the limit</dt><dd>${probability(evidence.adjustedP)}</dd></div><div><dt>rows</dt><dd>${integer(evidence.referenceRows)} → ${integer(evidence.rows)}</dd></div><div><dt>missing</dt><dd>${sides}</dd></div><div><dt>least detectable</dt><dd>${decimal(evidence.leastDetectable)}</dd></div></dl></details></article>`
}

function reading({ status }: CheckResult, evidence: DriftEvidence): string {
  if (status === 'inconclusive') {
    const rows = evidence.rowsToDecide
    const need =
      rows === undefined
        ? 'more rows are needed on both sides'
        : `about ${integer(rows)} rows of this data would decide if nothing moved`
    return `Undecided: the interval spans the limit; ${need}. Moved most: ${evidence.moved}.`
  }
  return status === 'pass' ? `Largest move: ${evidence.moved}.` : `Moved most: ${evidence.moved}.`
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}
