import { blockOf } from '../../../src/results/blocks/index.ts'
import type { CheckResult } from '../../../src/results/checkResult.ts'
import { countText, exactShare, integer, shareInterval, shareText } from '../../../src/words/text/numbers.ts'
import { keepTogether, visible } from '../../../src/words/text/visible.ts'
import { statusWord } from '../../../src/words/status.ts'
import { badge, glyph } from '../badge.ts'
import { exampleGroups, examples } from '../behaviorExamples.ts'
import { behaviorCells, type BehaviorCell, type TestType } from '../../behaviorCells.ts'
import { uniqueId, type Page, type Section, type TakenIds } from '../page.ts'
import { fitting } from '../room.ts'
import { html, type Markup } from '../template.ts'

const types: readonly (readonly [TestType, string])[] = [
  ['MFT', 'Minimum functionality'],
  ['INV', 'Invariance'],
  ['DIR', 'Direction'],
]

const mostModels = 20
/** Elements of a model without its examples. */
const MODEL = 90
/** Elements of a capability. */
const CAPABILITY = 40

/** Which skills of a model were probed, how, and where it fails. */
export const model: Section = {
  id: 'model',
  title: 'Model',
  count: ({ results }) => behaviorCells(results).filter(({ over }) => over).length,
  bad: true,
  draw: drawModel,
}

function drawModel(page: Page): Markup | undefined {
  const names = new Set(page.run.models.map(({ name }) => name))
  for (const { subject } of page.results) if (subject.type === 'model') names.add(subject.name)
  if (names.size === 0) return undefined
  const ids: TakenIds = new Map()
  const most = fitting(page.room.model, MODEL, mostModels)
  const room = page.room.model / Math.min(names.size, most) - MODEL
  return html`<section id="model" aria-labelledby="h-model"><h2 id="h-model">Model behavior</h2><p class="sub">Share of applicable cases that pass, with its interval, by capability and type of test. Colored where it falls short of the limit of a test that does not pass. A cell leads to its failing examples, or to its check.</p>${[...names].slice(0, most).map((name) => modelTables(name, page, ids, room))}${names.size > most && html`<p class="sub more">${countText(names.size - most, 'more model is', 'more models are')} not drawn here; their checks are in the <a href="#checks">table of checks</a>.</p>`}</section>`
}

function modelTables(name: string, page: Page, ids: TakenIds, room: number): Markup {
  const own = page.results.filter(({ subject }) => subject.type === 'model' && subject.name === name)
  const cells = behaviorCells(own)
  const regressions = behaviorCells(own, ['REG'])
  const others = own.filter((result) => [undefined, 'REG'].includes(blockOf(result, 'rates')?.test))
  const summary = page.run.models.find((candidate) => candidate.name === name)
  const all = [...cells, ...regressions]
  const groups = exampleGroups(all, room)
  const links = new Map(
    groups.map(({ cell }) => [cell, uniqueId(`ex-${name}-${cell.capability}-${cell.type}`, ids)] as const),
  )
  return html`<h3 class="dataset"><code>${visible(name)}</code> <span class="x">${summary && summary.predictions > 0 ? countText(summary.predictions, 'case judged', 'cases judged') : ''}</span></h3>
${own.length === 0 && html`<p class="empty panel">No check is about this model.</p>`}
<div class="model-grid${others.length > 0 && cells.length > 0 && html` two`}">${cells.length > 0 && table(name, cells, { links, room, page })}${others.length > 0 && otherChecks(others, page)}</div>
${examples(groups, links)}`
}

/** What the cells of a model lead to, and the elements that they may take. */
interface Place {
  readonly links: ReadonlyMap<BehaviorCell, string>
  readonly room: number
  readonly page: Page
}

