import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Problem } from '../src/results/runDocument.ts'
import { instant } from '../src/words/text/times.ts'
import { isOurs, marks } from './marks.ts'
import { writeTogether } from './writeTogether.ts'

const END = 'has not ended: what stands below is of the run before'
const headline = (at: string): string => `A run that began ${instant(at)} ${END}`
const ours = new RegExp(`A run that began [^<>"\n]{1,40} ${END}`)

/**
 * Says in the report of a folder that a run has begun: where it is killed and can say nothing more, the report is not
 * taken for its own. The report that is written when the run ends says it no longer. Nothing where there is no report, or
 * it cannot be written.
 */
export function markUnfinished(folder: string, at: string): void {
  const texts = Object.entries(marks).flatMap(([name, mark]) => {
    const file = path.join(folder, name)
    if (!isOurs(file, mark)) return []
    const text = readFileSync(file, 'utf8')
    return [{ file, text: marked[name as keyof typeof marked](text, at) }]
  })
  try {
    if (texts.length > 0) writeTogether(texts)
  } catch {
    // The report cannot be written, which the end of the run will say.
  }
}

/** How each file says it: in its headline. */
const marked = {
  'index.html': (page: string, at: string): string =>
    page
      .replace(/<title>(?:[^<]*? · )?/, () => `<title>${headline(at)} · `)
      .replace(
        /<h1>.*?<\/h1>/s,
        () =>
          `<h1><span class="s error"><svg class="g" width="12" height="12" aria-hidden="true"><use href="#g-error"/></svg></span>${headline(at)}</h1>`,
      ),
  'summary.md': (summary: string, at: string): string => summary.replace(/^### .*$/m, () => `### ◆ ${headline(at)}`),
  'report.json': (document: string, at: string): string => {
    const problem: Problem = { kind: 'run', text: headline(at), blocking: true }
    return document
      .replace(/^ {2}"outcome": (\{.*\})(,?)$/m, (line, outcome: string, comma: string) => {
        const ended = { ...(JSON.parse(outcome) as object), exitCode: 1, status: 'interrupted' }
        return line === '' ? line : `  "outcome": ${JSON.stringify(ended)}${comma}`
      })
      .replace(/^ {2}"problems": \[(\]?)(?:\n {4}(.*))?/m, (_, empty: string, first: string | undefined) => {
        const own = `  "problems": [\n    ${JSON.stringify(problem)}`
        if (empty !== '') return `${own}\n  ]${first === undefined ? '' : `\n    ${first}`}`
        // One that an earlier run left behind is replaced.
        if (first !== undefined && ours.test(first)) return `${own}${first.endsWith(',') ? ',' : ''}`
        return `${own},\n    ${first ?? ''}`
      })
  },
} as const
