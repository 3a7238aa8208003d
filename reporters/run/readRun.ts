import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { TestCase, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { type Collected, runDocument } from '../../src/results/collect.ts'
import { withoutPersonal } from '../../src/results/discreetRun.ts'
import type { PersonalColumns } from '../../src/results/personalColumns.ts'
import { environmentOf, titleOf } from '../../src/results/environment.ts'
import { gitState } from '../../src/results/gitState.ts'
import type { DatasetSummary, NamedSubject, Outcome, Problem, RunDocument } from '../../src/results/runDocument.ts'
import { type AssayMeta, decodeDataset, decodePersonal, decodeResult } from '../../src/results/transport.ts'
import { acceptedOnce } from '../../src/results/waivedData.ts'
import { unaccepted } from '../../src/results/withWaivers.ts'
import { waiverNotes } from '../../src/results/waiverNotes.ts'
import type { Waiver } from '../../src/results/waivers.ts'
import { obsoleteContracts } from '../obsoleteContracts.ts'
import { errorText } from './errorText.ts'
import { leftOutFiles } from './leftOutFiles.ts'
import { blobProblems, mergedDurationMs } from './mergedBlobs.ts'
import { mergedRuns } from './mergedRuns.ts'
import { moduleRoot } from './moduleRoot.ts'
import { readProblems } from './problems.ts'

/** A run of vitest that is over, or is cut short. */
export interface EndedRun {
  readonly vitest: Vitest
  readonly modules: readonly TestModule[]
  /** What was asked to run; undefined where that says nothing about `modules`. */
  readonly specifications: readonly TestSpecification[]
  readonly errors: readonly unknown[]
  readonly reason: TestRunEndReason
  readonly durationMs: number
  readonly title: string | undefined
  readonly waivers: readonly Waiver[]
  /** Why the waivers could not be read, so that none holds. */
  readonly waiversError: Error | undefined
  /** What each test turned to, by its id, as workers noted at once: one that is killed hands nothing over. */
  readonly turned: ReadonlyMap<string, readonly NamedSubject[]>
}

type Meta = { readonly assay?: AssayMeta }
const metaOf = (entity: TestCase | TestModule): AssayMeta => (entity.meta() as Meta).assay ?? {}

/** The run document of a run that is over. */
export async function readRun(run: EndedRun): Promise<RunDocument> {
  const { vitest, modules, waivers } = run
  const collected = readTests(run)
  const { root } = vitest.config
  const left = run.reason === 'interrupted' ? undefined : await leftOutFiles(vitest, modules, run.specifications)
  const problems = [...collected.problems, ...(left?.problems ?? [])]
  const files = { ...collected.outcome.files, found: collected.outcome.files.found + (left?.count ?? 0) }
  const outcome = { ...collected.outcome, files }
  const wholeSuite = isWholeSuite(vitest, outcome, problems)
  const notes = [
    ...collected.notes,
    ...(waivers.length > 0 ? waiverNotes(waivers, collected.results, { now: new Date(collected.at), wholeSuite }) : []),
    ...(wholeSuite ? await obsoleteContracts(modules, root) : []).map(
      (file) => `contract ${file} is obsolete: no test used it; delete it if nothing needs it`,
    ),
  ]
  return runDocument({
    ...collected,
    ...(await gitState(root)),
    notes,
    problems,
    outcome: { ...outcome, status: statusOf(outcome, run.reason, problems) },
  })
}

/** What the tests of a run left behind, without asking anything else of the machine. */
export function readTests(run: EndedRun): Collected {
  const { vitest, modules, errors, reason, specifications } = run
  const { root } = vitest.config
  const owned = new Map<TestCase | TestModule, CheckResult[]>()
  const datasets: DatasetSummary[] = []
  // Test files of the same data say the same of it.
  const notes = new Set<string>()
  const personal: PersonalColumns[] = []
  const tests = { passed: 0, failed: 0, skipped: 0 }
  const once = acceptedOnce()
  for (const module of modules) {
    const meta = metaOf(module)
    datasets.push(...(meta.datasets ?? []).map(decodeDataset))
    for (const note of meta.notes ?? []) notes.add(note)
    const hooked = [module, ...module.children.allSuites()]
    const isCalm = errors.length === 0 && hooked.every((owner) => owner.errors().length === 0)
    for (const owner of [module, ...module.children.allTests()]) {
      const acceptance = acceptanceOf(owner, isCalm, reason === 'interrupted')
      const results = (metaOf(owner).results ?? [])
        .map((entry) => relativeTo(moduleRoot(module), decodeResult(entry)))
        .map((result) => once(acceptance === undefined ? result : accepted(result, acceptance)))
      owned.set(owner, results)
      personal.push(...decodePersonal(metaOf(owner)))
      if (owner.type !== 'test') continue
      if (results.length > 0 && owner.diagnostic()?.flaky === true) notes.add(triedAgain(owner))
      const { state } = owner.result()
      // A test that a check failed is told by that check.
      const ordinary = results.length === 0 || (state === 'failed' && !results.some(({ blocking }) => blocking))
      if (ordinary && state !== 'pending') tests[state]++
    }
  }
  const runs = vitest.config.mergeReports ? mergedRuns(modules) : undefined
  const context = { vitest, root, specifications, turned: run.turned, interrupted: reason === 'interrupted' }
  const read = readProblems(modules, errors, (owner) => owned.get(owner) ?? [], context)
  const results = [...owned.values()].flat()
  const ended = endOfRun(
    run,
    [...blobProblems(vitest, modules, specifications), ...(runs?.problems ?? []), ...read.problems],
    results,
  )
  const outcome = { exitCode: ended.exitCode, tests: read.tests, files: read.files }
  return {
    at: runs?.at ?? process.env.ASSAY_NOW ?? new Date().toISOString(),
    isMerged: runs?.at !== undefined,
    title: run.title ?? titleOf(root),
    durationMs: mergedDurationMs(vitest) ?? run.durationMs,
    environment: environmentOf(`vitest ${vitest.version}`),
    ...withoutPersonal({ results, datasets, problems: ended.problems, notes: [...notes] }, personal),
    outcome: { ...outcome, status: statusOf(outcome, reason, ended.problems) },
    tests,
  }
}

/** Why what fails is accepted; whether only failures are, and not what came to no judgement. */
interface Acceptance {
  readonly why: string
  readonly failuresOnly?: true
}

/**
 * Why failing checks of a test or a hook do not fail it: the test is said to fail (`test.fails`) and does, or they were
 * caught. Where something failed outside of tests, as an assertion does that begins too late, nobody knows what was, nor where
 * the run was stopped.
 */
function acceptanceOf(owner: TestCase | TestModule, isCalm: boolean, wasStopped: boolean): Acceptance | undefined {
  const isCaught = isCalm && !wasStopped
  if (owner.type === 'module') return isCaught ? { why: 'a hook of its file caught this failure' } : undefined
  const { state } = owner.result()
  if (state === 'skipped') return isCaught ? { why: 'its test caught this failure, and skipped itself' } : undefined
  if (state !== 'passed') return undefined
  if (owner.options.fails === true) return { why: 'its test is expected to fail: test.fails', failuresOnly: true }
  return isCalm ? { why: 'its test caught this failure, and passed' } : undefined
}

/** What is said of a test that passed once it was tried again: its results are those of the last attempt. */
function triedAgain(test: TestCase): string {
  const attempts = (test.diagnostic()?.retryCount ?? 0) + 1
  const file = path.relative(moduleRoot(test.module), test.module.moduleId)
  return `${file} > ${test.fullName} passed at attempt ${attempts}: what it failed by before is not in the results`
}

/**
 * What such a test fails by is known: accepted by whoever wrote the test, and no pass. That a test is expected to fail says
 * nothing of a check which came to no judgement.
 */
function accepted(result: CheckResult, { why, failuresOnly }: Acceptance): CheckResult {
  const { blocking, status, message } = result
  if (!blocking) return result
  const left = failuresOnly ? unaccepted(status) : undefined
  const words = [left === undefined ? why : `${why}, which accepts ${left}`, message]
  return {
    ...result,
    status: left === undefined ? 'accepted' : status,
    blocking: false,
    message: words.filter(Boolean).join('\n'),
  }
}

/** Whether anything in a run had to do with Assay: an assertion that began, data that was read, a file that says so. */
export function usesAssay(modules: readonly TestModule[]): boolean {
  return modules.some((module) => {
    const owners = [module, ...module.children.allTests()]
    if (owners.some((owner) => Object.values(metaOf(owner)).some((entries) => entries.length > 0))) return true
    return module.children.size === 0 && module.errors().length > 0 && namesAssay(module.moduleId)
  })
}

function namesAssay(file: string): boolean {
  try {
    return /['"]assay['"/]/.test(readFileSync(file, 'utf8'))
  } catch {
    return false
  }
}

/** What the process ends with, and a problem that says why where none of the tests does. */
function endOfRun(
  { vitest, modules, reason, specifications, waiversError }: EndedRun,
  problems: Problem[],
  results: readonly CheckResult[],
): { readonly exitCode: number; readonly problems: readonly Problem[] } {
  const { watch, shard, bail } = vitest.config
  const started = new Set(modules.map(({ moduleId }) => moduleId))
  const unstarted = watch || shard ? [] : specifications.filter(({ moduleId }) => !started.has(moduleId))
  const add = (text: string): void => void problems.unshift({ kind: 'run', text, blocking: true })
  if (waiversError) add(errorText(waiversError, vitest.config.root))
  if (unstarted.length > 0)
    add(
      `${unstarted.length} test ${unstarted.length === 1 ? 'file' : 'files'} did not run: the run stopped before, in a global setup maybe`,
    )
  if (reason === 'interrupted' && !bail) add('the run was interrupted before its tests had ended')
  // Watching, vitest leaves the code of an earlier run in place, and says of the last run only how that one ended.
  const failed = reason !== 'passed' || modules.some((module) => !module.ok())
  const code = (watch ? 0 : Number(process.exitCode ?? 0)) || (failed ? 1 : 0)
  const blocked = [...problems, ...results].some(({ blocking }) => blocking)
  if (code !== 0 && !blocked)
    add(
      modules.length === 0
        ? 'no test file ran'
        : `the run ended with exit code ${code}, for a reason outside of its tests`,
    )
  return { exitCode: code || (blocked ? 1 : 0), problems }
}

function statusOf(
  { exitCode, tests, files }: Omit<Outcome, 'status'>,
  reason: TestRunEndReason,
  problems: readonly Problem[],
): Outcome['status'] {
  if (reason === 'interrupted') return 'interrupted'
  if (exitCode !== 0) return 'failed'
  const whole = tests.ran === tests.found && files.ran === files.found
  return whole && !problems.some(({ kind }) => kind === 'left-out') ? 'passed' : 'partial'
}

/** Whether every test of the project had its chance: no filter, no shard, no `.only`, no file that failed to load. */
function isWholeSuite({ config }: Vitest, outcome: Omit<Outcome, 'status'>, problems: readonly Problem[]): boolean {
  if (config.testNamePattern || outcome.files.ran < outcome.files.found) return false
  return problems.every(({ kind }) => !['file', 'hook', 'worker', 'run', 'left-out'].includes(kind))
}

function relativeTo(root: string, result: CheckResult): CheckResult {
  const { where } = result
  return where ? { ...result, where: { ...where, file: path.relative(root, where.file) } } : result
}
