import { type Example, type ExamplesBlock, scoreText } from '../../src/results/blocks/examples.ts'
import { countText } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import { html, type Markup } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'
import { stepList } from './trace.ts'

/** Failing cases: the model's section lists them by skill. */
export const examples: BlockDrawing<ExamplesBlock> = {
  html: ({ examples: all }) =>
    all.length > 0
      ? html`<p class="say"><a href="#model">${countText(all.length, 'failing example')}</a></p>`
      : undefined,
}

/** Examples as a table: input and what it was changed to, what was expected and got, the score before and after, the trace. */
export function exampleTable(all: readonly Example[], label: string, score?: string): Markup {
  const changed = all.some(({ perturbed }) => perturbed !== undefined)
  const scored = all.some((example) => example.score !== undefined)
  const row = (example: Example): Markup =>
    html`<tr><td class="x">${example.name === undefined ? '—' : visible(example.name)}</td><td class="input">${visible(example.input)}${example.perturbed !== undefined && html`<br><span class="arrow">→</span> ${visible(example.perturbed)}`}</td><td>${visible(example.expected)}</td><td>${example.before !== undefined && html`${visible(example.before)} → `}<mark>${visible(example.got)}</mark>${example.reason !== undefined && html`<details><summary>why</summary>${visible(example.reason)}</details>`}${example.trace && example.trace.length > 0 && stepList(example.trace)}</td>${scored && html`<td class="r">${scoreText(example) ?? '—'}</td>`}</tr>`
  return html`<div class="tw" role="group" tabindex="0" aria-label="${label}"><table class="small"><thead><tr><th scope="col">Case</th><th scope="col">Input${changed && html`, and what it was changed to`}</th><th scope="col">Expected</th><th scope="col">Got</th>${scored && html`<th scope="col" class="r">${score === undefined ? 'Score' : `Score of ${visible(score)}`}</th>`}</tr></thead><tbody>${all.map(row)}</tbody></table></div>`
}
