import type { NumberBlock } from '../../src/results/blocks/number.ts'
import { limitOf, numberTexts } from '../../src/words/numberTexts.ts'
import { shareText } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import { intervalBar } from '../html/charts/intervalBar.ts'
import { html } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

/** A number with its interval and limit, beside the sentences; the section on drift shows effects of drift. */
export const number: BlockDrawing<NumberBlock> = {
  beside: true,
  html(block, { family, status }) {
    if (family === 'drift') return undefined
    const limit = limitOf(block.limit)
    const texts = numberTexts(block)
    const all = [block.value, ...(block.interval ?? []), ...(limit === undefined ? [] : [limit])].filter(
      Number.isFinite,
    )
    const [low, high] = [Math.min(0, ...all), Math.max(...all)]
    const label = `${visible(block.name)} ${texts.effect}${block.interval ? `, interval ${texts.interval}` : ''}${texts.limit === undefined ? '' : `, limit ${texts.limit}`}`
    return html`<div class="effect"><span>${visible(block.name)} <b class="${status}">${texts.effect}</b>${texts.limit !== undefined && html` <span class="x">limit ${texts.limit}</span>`}</span>${intervalBar({ value: block.value, interval: block.interval, limit }, [low, high], status, label)}</div>${block.interval && html`<p class="x meaning">${block.confidence !== undefined && `${shareText(block.confidence)} `}interval ${texts.interval}</p>`}${block.note !== undefined && html`<p class="reading">${block.note}</p>`}`
  },
  markdown(block, text, { family }) {
    if (family === 'drift') return undefined
    const { effect, interval, limit } = numberTexts(block)
    const range = block.interval ? ` (${interval})` : ''
    return `- ${text(block.name)} ${effect}${range}${limit === undefined ? '' : `, limit ${limit}`}${block.note === undefined ? '' : `: ${text(block.note, 240)}`}\n`
  },
}
