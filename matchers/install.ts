import { statSync } from 'node:fs'
import type * as Vitest from 'vitest'
import { onRead } from '../src/dataset/reads.ts'
import type { CheckResult } from '../src/results/checkResult.ts'
import { refuseQueries, stopQueries, stoppedBy } from '../src/engine/running.ts'
import { begin, currentTest, end, pushMeta, type Task } from './current.ts'
import { method } from './method.ts'
import { matchers } from './index.ts'
import type { LazyMatcher } from './lazy.ts'
import { letGo, settle } from './track.ts'
import { takeUsed } from './used.ts'

type Hooks = Pick<typeof Vitest, 'afterEach' | 'aroundAll' | 'aroundEach' | 'expect'>

/** Longer than any hook may take: what runs in ours is limited by the test's own time, or is the report's. */
const HOOK_TIMEOUT = 3_600_000

let listening: (() => void) | undefined

/**
 * Registers the matchers and the hooks they need, once for every test file. vitest hands itself in: in its vm pools a
 * module from node_modules, as this one is, would import another copy of it.
 */
export function install({ afterEach, aroundAll, aroundEach, expect }: Hooks): void {
  const methods = Object.entries(matchers).map(([name, matcher]) => [
    name,
    method(name, matcher as unknown as LazyMatcher<readonly unknown[]>),
  ])
  expect.extend(Object.fromEntries(methods) as Parameters<typeof expect.extend>[0])

  refuseQueries(undefined)
  // What is read while the file is collected belongs to the whole file, which is not known yet.
  const outside: ['files' | 'patterns', string][] = []
  const read = (kind: 'files' | 'patterns', entry: string): void => {
    const task = currentTest.getStore()?.task
    if (task) pushMeta(task, kind, entry)
    else outside.push([kind, entry])
  }
  listening?.()
  listening = onRead({
    file: (path) => read('files', `${changeOf(path)} ${path}`),
    pattern: (glob) => read('patterns', glob),
    dataset: (name) => {
      const task = currentTest.getStore()?.task
      if (task) pushMeta(task, 'opened', JSON.stringify({ type: 'dataset', name }))
    },
  })

  // vitest reads the names of the second parameter as fixtures to provide, so it must be an empty pattern.
  // oxlint-disable-next-line no-empty-pattern
  aroundAll(async (run, {}, suite) => {
    const file = suite as unknown as Task['file']
    for (const [kind, entry] of outside.splice(0)) pushMeta(file, kind, entry)
    const errors = await inTask(file, undefined, run)
    await stopQueries('the test file has ended')
    await describeUsed(file)
    refuseQueries('the test file has ended')
    await stopQueries('the test file has ended')
    throwAll(errors)
  }, HOOK_TIMEOUT)

  aroundEach(async (run, { task, signal }) => {
    const test = task as unknown as Task
    const failed = failedRepeat(test)
    const { results: _, begun: _begun, opened: _opened, ...kept } = test.meta.assay ?? {}
    test.meta.assay = kept
    const errors = await inTask(test, signal, run)
    if (failed) test.meta.assay = { ...test.meta.assay, results: failed }
    throwAll(errors)
  }, HOOK_TIMEOUT)

  // Before fixtures, and the data they hold, are torn down.
  afterEach(async () => {
    const current = currentTest.getStore()
    if (current) throwAll(await settle(current.task, current.limit))
  }, HOOK_TIMEOUT)
}

const retries = new WeakMap<Task, number>()

/** A retried test starts anew; of a repeated one, the results of a repeat that broke are what counts. */
function failedRepeat(test: Task): readonly string[] | undefined {
  const retry = test.result?.retryCount ?? 0
  const retried = retry > (retries.get(test) ?? 0)
  retries.set(test, retry)
  const results = test.meta.assay?.results
  return !retried && results?.some((result) => (JSON.parse(result) as CheckResult).blocking) ? results : undefined
}

/** Describes what the file used, for the report. */
async function describeUsed(file: Task['file']): Promise<void> {
  const used = takeUsed(file.filepath)
  if (used.length === 0 || process.env.ASSAY_REPORT === 'off') return
  const { describeDatasets } = await import('./describe.ts')
  await describeDatasets(used, (kind, entry) => pushMeta(file, kind, entry))
}

/** When the file last changed, in ms; 0 for one that is not there. */
function changeOf(file: string): number {
  try {
    return statSync(file).mtimeMs
  } catch {
    return 0
  }
}

/** Runs a test or a file with its hooks, and returns the errors of assertions that nobody awaited. */
async function inTask(task: Task, signal: AbortSignal | undefined, run: () => Promise<void>): Promise<Error[]> {
  const own = new AbortController()
  const either = signal ? AbortSignal.any([signal, own.signal]) : own.signal
  const limit = { ms: task.timeout, stop: (reason: Error) => own.abort(reason) }
  begin(task)
  await currentTest.run({ task, signal: either, limit }, () => stoppedBy(either, run))
  // Hooks and onTestFinished may have added assertions since `afterEach`.
  const errors = await settle(task, limit)
  await letGo(task, either.aborted)
  end(task)
  return errors
}

function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} assertions failed`)
}
