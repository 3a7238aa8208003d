import type { CheckResult, NamedSubject, Problem, RunDocument, Status } from '../src/results/index.ts'
import { statusOrder, tallyText } from '../src/results/index.ts'
import { countText, integer } from '../src/words/text/numbers.ts'
import { titleText } from '../src/words/sentence.ts'
import { needsAttention } from '../src/words/status.ts'
import { worstFirst } from '../src/results/worstFirst.ts'

/** May it ship, and why not: one line for one dataset or model. */
export interface Verdict {
  readonly type: 'dataset' | 'model'
  readonly name: string
  /** The status that sums the line up; `skipped` when nothing was judged. */
  readonly status: Status
  /** Whether it makes the run fail. */
  readonly blocking: boolean
  /** `does not hold` */
  readonly claim: string
  /** `2 of 14 checks fail` */
  readonly reason: string
  /** Claim and reason: `does not hold: 2 of 14 checks fail`. */
  readonly text: string
  /** The worst result, when something needs attention. */
  readonly worst?: CheckResult
}

/** What is said of a dataset, and of a model, whose worst result has the status. */
const claims = {
  dataset: { fail: 'does not hold', pass: 'holds' },
  model: { fail: 'should not ship', pass: 'may ship' },
} as const
const undecided = 'is undecided'

/** What a verdict is drawn from. */
interface Judged {
  readonly results: CheckResult[]
  /** What kept somebody from judging it. */
  readonly problems: Problem[]
}

/** One verdict for every dataset and model of the run, those that fail the run first, then those nobody decided. */
export function verdicts(run: RunDocument): Verdict[] {
  const subjects = new Map<string, Judged>()
  const about = ({ type, name }: NamedSubject): Judged => {
    const key = `${type}\n${name}`
    const judged = subjects.get(key) ?? { results: [], problems: [] }
    subjects.set(key, judged)
    return judged
  }
  for (const { name } of run.datasets) about({ type: 'dataset', name })
  for (const { name } of run.models) about({ type: 'model', name })
  for (const result of run.results) about(result.subject).results.push(result)
  for (const problem of run.problems)
    for (const subject of problem.undecided ?? []) about(subject).problems.push(problem)
  const references = new Set(run.results.map((result) => result.subject.reference))
  const all = [...subjects].map(([key, judged]) => {
    const [type = '', name = ''] = key.split(/\n(.*)/s)
    return judge({ type: type === 'model' ? 'model' : 'dataset', name }, judged, run, references.has(name))
  })
  const rank = (verdict: Verdict): number =>
    verdict.blocking ? 0 : verdict.status === 'inconclusive' && verdict.claim === undecided ? 1 : 2
  return all.sort((a, b) => rank(a) - rank(b))
}

/** Whether a verdict makes the run fail: its subject does not hold, or nobody could tell. */
export function isBad(verdict: Verdict): boolean {
  return verdict.blocking
}

function judge({ type, name }: NamedSubject, judged: Judged, run: RunDocument, reference: boolean): Verdict {
  const { results } = judged
  const problems = [...judged.problems, ...cutShort(results, run.problems)]
  const qualifier = whichChecks(run)
  const has = (...statuses: readonly Status[]): boolean => results.some(({ status }) => statuses.includes(status))
  const worst = worstFirst(results).find(needsAttention)
  const blocking =
    results.some((result) => result.blocking || result.status === 'fail') ||
    problems.some((problem) => problem.blocking)
  const sum = tallyText(results, { number: integer, qualifier })
  const line = (status: Status, claim: string, reason: string): Verdict => ({
    type,
    name,
    status,
    blocking,
    claim,
    reason,
    text: `${claim}: ${reason}`,
    ...(worst ? { worst } : {}),
  })
  const { fail, pass } = claims[type]
  if (has('fail')) return line('fail', fail, sum)
  if (problems.length > 0) {
    const why = problemsText(problems)
    return line(has('error') ? 'error' : 'inconclusive', undecided, results.length > 0 ? `${sum}, but ${why}` : why)
  }
  if (results.length === 0)
    return line('skipped', 'not judged', reference ? 'a reference only' : 'no check is about it')
  if (has('error')) return line('error', undecided, sum)
  if (blocking) return line(has('vacuous') ? 'vacuous' : 'fail', has('vacuous', 'inconclusive') ? undecided : fail, sum)
  if (has('vacuous')) return line('vacuous', undecided, sum)
  if (has('inconclusive')) return line('inconclusive', undecided, sum)
  if (!has('pass', 'warn', 'accepted')) return line('skipped', 'not judged', sum)
  if (has('accepted')) return line('accepted', `${pass} but for what is accepted`, sum)
  if (has('warn')) return line('warn', `${pass}, with warnings`, sum)
  return line(has('skipped') ? 'skipped' : 'pass', pass, sum)
}

/** What failed or stopped in the files that judge a subject and kept tests there from running. */
function cutShort(results: readonly CheckResult[], problems: readonly Problem[]): Problem[] {
  const files = new Set(results.map(({ where }) => where?.file))
  return problems.filter(
    ({ kind, file, tests = 0 }) =>
      (kind === 'hook' || kind === 'worker') && tests > 0 && file !== undefined && files.has(file),
  )
}

function problemsText(problems: readonly Problem[]): string {
  const lost = problems.reduce((sum, { tests = 0 }) => sum + tests, 0)
  const [first] = problems
  if (lost > 0 && first?.file !== undefined) {
    const all = new Set(problems.map(({ file }) => file))
    return `${countText(lost, 'test')} of ${all.size > 1 ? countText(all.size, 'file') : first.file} did not run${problems.some(({ kind }) => kind === 'worker') ? ' to the end' : ''}`
  }
  const tests = new Set(problems.map(({ test, text }) => test ?? text))
  return tests.size > 1
    ? `${countText(tests.size, 'test')} ended before they had judged it`
    : `${first ? enderText(first) : 'a test'} ended before it had judged it`
}

/** Whatever was to judge a subject: a test, else a hook or the file. */
function enderText({ kind, test, file, text }: Problem): string {
  if (kind === 'hook') return test === undefined ? `a hook of ${file ?? 'a file'}` : `a hook of "${test}"`
  return test === undefined && file !== undefined ? file : `the test "${test ?? text}"`
}

/** What follows the word `checks` when tests of the run did not run: what is said of checks is said of those that did. */
export function whichChecks({ outcome: { tests, files } }: RunDocument): string {
  return tests.ran < tests.found || files.ran < files.found ? 'that ran' : ''
}

/** The worst result of a verdict in words: `delay values between 0 and 10: 0.7 % of rows`. */
export function worstText(verdict: Verdict): string | undefined {
  const { worst } = verdict
  if (!worst) return undefined
  const subject = worst.subject.column ?? worst.subject.capability
  const about = subject === undefined ? titleText(worst) : `${subject}, ${titleText(worst)}`
  if (worst.status === 'error') return `${about}: could not run`
  return worst.status === 'vacuous' ? `${about}: nothing to judge` : `${about}: ${worst.measured}`
}

/** The worst of statuses; `pass` of none. */
export function worstStatus(statuses: readonly Status[]): Status {
  return statusOrder.find((status) => statuses.includes(status)) ?? 'pass'
}
