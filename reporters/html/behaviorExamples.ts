import { blockOf } from '../../src/results/blocks/index.ts'
import type { Example } from '../../src/results/blocks/examples.ts'
import { countText, integer } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import type { BehaviorCell } from '../behaviorCells.ts'
import { html, type Markup } from './template.ts'

const mostCells = 40

/** Failing examples, grouped by capability and type of test: input, changed input, expected, got. */
export function examples(cells: readonly BehaviorCell[], links: ReadonlyMap<BehaviorCell, string>): Markup | undefined {
  const groups = cells
    .map((cell) => ({ cell, own: examplesOf(cell) }))
    .filter(({ own }) => own.length > 0)
    .sort((a, b) => Number(b.cell.over) - Number(a.cell.over))
    .slice(0, mostCells)
  if (groups.length === 0) return undefined
  return html`<div class="panel examples">${groups.map(({ cell, own }, i) => {
    const failed = cell.worst.failed
    const text =
      own.length < failed
        ? `${integer(own.length)} of ${countText(failed, 'failing case')}`
        : countText(own.length, 'failing case')
    const changed = own.some((example) => example.perturbed !== undefined)
    const capability = visible(cell.capability)
    return html`<details id="${links.get(cell)}"${i === 0 && html` open`}><summary><b>${capability}, ${cell.type}</b> ${text}</summary><div class="tw" role="group" tabindex="0" aria-label="Failing cases of ${capability}, ${cell.type}"><table class="small"><thead><tr><th scope="col">Case</th><th scope="col">Input${changed && html`, and what it was changed to`}</th><th scope="col">Expected</th><th scope="col">Got</th></tr></thead><tbody>${own.map(row)}</tbody></table></div></details>`
  })}</div>`
}

function row(example: Example): Markup {
  return html`<tr><td class="x">${example.name === undefined ? '—' : visible(example.name)}</td><td class="input">${visible(example.input)}${example.perturbed !== undefined && html`<br><span class="arrow">→</span> ${visible(example.perturbed)}`}</td><td>${visible(example.expected)}</td><td>${example.before !== undefined && html`${visible(example.before)} → `}<mark>${visible(example.got)}</mark>${example.reason !== undefined && html`<details><summary>why</summary>${visible(example.reason)}</details>`}</td></tr>`
}

/** The examples of a cell; one that names no capability its test has a rate for belongs to the first. */
function examplesOf(cell: BehaviorCell): Example[] {
  return cell.results.flatMap((result) => {
    const rates = blockOf(result, 'rates')
    if (rates?.test !== cell.type) return []
    const names = rates.parts.map(({ name }) => name)
    const nameOf = ({ capability }: Example): string | undefined =>
      capability !== undefined && names.includes(capability) ? capability : names[0]
    const { examples: all = [] } = blockOf(result, 'examples') ?? {}
    return all.filter((example) => names.length <= 1 || nameOf(example) === cell.capability)
  })
}
