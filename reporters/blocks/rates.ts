import type { PassRate, RatesBlock } from '../../src/results/blocks/rates.ts'
import { exactShare, integer, shareInterval, shareText } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import { html } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

const SHOWN = 40

/** Rates by name, lowest first; those of a behavioral test stand in the model's section. */
export const rates: BlockDrawing<RatesBlock> = {
  html({ test, parts }, { title }) {
    if (test !== undefined || parts.length === 0) return undefined
    return html`<div class="tw" role="group" tabindex="0" aria-label="Rates of ${title}"><table class="small"><thead><tr><th scope="col">Name</th><th scope="col" class="r">Rate</th><th scope="col" class="r">Interval</th><th scope="col" class="r">Cases</th><th scope="col" class="r">Limit</th></tr></thead><tbody>${lowestFirst(parts).map((part) => html`<tr><td>${visible(part.name)}</td><td class="r">${rateText(part)}</td><td class="r x">${part.interval ? shareInterval(part.interval) : '—'}</td><td class="r">${integer(part.cases)}</td><td class="r x">${part.limit === undefined ? '—' : exactShare(part.limit)}</td></tr>`)}</tbody></table></div>${parts.length > SHOWN && html`<p class="x">and ${integer(parts.length - SHOWN)} more</p>`}`
  },
  markdown({ test, parts }, text) {
    if (test !== undefined || parts.length === 0) return undefined
    const rows = lowestFirst(parts).map(
      (part) => `| ${text(part.name, 120)} | ${rateText(part)} | ${integer(part.cases)} |\n`,
    )
    const more = parts.length > SHOWN ? `\n… and ${integer(parts.length - SHOWN)} more\n` : ''
    return `| name | rate | cases |\n|-|-:|-:|\n${rows.join('')}${more}`
  },
}

function lowestFirst(parts: readonly PassRate[]): readonly PassRate[] {
  return [...parts].sort((a, b) => (a.rate ?? 2) - (b.rate ?? 2)).slice(0, SHOWN)
}

const rateText = ({ rate, limit }: PassRate): string => shareText(rate, limit === undefined ? [] : [limit])
