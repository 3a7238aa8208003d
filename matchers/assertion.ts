import { resolve } from 'node:path'
import { evaluate } from '../src/checks/evaluate.ts'
import { type Dataset, isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'
import { knownDatasets } from '../src/dataset/identity.ts'
import { rootOf } from '../src/dataset/opened.ts'
import { onAbort } from '../src/engine/running.ts'
import { AssayError, firstLine } from '../src/errors.ts'
import { countText } from '../src/words/text/numbers.ts'
import { clearTimeout, setTimeout, withRealTicks } from '../src/realTimers.ts'
import { blockOf } from '../src/results/blocks/index.ts'
import { type CheckResult, statusOrder, type Where } from '../src/results/checkResult.ts'
import { runInstant } from '../src/results/clock.ts'
import { encodeResult } from '../src/results/transport.ts'
import { namedIn, namingOf, renamed } from '../src/results/names.ts'
import { personalColumnsOf } from '../src/results/personalColumns.ts'
import { negatedId } from '../src/results/resultId.ts'
import { PROVIDED_WAIVERS, type Waiver } from '../src/results/waivers.ts'
import { withWaivers } from '../src/results/withWaivers.ts'
import { heedContract } from '../src/contracts/contractTags.ts'
import { noteBegun } from './begun.ts'
import { provided, pushMeta, type Scope, type Task } from './current.ts'
import { assertionLabel } from './label.ts'
import type { LazyMatcher } from './index.ts'
import { failureMessage } from './message.ts'
import { listenForRejections } from './rejections.ts'

export interface AssertionCall {
  readonly name: string
  readonly received: unknown
  readonly args: readonly unknown[]
  readonly isNot: boolean
  /** Stack frames that start at the user's line. */
  readonly at: string
  /** Who holds the assertion: the test, or its file. */
  readonly scope: Scope
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
  const { received, args, scope } = call
  const file = scope.file ?? scope
  const roots = involved([received, ...args], 0)
  for (const root of roots) file.datasets.add(root)
  listenForRejections()
  return untilStopped(
    withRealTicks(() => judged(call, matcher)),
    scope.signal,
    () => {
      for (const root of roots) {
        if (file.datasets.delete(root))
          pushMeta(file.task, 'notes', `the columns of ${root.name} are not described: a test of it was stopped`)
      }
    },
  )
}

async function judged(call: AssertionCall, matcher: LazyMatcher<readonly unknown[]>): Promise<Outcome> {
  const roots = involved([call.received, ...call.args])
  try {
    return await outcomeOf(call, matcher, roots)
  } finally {
    // Also of an assertion that is wrong itself: its columns are as personal in other test files.
    for (const known of roots.flatMap(personalColumnsOf)) pushMeta(call.scope.task, 'personal', JSON.stringify(known))
  }
}

async function outcomeOf(
  call: AssertionCall,
  matcher: LazyMatcher<readonly unknown[]>,
  roots: readonly Dataset[],
): Promise<Outcome> {
  const { name, received, args, isNot, scope } = call
  const { task, signal } = scope
  const judgedNow = noteBegun(task, name, received, call.polled)
  await Promise.all(roots.map((root) => heedContract(root, task.file.filepath)))
  const definition = await matcher.load()
  if (isNot && definition.refusesNot) {
    throw new AssayError('wrong-use', `expect(…).not.${name}(…) is refused, because ${definition.refusesNot}`)
  }
  const context = { isNot, testPath: task.file.filepath, taskId: task.id, snapshotState: call.snapshotState, signal }
  const check = await definition.check(received, args, context)
  const evaluated = await evaluate(check, { signal })
  definition.settled?.(check, evaluated, context)
  const now = runInstant()
  // A waiver accepts what the test says: under .not, that the statement holds after all.
  const results = withWaivers(
    isNot ? negated(withWaivers(evaluated.filter(isDamage), waivers(), now), evaluated) : evaluated,
    waivers(),
    now,
  ).map((result) => ({ ...result, matcher: name, ...located(call) }))
  record(task, results, call.polled)
  judgedNow()
  const blocking = results.filter((result) => result.blocking)
  const holds = blocking.length === 0
  const lead = holds || isNot ? undefined : await definition.explain?.(check, evaluated, context)
  const shown = definition.worstFirst
    ? results.toSorted((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status))
    : results
  return {
    pass: isNot ? !holds : holds,
    message: () => failureMessage(assertionLabel(name, received, args, isNot), toldApart(shown), lead),
  }
}

/** How long what was stopped may take, in ms, to end with what it knows. */
const ENDING = 500

/** Waits for work, but not for work that goes on after it was stopped. */
async function untilStopped<T>(work: Promise<T>, signal: AbortSignal, stopped: () => void): Promise<T> {
  const { promise: over, reject } = withReject()
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    stopped()
    const error = new AssayError('aborted', `stopped: ${firstLine(signal.reason)}`, { cause: signal.reason })
    timer = setTimeout(() => reject(error), ENDING)
  }
  if (signal.aborted) stop()
  const listenNoMore = onAbort(signal, stop)
  try {
    return await Promise.race([work, over])
  } finally {
    listenNoMore()
    clearTimeout(timer)
  }
}

