import { resolve } from 'node:path'
import { inject } from 'vitest'
import { evaluate, runInstant } from '../src/checks/evaluate.ts'
import { isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'
import { AssayError } from '../src/errors.ts'
import type { CheckResult, Where } from '../src/results/checkResult.ts'
import { encodeResult } from '../src/results/transport.ts'
import { PROVIDED_WAIVERS, type Waiver, withWaivers } from '../src/results/waivers.ts'
import { noteBegun } from './begun.ts'
import { currentTest, pushMeta, type Task } from './current.ts'
import { assertionLabel } from './label.ts'
import type { LazyMatcher } from './lazy.ts'
import { failureMessage } from './message.ts'
import { useDataset } from './used.ts'

export interface AssertionCall {
  readonly name: string
  readonly received: unknown
  readonly args: readonly unknown[]
  readonly isNot: boolean
  /** Stack frames that start at the user's line. */
  readonly at: string
  /** Who holds the assertion: the test, or its file. */
  readonly task: Task
  /** The test that asked; it may have ended by then. */
  readonly asking: Task
  /** The assertion object, for `expect.poll`, which calls the matcher again and again. */
  readonly polled: object | undefined
  readonly snapshotState: unknown
}

interface Outcome {
  readonly pass: boolean
  readonly message: () => string
}

const polls = new WeakMap<object, string[]>()

/** Judges one assertion, hands its results to the reporter and tells vitest whether it holds. */
export async function assertion(call: AssertionCall, matcher: LazyMatcher<readonly unknown[]>): Promise<Outcome> {
  const { name, received, args, isNot, task } = call
  for (const value of [received, ...args]) {
    if (isDataset(value)) useDataset(value.root, task)
    else if (isDatasetColumn(value)) useDataset(value.dataset.root, task)
  }
  const judgedNow = noteBegun(task, name, received, call.polled)
  const definition = await matcher.load()
  if (isNot && definition.refusesNot) {
    throw new AssayError('wrong-use', `expect(…).not.${name}(…) is refused, because ${definition.refusesNot}`)
  }
  const context = { isNot, testPath: task.file.filepath, taskId: task.id, snapshotState: call.snapshotState }
  const check = await definition.check(received, args, context)
  const signal = currentTest.getStore()?.signal
  const found = await evaluate(check, { signal })
  definition.settled?.(check, found, context)
  // A waiver accepts what the test says: under .not, that the statement holds after all.
  const judged = withWaivers(isNot ? negated(found) : found, waivers(), runInstant())
  const results = judged.map((result) => ({ ...result, matcher: name, ...located(call) }))
  record(task, results, call.polled)
  judgedNow()
  const blocking = results.filter((result) => result.blocking)
  const holds = blocking.length === 0
  const lead = holds || isNot ? undefined : await definition.explain?.(check, found, context)
  return {
    pass: isNot ? !holds : holds,
    message: () => failureMessage(assertionLabel(name, received, args, isNot), results, lead),
  }
}

/** The waivers that the main process read. */
function waivers(): readonly Waiver[] {
  return (inject as (key: string) => readonly Waiver[] | undefined)(PROVIDED_WAIVERS) ?? []
}

/**
 * The results under `.not`: a statement that fails is what was expected. Of several statements asked as one, it is
 * enough that one fails. Errors, vacuous and inconclusive results show nothing either way.
 */
function negated(results: readonly CheckResult[]): CheckResult[] {
  const undecided = results.filter(({ status }) => ['error', 'vacuous', 'inconclusive'].includes(status))
  if (undecided.length > 0) return undecided.map((result) => ({ ...result, negated: true, blocking: true }))
  const failing = results.filter(({ status }) => status === 'fail')
  const shown = failing.length > 0 ? failing : results
  return shown.map((result) => ({
    ...result,
    negated: true,
    status: failing.length > 0 ? 'pass' : 'fail',
    blocking: failing.length === 0,
  }))
}

function located({ at, task, asking }: AssertionCall): { where: Where } {
  const frame = at
    .split('\n')
    .filter((line) => !/node:|node_modules/.test(line))
    .map((line) => /:(\d+):(\d+)\)?$/.exec(line))
    .find((match) => match !== null)
  const test = asking === asking.file ? 'hooks of the file' : (asking.fullTestName ?? asking.name)
  const place = frame ? { line: Number(frame[1]), column: Number(frame[2]) } : {}
  return { where: { file: resolve(task.file.filepath), test, ...place } }
}

function record(task: Task, results: readonly CheckResult[], polled: object | undefined): void {
  const encoded = results.map(encodeResult)
  // expect.poll asks again on the same assertion object: only its last answer counts.
  const earlier = polled ? (polls.get(polled) ?? []) : []
  if (polled) polls.set(polled, encoded)
  const meta = task.meta.assay
  if (earlier.length > 0 && meta?.results) {
    task.meta.assay = { ...meta, results: meta.results.filter((entry) => !earlier.includes(entry)) }
  }
  for (const entry of encoded) pushMeta(task, 'results', entry)
}
