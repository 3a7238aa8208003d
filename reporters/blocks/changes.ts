import type { ChangedCases, ChangesBlock } from '../../src/results/blocks/changes.ts'
import { countText, integer } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import { html, type Markup } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'
import { exampleTable } from './examples.ts'

const SHOWN = 40
const SHOWN_IN_TEXT = 10
const EXAMPLES_IN_TEXT = 5

/** What broke and what was fixed: counted by capability, the first cases of each unfolding. */
export const changes: BlockDrawing<ChangesBlock> = {
  html(block, { title }) {
    const { before, after, cases, broke, fixed, parts } = block
    const shown = parts.slice(0, SHOWN)
    const left = parts.length - shown.length
    return html`<p class="say"><b>${integer(broke.total)}</b> broke and <b>${integer(fixed.total)}</b> were fixed from <code>${visible(before)}</code> to <code>${visible(after)}</code>, of ${countText(cases, 'case')}.</p>${shown.length > 1 && html`<div class="tw" role="group" tabindex="0" aria-label="${`Changes by capability of ${title}`}"><table class="small"><thead><tr><th scope="col">Capability</th><th scope="col" class="r">Broke</th><th scope="col" class="r">Fixed</th><th scope="col" class="r">Cases</th></tr></thead><tbody>${shown.map((part) => html`<tr><th scope="row" class="l">${visible(part.name)}</th><td class="r">${part.broke > 0 ? html`<mark>${integer(part.broke)}</mark>` : '0'}</td><td class="r">${integer(part.fixed)}</td><td class="r">${integer(part.cases)}</td></tr>`)}</tbody></table></div>${left > 0 && html`<p class="x">and ${integer(left)} more</p>`}`}${listed('broke', broke, title, true)}${listed('fixed', fixed, title, false)}`
  },
  markdown({ before, after, cases, broke, fixed, parts }, text) {
    const rows = parts
      .slice(0, SHOWN_IN_TEXT)
      .map(
        (part) =>
          `| ${text(part.name, 120)} | ${integer(part.broke)} | ${integer(part.fixed)} | ${integer(part.cases)} |\n`,
      )
    const left = parts.length - SHOWN_IN_TEXT
    const examples = broke.examples
      .slice(0, EXAMPLES_IN_TEXT)
      .map(
        ({ input, expected, before: was, got }) =>
          `- broke: ${text(input, 120)} expected ${text(expected, 120)}, got ${text(got, 120)}${was === undefined ? '' : ` (before: ${text(was, 120)})`}\n`,
      )
    const unsaid = broke.total - examples.length
    return [
      `${integer(broke.total)} broke, ${integer(fixed.total)} fixed of ${countText(cases, 'case')}, from ${text(before)} to ${text(after)}\n`,
      ...(rows.length > 1 ? [`\n| capability | broke | fixed | cases |\n|-|-:|-:|-:|\n${rows.join('')}`] : []),
      ...(left > 0 ? [`\n… and ${integer(left)} more\n`] : []),
      ...(examples.length > 0
        ? [`\n${examples.join('')}${unsaid > 0 ? `- … and ${integer(unsaid)} more that broke\n` : ''}`]
        : []),
    ].join('')
  },
}

function listed(word: string, { total, examples }: ChangedCases, title: string, open: boolean): Markup | false {
  if (examples.length === 0) return false
  const text =
    examples.length < total
      ? `${integer(examples.length)} of ${countText(total, 'case')} that ${word === 'fixed' ? 'were fixed' : word}`
      : `${countText(total, 'case')} that ${word === 'fixed' ? (total === 1 ? 'was fixed' : 'were fixed') : word}`
  return html`<details class="rows"${open && html` open`}><summary>${text}</summary>${exampleTable(examples, `Cases that ${word} in ${title}`)}</details>`
}
