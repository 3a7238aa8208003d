import type { CheckResult } from '../../../src/results/index.ts'
import { subjectText, titleText } from '../../../src/words/sentence.ts'
import { countText, integer } from '../../../src/words/text/numbers.ts'
import { shorten, visible } from '../../../src/words/text/visible.ts'
import { badge } from '../badge.ts'
import type { Page, Section } from '../page.ts'
import { fitting } from '../room.ts'
import { html, type Markup } from '../template.ts'

const mostWaivers = 200
/** Elements of a waiver. */
const WAIVER = 14

/** Failures that somebody has accepted: by whom, why and until when, those first that are over soonest. */
export const waivers: Section = {
  id: 'waivers',
  title: 'Waivers',
  count: ({ results }) => waivedIn(results).length,
  draw(page) {
    const all = waivedIn(page.results)
    if (all.length === 0) return undefined
    const shown = all.slice(0, fitting(page.room.sources, WAIVER, mostWaivers))
    const left = all.length - shown.length
    return html`<section id="waivers" aria-labelledby="h-waivers"><h2 id="h-waivers">Waivers</h2><p class="sub">Known failures and who accepts them, those first whose last day comes first. After that day they fail again.</p>
<div class="panel tw" tabindex="0" role="group" aria-label="Waivers"><table class="small pad"><thead><tr><th scope="col">Status</th><th scope="col">Last day</th><th scope="col" class="r">Left</th><th scope="col">Owner</th><th scope="col">Check</th><th scope="col">Reason</th></tr></thead><tbody>${shown.map((one) => row(one, page))}</tbody></table>${left > 0 && html`<p class="empty">${integer(left)} more are in report.json.</p>`}</div></section>`
  },
}

interface Waived {
  readonly result: CheckResult
  readonly waiver: NonNullable<CheckResult['waiver']>
}

function waivedIn(results: readonly CheckResult[]): readonly Waived[] {
  return results
    .flatMap((result) => (result.waiver ? [{ result, waiver: result.waiver }] : []))
    .sort((a, b) => (a.waiver.until < b.waiver.until ? -1 : a.waiver.until > b.waiver.until ? 1 : 0))
}

function row({ result, waiver }: Waived, page: Page): Markup {
  const { until, owner, reason, upTo, refused } = waiver
  const why = refused === undefined || refused === 'expired' ? '' : `; not accepted: ${refusals[refused]}`
  return html`<tr><td>${badge(result.status)}</td><td>${visible(until)}</td><td class="r">${leftText(until, page.run.at)}</td><td>${shorten(visible(owner), 60)}</td><td><a href="#${page.anchor.get(result)}"><code>${shorten(visible(subjectText(result)), 80)}</code></a> ${shorten(visible(titleText(result)), 160)}</td><td>${shorten(visible(reason), 240)}<span class="x">${upTo !== undefined && `, up to ${visible(upTo)}`}${why}</span></td></tr>`
}

const refusals = {
  ceiling: 'it is past what was accepted',
  data: 'several tables have its name',
} as const

/** How many days a waiver has left after that of the run: `12 days`, `today`, `over`. */
function leftText(until: string, at: string): string {
  const days = Math.round(
    (Date.parse(`${until.slice(0, 10)}T00:00:00Z`) - Date.parse(`${at.slice(0, 10)}T00:00:00Z`)) / 864e5,
  )
  if (!Number.isFinite(days)) return '—'
  return days < 0 ? 'over' : days === 0 ? 'today' : countText(days, 'day')
}