function withReject(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<never>((_, rejected) => (reject = rejected))
  return { promise, reject }
}

/** The datasets among values, and in the options that stand there. */
function involved(values: readonly unknown[], depth = 1): readonly Dataset[] {
  const datasets = values.flatMap((value): readonly Dataset[] => {
    if (isDataset(value)) return [rootOf(value)]
    if (isDatasetColumn(value)) return [rootOf(value.dataset)]
    const plain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    return plain && depth > 0 ? involved(Object.values(value), depth - 1) : []
  })
  return [...new Set(datasets)]
}

/** The results with datasets and models called so that no two of this process are called alike. */
function toldApart(results: readonly CheckResult[]): readonly CheckResult[] {
  const others = Array.from(knownDatasets(), (known) => ({ type: 'dataset' as const, ...known }))
  return renamed(results, namingOf([...namedIn(results), ...others]))
}

/** The waivers that the main process read. */
function waivers(): readonly Waiver[] {
  return (provided(PROVIDED_WAIVERS) as readonly Waiver[] | undefined) ?? []
}

/** A source that could not be read whole. */
const isDamage = ({ kind, status }: CheckResult): boolean => kind === 'wellFormed' && status !== 'pass'

/**
 * The results under `.not`: a statement that fails is what was expected. Of several statements asked as one, it is
 * enough that one fails. Errors, vacuous and inconclusive results show nothing either way, and neither does what was
 * judged of half the data, save where a waiver accepts the damage, or with a model that failed to answer.
 */
function negated(damage: readonly CheckResult[], all: readonly CheckResult[]): CheckResult[] {
  // The opposite statement is another question: who waives the one has not waived the other.
  const statements = all
    .filter((result) => !isDamage(result))
    .map((result) => ({ ...result, id: negatedId(result.id), trend: negatedId(result.trend) }))
  const damaged = damage.find(({ status }) => status !== 'accepted')
  const undecided = statements.flatMap((result) => {
    const why = whyUndecided(result, damaged)
    if (why === undefined) return []
    const message = [`.not cannot be judged: ${why}`, result.message].filter(Boolean).join('\n')
    const status = ['error', 'vacuous'].includes(result.status) ? result.status : ('inconclusive' as const)
    return [{ ...result, negated: true, blocking: true, status, message }]
  })
  if (undecided.length > 0 || damaged) return [...undecided, ...damage.map((result) => ({ ...result, blocking: true }))]
  const failing = statements.filter(({ status }) => status === 'fail')
  const shown = failing.length > 0 ? failing : statements
  return [
    ...shown.map((result) => ({
      ...result,
      negated: true,
      status: failing.length > 0 ? ('pass' as const) : ('fail' as const),
      blocking: failing.length === 0,
    })),
    ...damage,
  ]
}

/** Why a result shows nothing either way; undefined when it does. */
function whyUndecided(result: CheckResult, damaged: CheckResult | undefined): string | undefined {
  const { status } = result
  const errors = blockOf(result, 'rates')?.overall.errors ?? 0
  if (errors > 0)
    return `${countText(errors, 'case')} could not be predicted, and an error is no answer that breaks the statement`
  if (status === 'error') return 'the check could not run, which shows nothing either way'
  if (status === 'vacuous') return 'there was nothing to judge, which shows nothing either way'
  if (status === 'inconclusive') return 'there is too little evidence, which shows nothing either way'
  if (damaged)
    return `${damaged.subject.name} could not be read whole (${damaged.measured}), and what is missing may decide`
  return undefined
}

function located({ at, scope, asking }: AssertionCall): { where: Where } {
  const frame = at
    .split('\n')
    .filter((line) => !/node:|node_modules/.test(line))
    .map((line) => /:(\d+):(\d+)\)?$/.exec(line))
    .find((match) => match !== null)
  const test = asking === asking.file ? 'hooks of the file' : (asking.fullTestName ?? asking.name)
  const place = frame ? { line: Number(frame[1]), column: Number(frame[2]) } : {}
  return { where: { file: resolve(scope.task.file.filepath), test, ...place } }
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