/** The capabilities that find room, in their order, none that falls short left out for one that does not. */
function shownCapabilities(cells: readonly BehaviorCell[], room: number) {
  const all = [...new Set(cells.map(({ capability }) => capability))]
  const short = new Set(cells.filter(({ over }) => over).map(({ capability }) => capability))
  const worst = [...short, ...all.filter((name) => !short.has(name))].slice(0, fitting(room, CAPABILITY, all.length))
  const shown = new Set(worst)
  const left = all.filter((name) => !shown.has(name))
  return {
    shown: all.filter((name) => shown.has(name)),
    left,
    leftShort: left.filter((name) => short.has(name)).length,
  }
}

function table(name: string, cells: readonly BehaviorCell[], { links, room, page }: Place): Markup {
  const { shown, left, leftShort } = shownCapabilities(cells, room)
  return html`<div class="panel tw" tabindex="0" role="region" aria-label="Capabilities of ${visible(name)}, scrolls sideways"><table class="matrix skills"><thead><tr><th scope="col" class="l">Capability</th>${types.map(([, title]) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${shown.map(
    (capability) =>
      html`<tr><th scope="row">${visible(capability)}</th>${types.map(([type]) => {
        const cell = cells.find((candidate) => candidate.capability === capability && candidate.type === type)
        return cell ? skill(cell, links.get(cell), page) : html`<td><span class="x none">no test</span></td>`
      })}</tr>`,
  )}</tbody></table>${left.length > 0 && html`<p class="empty">${countText(left.length, 'more capability is', 'more capabilities are')} not drawn here, ${leftShort === 0 ? 'none' : integer(leftShort)} of which ${leftShort === 1 ? 'falls' : 'fall'} short.</p>`}</div>`
}

function skill(cell: BehaviorCell, id: string | undefined, page: Page): Markup {
  const { worst, status, step } = cell
  const tested = worst.passed + worst.failed + worst.errors
  const title =
    worst.rate === undefined
      ? 'nothing applicable'
      : shareText(worst.rate, worst.limit === undefined ? [] : [worst.limit])
  const detail =
    worst.rate === undefined
      ? html`<small>0 of ${countText(worst.cases, 'case')}</small>`
      : html`<small>${integer(worst.passed)} of ${integer(tested)}${worst.limit !== undefined && ` · needs ${exactShare(worst.limit)}`}</small>${worst.interval && html`<small>${shareInterval(worst.interval)}</small>`}`
  const extra = [
    worst.errors > 0 && countText(worst.errors, 'error'),
    worst.notApplicable > 0 && worst.rate !== undefined && `${integer(worst.notApplicable)} not applicable`,
    status === 'skipped' && 'no limit of its own',
    cell.tests > 1 && `worst of ${integer(cell.tests)} tests`,
  ].filter((text) => text !== false)
  const body = html`<span class="rate"><span class="line"><span class="s ${status}">${glyph(status)}<span class="hidden">${status === 'skipped' ? 'Not judged by itself' : statusWord[status]}</span></span><b>${title}</b></span>${detail}${extra.length > 0 && html`<small>${extra.join(', ')}</small>`}</span>`
  // To what fails, else to the check itself, the worst where there are several.
  const place = (cell.over ? id : undefined) ?? (cell.results[0] && page.anchor.get(cell.results[0]))
  return html`<td class="over-${step}">${place === undefined ? body : html`<a href="#${place}">${body}</a>`}</td>`
}

function otherChecks(results: readonly CheckResult[], page: Page): Markup {
  return html`<div class="panel tw" tabindex="0" role="group" aria-label="Other checks of this model"><table class="small pad"><thead><tr><th scope="col">Status</th><th scope="col">Check</th><th scope="col" class="r">Measured</th><th scope="col">Expected</th></tr></thead><tbody>${results
    .slice(0, 40)
    .map(
      (result) =>
        html`<tr><td>${badge(result.status)}</td><td>${result.subject.slice && html`<span class="x">where ${result.subject.slice}</span> `}<a href="#${page.anchor.get(result)}">${result.title}</a></td><td class="r">${keepTogether(result.measured)}</td><td>${keepTogether(result.expected)}</td></tr>`,
    )}</tbody></table></div>`
}
