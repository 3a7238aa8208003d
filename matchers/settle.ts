import { elapsed, setImmediate, setTimeout } from '../src/realTimers.ts'
import type { Scope } from './current.ts'
import { leftoversOf, type Leftover } from './leftovers.ts'
import type { Begun } from './startedAssertion.ts'

/** What a test left running is waited for this long, in ms, and no longer than the test may take. */
const LEFTOVERS = 5000
/** How long what was stopped may take, in ms, to hand over what it knows. */
const GRACE = 1000

/**
 * Waits for the assertions of a test, or a file, that were begun and for what may begin more of them, and returns the
 * errors that did not reach the test, at the user's lines:
 *
 * - of assertions that nobody took, or whose error nobody handles;
 * - of assertions that the test did not wait for, whoever took them, save by a handler of their own;
 * - of those that were asked together with one that failed the test, as by `Promise.all`.
 *
 * With `unawaited: 'error'` an assertion that the test did not wait for is an error by itself.
 */
export async function settle(scope: Scope): Promise<unknown[]> {
  const { begun, signal, limit } = scope
  const start = elapsed()
  const left = (): number => (limit === undefined ? Infinity : limit - (elapsed() - start))
  const patience = Math.min(LEFTOVERS, limit ?? LEFTOVERS)
  const pending = (): Begun[] => begun.filter(({ done }) => !done)
  const ended = (): Promise<unknown> => Promise.all(pending().map(({ settled }) => settled))
  const stopped = new Set<Begun>()
  const stop = () => pending().forEach((one) => stopped.add(one))
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  const errors: unknown[] = []
  while (!signal.aborted) {
    await within(left(), signal, ended())
    // Errors that nobody handles are told once the event loop turns.
    await turn()
    await turn()
    if (signal.aborted) break
    if (pending().length > 0) {
      if (left() > 0) continue
      errors.push(...tooLate(scope))
      break
    }
    const waiting = leftoversOf(scope).some(({ due }) => due - start < patience)
    if (!waiting || elapsed() - start > patience) break
    await pause(2)
  }
  if (signal.aborted) await within(GRACE, undefined, ended())
  else errors.push(...leftoversOf(scope).flatMap(unheard))
  signal.removeEventListener('abort', stop)
  errors.push(...scope.stray.splice(0), ...untold(scope, stopped))
  return errors
}

/** Stops what did not end in time; each of them is an error. */
function tooLate(scope: Scope): Error[] {
  const pending = scope.begun.filter(({ done }) => !done)
  const errors = pending.map((one) => {
    one.told = true
    return located(one, `${one.label}, which was not awaited, did not end within the test's ${scope.limit} ms`)
  })
  scope.stop(errors[0] as Error)
  return errors
}

/** The errors that no one has been told of. What was stopped says nothing. */
function untold({ begun, task, signal, earlier }: Scope, stopped: ReadonlySet<Begun>): unknown[] {
  const errors: unknown[] = []
  const tell = (one: Begun, error: unknown): void => {
    one.told = true
    errors.push(error)
  }
  const reached = (task.result?.errors ?? []).slice(earlier)
  const failing = begun.filter((one) => one.done && one.failed && !one.told && !stopped.has(one))
  for (const promise of failing) {
    const { message, stack } = promise.error as Error
    const at = reached.findIndex((error) => error.message === message && error.stack === stack)
    promise.reached = at >= 0
    // Of two errors that read alike, one may have reached the test.
    if (promise.reached) reached.splice(at, 1)
    promise.told = promise.reached
  }
  const first = Math.min(...begun.filter((one) => one.reached).map(({ place }) => place))
  for (const one of failing) {
    if (one.told) continue
    if (one.unhandled) tell(one, one.unhandled.reason)
    else if (!one.takers.has('handler') && counts(one, begun, one.place > first)) tell(one, one.error)
  }
  if (process.env.ASSAY_UNAWAITED === 'error' && !signal.aborted) {
    for (const one of begun) {
      const alone = one.takers.size === 0 || (one.late && !Number.isFinite(first) && !one.takers.has('handler'))
      if (alone && !one.told) tell(one, located(one, `this assertion was not awaited; write: await ${one.label}`))
    }
  }
  return errors
}

/** Whether a failure that some promise took counts, though it neither failed the test nor is unhandled. */
function counts(promise: Begun, begun: readonly Begun[], afterTestFailed: boolean): boolean {
  const { takers, late, together } = promise
  const others = begun.filter((other) => other !== promise && together !== undefined && other.together === together)
  if (takers.size === 0 || takers.has('race') || afterTestFailed) return true
  if (takers.has('any')) return late && others.every(({ failed }) => failed)
  // The first failure of several is what `Promise.all` fails with: who handled that, handled all.
  if (takers.has('all')) {
    const before = others.filter(({ failed, place }) => failed && place < promise.place)
    return late && (before.length === 0 || before.some(({ told }) => told))
  }
  return late
}

/** A timer that is to assert something, but not before the test is over. */
function unheard({ asserts, ms }: Leftover): Error[] {
  if (!asserts) return []
  const message = `a timer of ${ms} ms, which holds an assertion, was still running when its test ended, so its verdict would count for nothing; write: await new Promise((resolve) => setTimeout(resolve, ${ms})), then the assertion`
  const error = new Error(message)
  error.stack = `Error: ${message}`
  return [error]
}

function located({ at }: Begun, message: string): Error {
  const error = new Error(message)
  error.stack = `Error: ${message}\n${at}`
  return error
}

// Timers without a claim on the process: they are no leftovers of the test.
const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref())
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/** Waits for work, at most so long, and no longer than until the signal aborts. */
async function within(ms: number, signal: AbortSignal | undefined, work: Promise<unknown>): Promise<void> {
  const listening = new AbortController()
  const waits: Promise<unknown>[] = [work]
  if (ms <= 2 ** 31 - 1) waits.push(pause(Math.max(0, ms)))
  if (signal && !signal.aborted) {
    waits.push(new Promise((resolve) => signal.addEventListener('abort', resolve, { signal: listening.signal })))
  }
  await Promise.race(waits)
  listening.abort()
}
