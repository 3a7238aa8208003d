import type { ExamplesBlock } from '../../src/results/blocks/examples.ts'
import { countText } from '../../src/words/text/numbers.ts'
import { html } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

/** Failing cases: the model's section lists them by skill. */
export const examples: BlockDrawing<ExamplesBlock> = {
  html: ({ examples: all }) =>
    all.length > 0
      ? html`<p class="say"><a href="#model">${countText(all.length, 'failing example')}</a></p>`
      : undefined,
}
