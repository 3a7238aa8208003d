import type * as Vitest from 'vitest'
import { changeTime, onRead, type ReadDataset } from '../src/bytes/reads.ts'
import { keepCompiled } from '../src/compiled.ts'
import type { CheckResult } from '../src/results/checkResult.ts'
import { refuseQueries, stopQueries, stoppedBy } from '../src/engine/running.ts'
import { clearTimeout, setImmediate, setTimeout, withRealTicks } from '../src/realTimers.ts'
import { collectFile, currentScope, openScope, pushMeta, type Scope, takeProvided, type Task } from './current.ts'
import { method } from './method.ts'
import { type LazyMatcher, matchers } from './index.ts'
import { followLeftovers, followsLeftovers, leftoversOf } from './leftovers.ts'
import type { Begun } from './startedAssertion.ts'

type Hooks = Pick<typeof Vitest, 'afterEach' | 'aroundAll' | 'aroundEach' | 'chai' | 'expect' | 'inject'>

/** Longer than any hook may take: what runs in ours is limited by the test's own time, or is the report's. */
const HOOK_TIMEOUT = 3_600_000
/** How long queries that were stopped may go on, in ms. */
const STOPPING = 10_000
/** How long the datasets of a file may take to be described for the report, in ms. */
const DESCRIBING = 300_000

let listening: (() => void) | undefined

/**
 * Registers the matchers and the hooks they need, once for every test file. vitest hands itself in: in its vm pools a
 * module from node_modules, as this one is, would import another copy of it.
 */
export function install({ afterEach, aroundAll, aroundEach, chai, expect, inject }: Hooks): void {
  takeProvided(inject as (key: string) => unknown)
  const methods = Object.entries(matchers).map(([name, matcher]) => [
    name,
    method(name, matcher as unknown as LazyMatcher<readonly unknown[]>),
  ])
  expect.extend(Object.fromEntries(methods) as Parameters<typeof expect.extend>[0])

  const core = globalThis as unknown as Record<symbol, (() => void) | undefined>
  // The package says how, once it is imported: before that there is no dataset to compare.
  const refuse = (): void => {
    const comparing = core[Symbol.for('assay.comparing')] as ((vitest: object) => void) | undefined
    comparing?.({ chai, expect })
  }
  core[Symbol.for('assay.imported')] = () => {
    followLeftovers()
    refuse()
  }
  refuse()
  collectFile()
  refuseQueries(undefined)
  // What is read while the file is collected belongs to the whole file, which is not known yet.
  const outside: ['files' | 'patterns', string][] = []
  const read = (kind: 'files' | 'patterns', entry: string): void => {
    const task = currentScope.getStore()?.task
    if (task) pushMeta(task, kind, entry)
    else outside.push([kind, entry])
  }
  listening?.()
  listening = onRead({
    file: (path) => read('files', `${changeTime(path)} ${path}`),
    pattern: (glob) => read('patterns', glob),
    dataset: (dataset) => {
      const scope = currentScope.getStore()
      const task = scope?.task
      const { name, source } = dataset
      if (task) pushMeta(task, 'opened', JSON.stringify({ type: 'dataset', name, source }))
      // An assertion has heeded the contracts of its datasets; what else a test reads is shown or written by itself.
      return scope?.inside ? undefined : heed(dataset, task?.file.filepath ?? expect.getState().testPath)
    },
    awaits: async () => {
      const { awaitsInTurn } = await import('./awaitsInTurn.ts')
      return awaitsInTurn(expect.getState().testPath)
    },
  })

  // vitest reads the names of the second parameter as fixtures to provide, so it must be an empty pattern.
  // oxlint-disable-next-line no-empty-pattern
  aroundAll(async (run, {}, suite) => {
    const file = suite as unknown as Task['file']
    for (const [kind, entry] of outside.splice(0)) pushMeta(file, kind, entry)
    const { scope, errors } = await inScope(file, undefined, run)
    errors.push(...(await allStopped()))
    await describeUsed(scope)
    refuseQueries('the test file has ended')
    errors.push(...(await allStopped()))
    keepAllCompiled()
    throwAll(errors)
  }, HOOK_TIMEOUT)

  aroundEach(async (run, { task, signal }) => {
    const test = task as unknown as Task
    const retried = isRetried(test)
    const failed = retried ? undefined : failedRepeat(test)
    const before = retried ? [] : (failedBy.get(test) ?? [])
    const { results: _, begun: _begun, opened: _opened, ...kept } = test.meta.assay ?? {}
    test.meta.assay = kept
    const { scope, errors, failures } = await inScope(test, signal, run)
    failedBy.set(test, [...before, ...failures])
    if (failed) test.meta.assay = { ...test.meta.assay, results: failed }
    // vitest drops what a test that skips itself failed by, and a failure that nobody caught would pass.
    if (test.result?.pending) scope.file?.stray.push(...before, ...failures)
    else throwAll(errors)
  }, HOOK_TIMEOUT)

  // Before fixtures, and the data they hold, are torn down.
  afterEach(async () => {
    const scope = currentScope.getStore()
    if (!scope) return
    const errors = await settled(scope)
    scope.thrown.push(...errors)
    throwAll(errors)
  }, HOOK_TIMEOUT)
}

