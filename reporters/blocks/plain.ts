import { type Block, blockLines } from '../../src/results/blocks/index.ts'
import { html } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

/** A block of a kind without a drawing of its own: its text. */
export const plain: BlockDrawing<Block> = {
  html(block) {
    const lines = blockLines(block)
    return lines.length > 0 ? html`<pre tabindex="0">${lines.join('\n')}</pre>` : undefined
  },
  markdown(block, text) {
    const lines = blockLines(block)
    return lines.length > 0 ? lines.map((line) => `- ${text(line.trim(), 240)}\n`).join('') : undefined
  },
}
