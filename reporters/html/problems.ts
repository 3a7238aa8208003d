import type { Problem } from '../../src/results/index.ts'
import { integer, plural } from '../format.ts'
import { problemStatus } from '../headline.ts'
import { problemConsequence, problemHeading, problemPlace } from '../problemText.ts'
import { badge } from './badge.ts'
import { html, type Markup } from './template.ts'

const mostProblems = 50
const mostNames = 20

/** What failed or did not run beside the checks, worst first. */
export function problemList(problems: readonly Problem[]): Markup | false {
  if (problems.length === 0) return false
  const left = problems.length - mostProblems
  return html`<ul class="problems" aria-label="What failed or did not run beside the checks">${problems.slice(0, mostProblems).map(line)}${left > 0 && html`<li class="x">and ${integer(left)} more, all in report.json</li>`}</ul>`
}

function line(problem: Problem): Markup {
  const { test, text, names = [], tests = names.length } = problem
  const consequence = problemConsequence(problem)
  const place = problemPlace(problem)
  const listed =
    names.length > 1 &&
    html` <details><summary>${plural(tests, 'name')}</summary>${names.slice(0, mostNames).join(' · ')}${tests > names.length && ' · …'}</details>`
  return html`<li>${badge(problemStatus(problem), problemHeading(problem))} ${test !== undefined && html`<b>${test}</b> `}${text}${consequence && html` <span class="x">${consequence}</span>`}${place !== undefined && html` <code class="x">${place}</code>`}${listed}</li>`
}
