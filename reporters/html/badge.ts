import type { Status } from '../../src/results/index.ts'
import { statusWord } from '../../src/words/status.ts'
import { html, type Markup } from './template.ts'

/** The shapes of all statuses, drawn once and used by reference. They differ in form, not only in colour. */
export const glyphSheet: Markup = html`<svg class="sheet" width="0" height="0" aria-hidden="true">
<symbol id="g-pass" viewBox="0 0 12 12"><path d="M2 6.2 4.6 9 10 3" fill="none" stroke="currentColor" stroke-width="1.8"/></symbol>
<symbol id="g-fail" viewBox="0 0 12 12"><path fill="currentColor" fill-rule="evenodd" d="M1 0h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H1a1 1 0 0 1-1-1V1a1 1 0 0 1 1-1zm2.9 2.7L2.7 3.9 4.8 6 2.7 8.1l1.2 1.2L6 7.2l2.1 2.1 1.2-1.2L7.2 6l2.1-2.1-1.2-1.2L6 4.8z"/></symbol>
<symbol id="g-error" viewBox="0 0 12 12"><path d="M6 0 12 6 6 12 0 6z" fill="currentColor"/></symbol>
<symbol id="g-vacuous" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M2 10 10 2" stroke="currentColor" stroke-width="1.5"/></symbol>
<symbol id="g-warn" viewBox="0 0 12 12"><path d="M6 .8 11.6 11.2H.4z" fill="currentColor"/></symbol>
<symbol id="g-inconclusive" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" fill="currentColor"/></symbol>
<symbol id="g-accepted" viewBox="0 0 12 12"><path d="M2.2.6v11M2.2 1.4h8L7.8 4.2l2.4 2.8h-8z" fill="none" stroke="currentColor" stroke-width="1.5"/></symbol>
<symbol id="g-skipped" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2.2 1.6"/></symbol>
</svg>`

/** The shape of a status, without words; the place it stands must name it. */
export function glyph(status: Status): Markup {
  return html`<svg class="g" width="12" height="12" aria-hidden="true"><use href="#g-${status}"/></svg>`
}

/** The shape of a status beside its word, or beside `text`. */
export function badge(status: Status, text: string = statusWord[status]): Markup {
  return html`<span class="s ${status}">${glyph(status)}${text}</span>`
}
