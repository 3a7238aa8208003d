import { AsyncLocalStorage } from 'node:async_hooks'

/** A query under way or in line: how to stop it, and a promise that resolves when it has ended either way. */
export interface RunningQuery {
  stop(reason: Error): void
  readonly ended: Promise<unknown>
}

interface Running {
  readonly queries: Set<RunningQuery>
  readonly signal: AsyncLocalStorage<AbortSignal>
  /** Why no query may begin any more. */
  over: Error | undefined
}

const key = Symbol.for('assay.running')
const holder = process as unknown as Record<symbol, Running | undefined>
const running: Running = (holder[key] ??= { queries: new Set(), signal: new AsyncLocalStorage(), over: undefined })

/** Runs work whose queries stop when the signal aborts, whether or not they are given a signal of their own. */
export function stoppedBy<T>(signal: AbortSignal, work: () => T): T {
  return running.signal.run(signal, work)
}

/** The signal of the work this is called from; undefined when nothing stops it. */
export function currentSignal(): AbortSignal | undefined {
  return running.signal.getStore()
}

interface Listeners {
  readonly calls: Set<() => void>
  readonly abort: () => void
}

/** Who listens to a signal. */
const listening = new WeakMap<AbortSignal, Listeners>()

/**
 * Calls back when the signal aborts; returns how to listen no more. All listen as one: a test with many assertions has
 * many, and Node takes eleven of one signal for a leak.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const listeners = listening.get(signal) ?? listen(signal)
  const call = (): void => callback()
  listeners.calls.add(call)
  return () => {
    if (!listeners.calls.delete(call) || listeners.calls.size > 0) return
    // Node holds on to a signal that follows others for as long as anybody listens.
    listening.delete(signal)
    signal.removeEventListener('abort', listeners.abort)
  }
}

function listen(signal: AbortSignal): Listeners {
  const calls = new Set<() => void>()
  const listeners = { calls, abort: () => calls.forEach((call) => call()) }
  listening.set(signal, listeners)
  signal.addEventListener('abort', listeners.abort, { once: true })
  return listeners
}

/** Lets queries begin, or with a reason refuses all that begin from now on. */
export function refuseQueries(why: string | undefined): void {
  running.over = why === undefined ? undefined : new Error(why)
  if (running.over) ended.add(running.over)
}

let report: ((busy: boolean) => void) | undefined

/** Calls the listener when the first query begins and when the last has ended. */
export function onBusy(listener: (busy: boolean) => void): void {
  report = listener
}

/** Remembers a query until it has ended. */
export function track(query: RunningQuery): void {
  if (running.queries.size === 0) report?.(true)
  running.queries.add(query)
  void query.ended.finally(() => {
    running.queries.delete(query)
    if (running.queries.size === 0) report?.(false)
  })
}

/**
 * Runs work that is no query, such as reading a file, like one: the signal it is given aborts when the work around it
 * is stopped and when all queries are.
 */
export function runStoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, stop } = stoppable(currentSignal())
  const done = work(signal)
  track({ stop, ended: done.catch(() => {}) })
  return done
}

/** A signal that aborts with another one, by `stop`, and at once where no query may begin any more. */
export function stoppable(outer: AbortSignal | undefined): { signal: AbortSignal; stop(reason: Error): void } {
  const own = new AbortController()
  if (running.over) own.abort(running.over)
  return {
    signal: outer ? AbortSignal.any([outer, own.signal]) : own.signal,
    stop: (reason) => own.abort(reason),
  }
}

const ended = new WeakSet<object>()

/** Whether a query was stopped because nothing waits for it any more, so that asking again makes no sense. */
export function stoppedForGood(error: { readonly cause?: unknown }): boolean {
  return typeof error.cause === 'object' && error.cause !== null && ended.has(error.cause)
}

/**
 * Stops every query of this process and waits until none is left. A worker thread that ends while the engine computes
 * takes the whole process with it (the binding throws in a torn-down environment), so nothing may run past a test file.
 */
export async function stopQueries(why: string): Promise<void> {
  const reason = new Error(why)
  ended.add(reason)
  // Work that was stopped may ask once more before it gives up; what goes on asking for ever is not waited for.
  for (let round = 0; running.queries.size > 0 && round < 10; round++) {
    const left = [...running.queries]
    for (const query of left) query.stop(reason)
    await Promise.all(left.map((query) => query.ended))
  }
}

/** Does something once the queries that run now have ended; at once when none does. */
export function whenIdle(work: () => void): void {
  const left = [...running.queries]
  if (left.length === 0) work()
  else void Promise.allSettled(left.map(({ ended }) => ended)).then(work)
}
