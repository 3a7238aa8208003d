import type { Problem } from '../../src/results/index.ts'
import { countText } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import { problemStatus } from '../headline.ts'
import { problemConsequence, problemHeading, problemPlace } from '../problemText.ts'
import { badge } from './badge.ts'
import { html, type Markup } from './template.ts'

const mostNames = 20

/** What failed or did not run beside the checks, on one line: what kind of thing, which test, what it said, where. */
export function problemLine(problem: Problem): Markup {
  const { test, text, names = [], tests = names.length } = problem
  const consequence = problemConsequence(problem)
  const place = problemPlace(problem)
  const listed =
    names.length > 1 &&
    html`<details><summary>${countText(tests, 'name')}</summary>${names.slice(0, mostNames).map(visible).join(' · ')}${tests > names.length && ' · …'}</details>`
  return html`<li class="problem ${problemStatus(problem)}">${badge(problemStatus(problem), problemHeading(problem))} <span class="said">${test !== undefined && html`<b>${visible(test)}</b> `}${text}${consequence && html` <span class="x">${consequence}</span>`}${listed}</span> <span class="owner x">${place !== undefined && html`<code>${visible(place)}</code>`}</span></li>`
}
