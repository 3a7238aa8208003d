import type { CheckResult, RunDocument, Status } from '../src/results/index.ts'
import { countByStatus } from '../src/results/index.ts'
import { integer, plural, sentenceList } from './format.ts'
import { titleText } from './sentence.ts'
import { needsAttention, worstFirst } from './status.ts'

/** May it ship, and why not: one line for one dataset or model. */
export interface Verdict {
  readonly type: 'dataset' | 'model'
  readonly name: string
  /** The status that sums the line up; `skipped` when nothing was judged. */
  readonly status: Status
  /** `does not hold` */
  readonly claim: string
  /** `2 of 14 checks fail` */
  readonly reason: string
  /** Claim and reason: `does not hold: 2 of 14 checks fail`. */
  readonly text: string
  /** The worst result, when something needs attention. */
  readonly worst?: CheckResult
}

/** One verdict for every dataset and model of the run, those that do not hold first. */
export function verdicts(run: RunDocument): Verdict[] {
  const results = new Map<string, CheckResult[]>()
  const add = (type: string, name: string): CheckResult[] => {
    const key = `${type}\n${name}`
    const list = results.get(key) ?? []
    results.set(key, list)
    return list
  }
  for (const { name } of run.datasets) add('dataset', name)
  for (const { name } of run.models) add('model', name)
  for (const result of run.results) add(result.subject.type, result.subject.name).push(result)
  const references = new Set(run.results.map((result) => result.subject.reference))
  const all = [...results].map(([key, own]) => {
    const [type = '', name = ''] = key.split(/\n(.*)/s)
    return judge(type === 'model' ? 'model' : 'dataset', name, own, references.has(name))
  })
  return [...all.filter(isBad), ...all.filter((verdict) => !isBad(verdict))]
}

/** Whether a verdict says that its subject does not hold. */
export function isBad(verdict: Verdict): boolean {
  return verdict.status === 'fail' || verdict.status === 'error' || verdict.status === 'vacuous'
}

function judge(type: Verdict['type'], name: string, own: readonly CheckResult[], reference: boolean): Verdict {
  const [yes, no] = type === 'model' ? ['may ship', 'should not ship'] : ['holds', 'does not hold']
  const counts = countByStatus(own)
  const total = own.length
  if (total === 0) {
    const reason = reference ? 'a reference only' : 'no check is about it'
    return line({ type, name, status: 'skipped' }, 'not judged', ': ', reason)
  }
  if (counts.skipped === total) {
    const reason = total === 1 ? 'its check was skipped' : `all ${integer(total)} checks were skipped`
    return line({ type, name, status: 'skipped' }, 'not judged', ': ', reason)
  }
  const worst = worstFirst(own).find(needsAttention)
  const base = { type, name, ...(worst ? { worst } : {}) }
  const bad = own.some((result) => result.blocking || result.status === 'fail' || result.status === 'error')
  const reasons: string[] = []
  if (counts.fail)
    reasons.push(`${integer(counts.fail)} of ${plural(total, 'check')} ${counts.fail === 1 ? 'fails' : 'fail'}`)
  const checks = (count: number): string =>
    reasons.length > 0 ? integer(count) : `${integer(count)} of ${plural(total, 'check')}`
  if (counts.error) reasons.push(`${checks(counts.error)} could not run`)
  if (counts.vacuous) reasons.push(`${checks(counts.vacuous)} had nothing to judge`)
  const caveats: string[] = []
  if (counts.warn) caveats.push(plural(counts.warn, 'warning'))
  if (counts.inconclusive) caveats.push(plural(counts.inconclusive, 'undecided check'))
  if (counts.accepted) caveats.push(plural(counts.accepted, 'accepted failure'))
  if (bad) {
    const status = counts.fail ? 'fail' : counts.error ? 'error' : counts.vacuous ? 'vacuous' : 'fail'
    const why = reasons.length > 0 ? reasons.join(', ') : `its test fails on ${sentenceList(caveats)}`
    return line({ ...base, status }, no, ': ', why)
  }
  if (counts.vacuous) caveats.unshift(`${plural(counts.vacuous, 'check')} that had nothing to judge`)
  if (counts.skipped) caveats.push(plural(counts.skipped, 'skipped check'))
  if (caveats.length > 0) {
    const reason = `with ${sentenceList(caveats)} of ${integer(total)}`
    return line({ ...base, status: worst?.status ?? 'pass' }, yes, ', ', reason)
  }
  const reason =
    total === 1 ? 'its check passes' : total === 2 ? 'both checks pass' : `all ${integer(total)} checks pass`
  return line({ ...base, status: 'pass' }, yes, ': ', reason)
}

function line(
  base: Pick<Verdict, 'type' | 'name' | 'status' | 'worst'>,
  claim: string,
  joint: string,
  reason: string,
): Verdict {
  return { ...base, claim, reason, text: `${claim}${joint}${reason}` }
}

/** The run in one sentence, and whether it is good news. */
export function headline(run: RunDocument): { readonly text: string; readonly status: Status } {
  const all = verdicts(run)
  const parts: string[] = []
  for (const [type, one, many] of [
    ['dataset', 'does not hold', 'do not hold'],
    ['model', 'should not ship', 'should not ship'],
  ] as const) {
    const own = all.filter((verdict) => verdict.type === type)
    const bad = own.filter(isBad)
    if (bad.length === 0) continue
    const name = bad[0]?.name ?? ''
    parts.push(
      bad.length === 1 && name.length <= 40
        ? `${name} ${one}`
        : `${integer(bad.length)} of ${plural(own.length, type)} ${bad.length === 1 ? one : many}`,
    )
  }
  if (run.results.length === 0) parts.push('No data or model check ran')
  if (run.tests.failed > 0) {
    parts.push(`${plural(run.tests.failed, 'ordinary test')} ${run.tests.failed === 1 ? 'fails' : 'fail'}`)
  }
  if (run.tests.failed > 0 || (parts.length > 0 && run.results.length > 0))
    return { text: parts.join(', '), status: 'fail' }
  const counts = countByStatus(run.results)
  const total = run.results.length
  if (total === 0) return { text: 'No data or model check ran', status: 'skipped' }
  if (counts.skipped === total) return { text: 'Nothing was judged: every check was skipped', status: 'skipped' }
  if (counts.pass === total) {
    return { text: total === 1 ? 'The one check passes' : `All ${integer(total)} checks pass`, status: 'pass' }
  }
  const caveats: string[] = []
  if (counts.warn) caveats.push(plural(counts.warn, 'warning'))
  if (counts.vacuous) caveats.push(`${plural(counts.vacuous, 'check')} without anything to judge`)
  if (counts.inconclusive) caveats.push(plural(counts.inconclusive, 'undecided check'))
  if (counts.accepted) caveats.push(plural(counts.accepted, 'accepted failure'))
  if (counts.skipped) caveats.push(plural(counts.skipped, 'skipped check'))
  return {
    text: `Everything holds, with ${sentenceList(caveats)}`,
    status: counts.pass + counts.skipped === total ? 'pass' : 'warn',
  }
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
