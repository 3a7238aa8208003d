import type { Problem, ProblemKind, RunDocument, Status } from '../src/results/index.ts'
import { tallyText } from '../src/results/index.ts'
import { countText, integer } from '../src/words/text/numbers.ts'
import { sentenceList, shorten } from '../src/words/text/visible.ts'
import { isBad, type Verdict, verdicts, whichChecks, worstStatus } from './verdict.ts'

/** The run in one sentence, and the status that sums it up. */
export interface Headline {
  readonly text: string
  /** `pass` only when the run ended well and every test of it ran. */
  readonly status: Status
}

/** What problems of a kind are called when they make a run fail: one, and several. */
const names: Readonly<Record<ProblemKind, readonly [string, string]>> = {
  test: ['test fails', 'tests fail'],
  hook: ['hook fails', 'hooks fail'],
  file: ['test file does not load', 'test files do not load'],
  worker: ['worker stopped', 'workers stopped'],
  unhandled: ['unhandled error', 'unhandled errors'],
  unjudged: ['assertion has no verdict', 'assertions have no verdict'],
  run: ['', ''],
  'left-out': ['', ''],
  skipped: ['', ''],
}

/** The run in one sentence. Green is a run that ended well, of which every test ran and every check passes. */
export function headline(run: RunDocument): Headline {
  const { outcome, problems, results } = run
  const all = verdicts(run)
  const parts = [...subjectParts(all, isBad), ...problemParts(problems.filter(({ blocking }) => blocking))]
  if (run.tests.failed > 0 && !problems.some(({ kind }) => kind === 'test'))
    parts.push(`${countText(run.tests.failed, 'test')} ${run.tests.failed === 1 ? 'fails' : 'fail'}`)
  const failed = parts.length > 0 || outcome.exitCode !== 0
  if (failed) {
    if (parts.length === 0) parts.push(`The run failed with exit code ${outcome.exitCode}`)
    if (results.length === 0) parts.unshift('Nothing was judged')
    return { text: sentence([parts.join(', '), ranText(run)]), status: 'fail' }
  }
  const left = [ranText(run), ...asides(problems)]
  if (results.every(({ status }) => status === 'skipped')) {
    const why =
      results.length > 0
        ? 'every check was skipped'
        : left.some(Boolean)
          ? ''
          : 'no test asked a question of data or a model'
    return { text: sentence([`Nothing was judged${why ? `: ${why}` : ''}`, ...left]), status: 'skipped' }
  }
  const sum = tallyText(results, { number: integer, qualifier: whichChecks(run) })
    .replace(/^its check/, 'The one check')
    .replace(/^[ab]/, (letter) => letter.toUpperCase())
  return {
    text: sentence([
      [sum, ...(results.some(({ status }) => status === 'inconclusive') ? [] : subjectParts(all, () => true))].join(
        ', ',
      ),
      ...left,
    ]),
    status: worstStatus([
      ...results.map(({ status }) => status),
      ...all.filter(({ claim }) => claim !== 'not judged').map(({ status }) => status),
      ...problems.map(problemStatus),
      ...(outcome.status === 'passed' ? [] : (['skipped'] as const)),
    ]),
  }
}

/** The status that a problem is drawn as. */
export function problemStatus({ kind, blocking }: Problem): Status {
  if (kind === 'unjudged') return blocking ? 'error' : 'inconclusive'
  if (blocking) return kind === 'test' || kind === 'run' ? 'fail' : 'error'
  return kind === 'skipped' ? 'skipped' : 'warn'
}

const notRun = ({ kind, blocking }: Problem): boolean => !blocking && (kind === 'left-out' || kind === 'skipped')

/** What does not hold and what is undecided, datasets before models. */
function subjectParts(all: readonly Verdict[], isMeant: (verdict: Verdict) => boolean): string[] {
  const parts: string[] = []
  for (const [type, claim, many] of [
    ['dataset', 'does not hold', 'do not hold'],
    ['model', 'should not ship', 'should not ship'],
    ['dataset', 'is undecided', 'are undecided'],
    ['model', 'is undecided', 'are undecided'],
  ] as const) {
    const own = all.filter((verdict) => verdict.type === type)
    const such = own.filter((verdict) => verdict.claim === claim && isMeant(verdict))
    const name = such[0]?.name ?? ''
    if (such.length === 1 && name.length <= 40) parts.push(`${name} ${claim}`)
    else if (such.length > 0)
      parts.push(`${integer(such.length)} of ${countText(own.length, type)} ${such.length === 1 ? claim : many}`)
  }
  return parts
}

function problemParts(problems: readonly Problem[]): string[] {
  const kinds = [...new Set(problems.map(({ kind }) => kind))]
  return kinds.flatMap((kind) => {
    const own = problems.filter((problem) => problem.kind === kind)
    const [one, many] = names[kind]
    return one === '' ? own.slice(0, 1).map(({ text }) => shorten(text, 120)) : [countText(own.length, one, many)]
  })
}

/** `3 of 5 tests ran`, and why not all; nothing when all did. */
function ranText({ outcome: { tests, files }, problems }: RunDocument): string {
  const parts: string[] = []
  if (files.ran < files.found) parts.push(`${integer(files.ran)} of ${countText(files.found, 'test file')} ran`)
  if (tests.ran < tests.found) parts.push(`${integer(tests.ran)} of ${countText(tests.found, 'test')} ran`)
  const why = problems.filter(notRun).map(({ text }) => shorten(text, 120))
  return [sentenceList(parts), ...why].filter((part) => part !== '').join(', ')
}

/** What happened without making the run fail. */
function asides(problems: readonly Problem[]): string[] {
  return problemParts(
    problems.filter((problem) => !problem.blocking && !notRun(problem) && problem.kind !== 'unjudged'),
  )
}

function sentence(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('; ')
}
