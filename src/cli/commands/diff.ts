import { subjectText, titleText } from '../../words/sentence.ts'
import type { CheckResult } from '../../results/checkResult.ts'
import type { CaseChanges } from '../../results/caseChanges.ts'
import { type CheckChange, compareRuns, type RunComparison } from '../../results/compareRuns.ts'
import type { Problem, RunDocument } from '../../results/runDocument.ts'
import { visible } from '../../words/text/visible.ts'
import { command, exit } from '../command.ts'
import type { Context } from '../context.ts'
import { readRun } from '../runFile.ts'

const lists = [
  { key: 'newlyFailing', title: 'newly failing', glyph: '✗', style: 'red' },
  { key: 'stillFailing', title: 'still failing', glyph: '•', style: 'yellow' },
  { key: 'fixed', title: 'fixed', glyph: '✓', style: 'green' },
  { key: 'added', title: 'new', glyph: '+', style: 'cyan' },
  { key: 'gone', title: 'gone', glyph: '−', style: 'cyan' },
  { key: 'changed', title: 'changed', glyph: '~', style: 'dim' },
] as const

const SHOWN = 50
const SHOWN_CASES = 10

/** `assay diff <before> <after>` */
export default command<[before: string, after: string], object>({
  examples: [
    ['assay diff main/report.json report/report.json', 'exits with 1 when something newly fails'],
    ['assay diff yesterday today --json', 'two report folders, as JSON'],
  ],
  declare(parser) {
    parser
      .argument('<before>', 'the run document of a run, or its report folder')
      .argument('<after>', 'that of a later one')
  },
  async run([before, after], _, context) {
    const runs = { before: await readRun(before), after: await readRun(after) }
    const comparison = compareRuns(runs.before, runs.after)
    context.answer(comparison)
    context.print(shown(comparison, runs, context))
    return comparison.newlyFailing.length + comparison.newProblems.length > 0 ? exit.fails : exit.holds
  },
})

type Runs = Readonly<Record<'before' | 'after', RunDocument>>

function shown(comparison: RunComparison, runs: Runs, context: Context): string {
  const lines: string[] = []
  for (const problem of comparison.newProblems.slice(0, SHOWN))
    lines.push(`${context.paint('red', '✗ newly failing')}  ${problemText(problem)}`)
  if (comparison.newProblems.length > SHOWN)
    lines.push(`  … and ${comparison.newProblems.length - SHOWN} more beside the checks`)
  for (const { key, title, glyph, style } of lists) {
    const changes = comparison[key]
    for (const change of changes.slice(0, SHOWN))
      lines.push(`${context.paint(style, `${glyph} ${title}`)}  ${checkText(change)}`, ...measurements(change))
    if (changes.length > SHOWN) lines.push(`  … and ${changes.length - SHOWN} more ${title}`)
  }
  for (const { type, name, before, after } of comparison.sources)
    lines.push(
      `${context.paint('dim', `~ ${type === 'dataset' ? 'data' : 'model'}`)}  ${visible(name)}: ${visible(before.join(', '))} → ${visible(after.join(', '))}`,
    )
  for (const side of comparison.partial)
    lines.push(`${context.paint('yellow', '! partial')}  ${partText(side, runs[side])}`)
  const failures = comparison.newProblems.length
  const counts = [
    ...lists
      .filter(({ key }) => comparison[key].length > 0)
      .map(({ key, title }) => `${comparison[key].length} ${title}`),
    ...(failures > 0 ? [`${failures} newly failing beside the checks`] : []),
  ]
  const unchanged = comparison.partial.length > 0 ? 'nothing changed of what both runs asked' : 'nothing changed'
  const summary = counts.length > 0 ? counts.join(', ') : unchanged
  return [...lines, ...(lines.length > 0 ? [''] : []), summary].join('\n')
}

/** What happened beside the checks, and where. */
function problemText({ text, test, file, line }: Problem): string {
  const place = file === undefined ? [] : [line === undefined ? file : `${file}:${line}`]
  return [...(test === undefined ? [] : [test]), text, ...place].map(visible).join('  ')
}

/** Why a run did not ask all, and what that leaves open. */
function partText(side: 'before' | 'after', { outcome: { tests, files }, problems }: RunDocument): string {
  const ran = [
    ...(files.ran < files.found ? [`${files.ran} of ${files.found} test files ran`] : []),
    ...(tests.ran < tests.found ? [`${tests.ran} of ${tests.found} tests ran`] : []),
  ]
  const why = problems.filter(({ kind }) => kind === 'left-out' || kind === 'skipped').map(({ text }) => visible(text))
  const open = side === 'before' ? 'what is new may have been there' : 'what is gone may be there still'
  return `${side === 'before' ? 'the run before' : 'the later run'}: ${[...ran, ...why].join(', ')}; ${open}`
}

function checkText({ before, after }: CheckChange): string {
  const result = (after ?? before) as CheckResult
  return visible(`${subjectText(result)} ${titleText(result)}`)
}

function measurements({ before, after, limitChanged, cases }: CheckChange): string[] {
  const text = ({ status, measured }: CheckResult): string => visible(`${status}: ${measured}`)
  if (!before || !after) return [`    ${text((after ?? before) as CheckResult)}`]
  const limit = limitChanged ? [`    limit   ${limitText(before, after)}`] : []
  const moved =
    before.subject.name === after.subject.name
      ? []
      : [`    of      ${visible(before.subject.name)} → ${visible(after.subject.name)}`]
  const more = [...moved, ...limit]
  if (text(before) === text(after)) return [...more, `    ${text(after)}`, ...caseLines(cases)]
  return [...more, `    before  ${text(before)}`, `    now     ${text(after)}`, ...caseLines(cases)]
}

function limitText(before: CheckResult, after: CheckResult): string {
  if (before.expected !== after.expected) return `${visible(before.expected)} → ${visible(after.expected)}`
  const numbers = [before, after].map(({ limit }) => JSON.stringify(limit ?? {}))
  return numbers[0] === numbers[1] ? `${visible(after.expected)}, with other options` : numbers.map(visible).join(' → ')
}

/** Which cases of a behavioral test broke and which were fixed. */
function caseLines(cases: CaseChanges | undefined): string[] {
  if (!cases) return []
  const { broke, fixed, tableChanged, unlisted } = cases
  const listed = (what: string, list: CaseChanges['broke']): string[] => {
    if (list.length === 0) return []
    const names = list.slice(0, SHOWN_CASES).map(({ name }) => JSON.stringify(name))
    const more = list.length > names.length ? ` and ${list.length - names.length} more` : ''
    return [`    ${what}${visible(names.join(', '))}${more}`]
  }
  return [
    ...listed('broke   ', broke),
    ...listed('fixed   ', fixed),
    ...(tableChanged
      ? ['    the cases are others now: what broke may be new, what is fixed may be asked no more']
      : []),
    ...(unlisted
      ? [
          `    the runs list their first failing cases only (${unlisted.before} and ${unlisted.after} more): not all is known`,
        ]
      : []),
  ]
}
