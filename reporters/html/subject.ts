import type { CheckResult } from '../../src/results/index.ts'
import type { Page } from './page.ts'
import { html, type Markup } from './template.ts'

/** What a result is about, the column standing out: `flights.`**`delay`** `where origin = "SEA"`. */
export function subjectMarkup({ subject }: CheckResult, { several }: Page): Markup {
  const own = subject.column ?? subject.capability
  const slice = subject.slice !== undefined && html` <span class="x">where ${subject.slice}</span>`
  if (own === undefined) return html`<code>${subject.name}</code>${slice}`
  return html`${several && html`<code class="x">${subject.name}${subject.column === undefined ? ' ' : '.'}</code>`}<code>${own}</code>${slice}`
}