async function heed(dataset: ReadDataset, testFile: string | undefined): Promise<void> {
  if (testFile === undefined) return
  const { heedTags } = await import('../src/contracts/contractTags.ts')
  await heedTags(dataset, testFile)
}

const retries = new WeakMap<Task, number>()
/** What the attempts of a test failed by, since it started anew. */
const failedBy = new WeakMap<Task, readonly unknown[]>()

/** Whether a test starts anew, and not once more. */
function isRetried(test: Task): boolean {
  const retry = test.result?.retryCount ?? 0
  const retried = retry > (retries.get(test) ?? 0)
  retries.set(test, retry)
  return retried
}

/** Of a repeated test, the results of a repeat that broke are what counts. */
function failedRepeat(test: Task): readonly string[] | undefined {
  const results = test.meta.assay?.results
  return results?.some((result) => (JSON.parse(result) as CheckResult).blocking) ? results : undefined
}

/** Stops all queries; an error when some go on. */
async function allStopped(): Promise<Error[]> {
  const stopped = stopQueries('the test file has ended').then(() => [])
  const goesOn = new Error(
    `a query or a read went on for ${STOPPING} ms after it was stopped; nothing waits for it any more`,
  )
  const late = new Promise<Error[]>((resolve) => void setTimeout(() => resolve([goesOn]), STOPPING).unref())
  return Promise.race([stopped, late])
}

/** Describes what the file used, for the report; not what a test was stopped over, which may never end. */
async function describeUsed({ datasets, task }: Scope): Promise<void> {
  if (datasets.size === 0 || process.env.ASSAY_REPORT === 'off') return
  const { describeDatasets } = await import('./describe.ts')
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(new Error(`not within ${DESCRIBING / 1000} seconds`)), DESCRIBING)
  await stoppedBy(over.signal, () =>
    withRealTicks(() => describeDatasets([...datasets], (kind, entry) => pushMeta(task, kind, entry), over.signal)),
  )
  clearTimeout(timer)
}

/** What Node compiled it keeps when a process ends by itself, and vitest ends its workers by a signal. */
function keepAllCompiled(): void {
  keepCompiled()
  if (!process.env.NODE_COMPILE_CACHE) return
  const node = process.getBuiltinModule('node:module') as { readonly flushCompileCache?: () => void }
  node.flushCompileCache?.()
}

/**
 * Runs a test or a file with its hooks, and returns the errors of assertions that reached nobody, and whatever else its
 * assertions failed it by.
 */
async function inScope(
  task: Task,
  signal: AbortSignal | undefined,
  run: () => Promise<void>,
): Promise<{ scope: Scope; errors: unknown[]; failures: readonly unknown[] }> {
  const own = new AbortController()
  const either = signal ? AbortSignal.any([signal, own.signal]) : own.signal
  const ms = task.timeout ?? Number(process.env.ASSAY_HOOK_TIMEOUT ?? 60_000)
  const limit = ms > 0 && ms < 2 ** 31 ? ms : undefined
  const scope = openScope(task, { signal: either, limit, stop: (reason) => own.abort(reason) })
  await currentScope.run(scope, () => stoppedBy(either, run))
  // Hooks and onTestFinished may have added assertions since `afterEach`.
  const errors = await settled(scope)
  scope.ended = true
  const reached = scope.begun.filter(({ failed, soft, reached }) => failed && (soft || reached))
  scope.begun.length = 0
  return { scope, errors, failures: [...scope.thrown, ...errors, ...reached.map(({ error }) => error)] }
}

/** Waits for what the scope began, where there is anything. */
async function settled(scope: Scope): Promise<unknown[]> {
  for (const one of scope.begun) one.late ||= !one.done
  scope.settling = true
  // What runs on by itself, as after `process.nextTick`, begins its assertions before the event loop turns.
  if (followsLeftovers()) await new Promise((resolve) => void setImmediate(resolve))
  try {
    if (scope.begun.every(heldAndHeard) && scope.stray.length === 0 && leftoversOf(scope).length === 0) return []
    const { settle } = await import('./settle.ts')
    return await settle(scope)
  } finally {
    scope.settling = false
  }
}

/** Whether an assertion has ended well, so that nobody has to hear of it. */
const heldAndHeard = ({ done, failed, unhandled }: Begun): boolean =>
  done && !failed && !unhandled && process.env.ASSAY_UNAWAITED !== 'error'

function throwAll(errors: readonly unknown[]): void {
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} assertions failed`)
}
