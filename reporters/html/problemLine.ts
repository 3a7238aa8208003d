import type { Problem } from '../../src/results/index.ts'
import { countText } from '../../src/words/text/numbers.ts'
import { shorten, visible } from '../../src/words/text/visible.ts'
import { problemStatus } from '../headline.ts'
import { problemConsequence, problemHeading, problemPlace } from '../problemText.ts'
import { badge } from './badge.ts'
import { html, type Markup } from './template.ts'

const mostNames = 20
/** Characters of a name of a test or file, and of what it said; all of it stands in report.json. */
const NAME = 300
const TEXT = 1000

/** What failed or did not run beside the checks, on one line: what kind of thing, which test, what it said, where. */
export function problemLine(problem: Problem): Markup {
  const { test, text, names = [], tests = names.length } = problem
  const consequence = problemConsequence(problem)
  const place = problemPlace(problem)
  const listed =
    names.length > 1 &&
    html`<details><summary>${countText(tests, 'name')}</summary>${names
      .slice(0, mostNames)
      .map((name) => shorten(visible(name), NAME))
      .join(' · ')}${tests > names.length && ' · …'}</details>`
  return html`<li class="problem ${problemStatus(problem)}">${badge(problemStatus(problem), problemHeading(problem))} <span class="said">${test !== undefined && html`<b>${shorten(visible(test), NAME)}</b> `}${shorten(text, TEXT)}${consequence && html` <span class="x">${consequence}</span>`}${listed}</span> <span class="owner x">${place !== undefined && html`<code>${shorten(visible(place), NAME)}</code>`}</span></li>`
}
