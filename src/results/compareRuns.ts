import { blockOf } from './blocks/index.ts'
import { type CaseChanges, caseChanges } from './caseChanges.ts'
import type { CheckResult } from './checkResult.ts'
import { isWhole } from './isWhole.ts'
import { newProblems } from './newProblems.ts'
import { nameAlone, pairResults } from './pairResults.ts'
import type { Problem, RunDocument } from './runDocument.ts'
import { type SourceChange, sourceChanges } from './sourceChanges.ts'

/** A check in two runs; `before` is undefined for a new one, `after` for one that is gone. */
export interface CheckChange {
  /** The later run's id of it, where that has it. */
  readonly id: string
  readonly before?: CheckResult
  readonly after?: CheckResult
  /** What is expected changed, so the two measurements were judged differently. */
  readonly limitChanged?: boolean
  /** Of a behavioral test: which of its cases broke and which were fixed. */
  readonly cases?: CaseChanges
}

/** What changed from one run to another: each check is in one list, or in none when nothing about it changed. */
export interface RunComparison {
  /** Fails now and did not before, or was not asked before. */
  readonly newlyFailing: readonly CheckChange[]
  readonly stillFailing: readonly CheckChange[]
  readonly fixed: readonly CheckChange[]
  /** Not asked before, and holds. */
  readonly added: readonly CheckChange[]
  /** Not asked any more. */
  readonly gone: readonly CheckChange[]
  /** Holds in both, with another measurement, status or limit. */
  readonly changed: readonly CheckChange[]
  /** Datasets and models whose fingerprints differ, and models of which another version was asked. */
  readonly sources: readonly SourceChange[]
  /** What fails the later run beside its checks, and did not fail the one before: a test, a hook, a run that was killed. */
  readonly newProblems: readonly Problem[]
  /** Which of the runs did not ask all there was to ask: what is new, or gone, may only not have been asked there. */
  readonly partial: readonly ('before' | 'after')[]
}

/**
 * Compares two runs, whatever the order of their tests; see `pairResults` for what counts as the same check. A check
 * fails when it fails its test: a warning or an accepted failure does not.
 */
export function compareRuns(before: RunDocument, after: RunDocument): RunComparison {
  const changes = pairResults(before.results, after.results).map(({ before: was, after: is }) => changeOf(was, is))
  const now = changes.filter((change) => change.after !== undefined)
  const fails = (result: CheckResult | undefined): boolean => result?.blocking ?? false
  return {
    newlyFailing: now.filter((change) => fails(change.after) && !fails(change.before)),
    stillFailing: now.filter((change) => fails(change.after) && fails(change.before)),
    fixed: now.filter((change) => !fails(change.after) && fails(change.before)),
    added: now.filter((change) => !fails(change.after) && change.before === undefined),
    gone: changes.filter((change) => change.after === undefined),
    changed: now.filter(
      (change) => change.before !== undefined && !fails(change.after) && !fails(change.before) && differs(change),
    ),
    sources: sourceChanges(before, after),
    newProblems: newProblems(before, after),
    partial: [...(isWhole(before) ? [] : ['before' as const]), ...(isWhole(after) ? [] : ['after' as const])],
  }
}

function changeOf(before: CheckResult | undefined, after: CheckResult | undefined): CheckChange {
  const { id } = (after ?? before) as CheckResult
  const cases = caseChanges(before, after)
  return {
    id,
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
    ...(before && after && limitsDiffer(before, after) ? { limitChanged: true } : {}),
    ...(cases ? { cases } : {}),
  }
}

/** Words round digits, and an id is of more than limits: of one subject and one table of cases it is all that is left. */
function limitsDiffer(before: CheckResult, after: CheckResult): boolean {
  if (before.expected !== after.expected) return true
  if (JSON.stringify(before.limit) !== JSON.stringify(after.limit)) return true
  const same =
    before.trend === after.trend &&
    nameAlone(before.subject) === nameAlone(after.subject) &&
    before.subject.source === after.subject.source &&
    blockOf(before, 'rates')?.table === blockOf(after, 'rates')?.table
  return same && before.id !== after.id
}

function differs({ before, after, limitChanged, cases }: CheckChange): boolean {
  const other = before?.status !== after?.status || before?.measured !== after?.measured
  return (limitChanged ?? false) || other || cases !== undefined
}
