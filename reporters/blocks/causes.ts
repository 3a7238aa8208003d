import type { CausesBlock } from '../../src/results/blocks/causes.ts'
import { shareText } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import { html } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

/** What a distance is made of, the largest part first. */
export const causes: BlockDrawing<CausesBlock> = {
  html({ causes: all }, { title }) {
    if (all.length === 0) return undefined
    const rows = all.map(
      ({ name, part, before, after }) =>
        html`<tr><th scope="row" class="l">${visible(name)}</th><td class="r">${shareText(part)}</td><td class="r">${shareText(before, [after])}</td><td class="r">${shareText(after, [before])}</td></tr>`,
    )
    return html`<div class="tw" role="group" tabindex="0" aria-label="${`what the distance is made of: ${title}`}"><table class="small"><thead><tr><th scope="col">values</th><th scope="col" class="r">of the distance</th><th scope="col" class="r">before</th><th scope="col" class="r">now</th></tr></thead><tbody>${rows}</tbody></table></div>`
  },
  markdown({ causes: all }, text) {
    if (all.length === 0) return undefined
    const rows = all.map(
      ({ name, part, before, after }) =>
        `| ${text(visible(name), 120)} | ${shareText(part)} | ${shareText(before, [after])} | ${shareText(after, [before])} |\n`,
    )
    return `| values | of the distance | before | now |\n|-|-:|-:|-:|\n${rows.join('')}`
  },
}
