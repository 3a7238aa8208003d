import type { TraceBlock, TraceStep } from '../../src/results/blocks/trace.ts'
import { countText, integer } from '../../src/words/text/numbers.ts'
import { milliseconds } from '../../src/words/text/times.ts'
import { shorten, visible } from '../../src/words/text/visible.ts'
import { html, type Markup } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

/** Steps drawn. */
const SHOWN = 50
const SHOWN_IN_TEXT = 10

/** How an answer came about: one line a step, which unfolds to what went in and came out. */
export const trace: BlockDrawing<TraceBlock> = {
  html: ({ steps }) => (steps.length > 0 ? stepList(steps) : undefined),
  markdown({ steps }, text) {
    const left = steps.length - SHOWN_IN_TEXT
    const lines = steps
      .slice(0, SHOWN_IN_TEXT)
      .map(
        ({ name, ms, error }) =>
          `1. ${text(name, 120)}${timeText(ms)}${error === undefined ? '' : `: ${text(error, 200)}`}\n`,
      )
    return lines.length > 0 ? `${lines.join('')}${left > 0 ? `\n… and ${integer(left)} more\n` : ''}` : undefined
  },
}

/** Steps that unfold. */
export function stepList(steps: readonly TraceStep[]): Markup {
  return html`<details class="trace"><summary>${countText(steps.length, 'step')}</summary><ol>${steps.slice(0, SHOWN).map(stepItem)}</ol>${steps.length > SHOWN && html`<p class="x">and ${integer(steps.length - SHOWN)} more</p>`}</details>`
}

function stepItem({ name, depth = 0, ms, input, output, error }: TraceStep): Markup {
  const said = Object.entries({ in: input, out: output, error }).filter(([, text]) => text !== undefined)
  const line = html`${'· '.repeat(Math.min(8, Math.max(0, depth)))}<b>${shorten(visible(name), 120)}</b><span class="x">${timeText(ms)}</span>`
  if (said.length === 0) return html`<li>${line}</li>`
  return html`<li><details><summary>${line}</summary><dl class="facts">${said.map(([word, text]) => html`<div><dt>${word}</dt><dd>${visible(text as string)}</dd></div>`)}</dl></details></li>`
}

const timeText = (ms: number | undefined): string => (ms === undefined ? '' : ` (${milliseconds(ms)})`)
