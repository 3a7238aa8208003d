import type { Task } from './current.ts'

/** An assertion under way in a test. */
interface Pending {
  awaited: boolean
  counted: boolean
  readonly label: string
  readonly at: string
  /** Resolves to the error, if any; never rejects. */
  settled: Promise<unknown>
}

const pending = new WeakMap<Task, Pending[]>()

export interface TrackOptions {
  /** The test, or file, that holds the assertion. */
  readonly task: Task
  readonly soft: boolean
  readonly label: string
  /** Stack frames that start at the user's line. */
  readonly at: string
}

/**
 * Wraps the promise of a matcher so that it is known whether the user awaited it, and so that its error points at the
 * user's line. vitest itself calls `.then` once on what a matcher returns, and once more for `expect.soft`; the
 * thenable that reaches the user is therefore at depth 1 or 2.
 */
export function track<T>(promise: Promise<T>, { task, soft, label, at }: TrackOptions): Promise<T> {
  const userDepth = soft ? 2 : 1
  const entry: Pending = { awaited: false, counted: false, label, at, settled: Promise.resolve() }
  pending.set(task, [...(pending.get(task) ?? []), entry])
  const relocate = (error: unknown): never => {
    if (error instanceof Error || (typeof error === 'object' && error !== null && 'stack' in error)) {
      const located = error as Error
      located.stack = `${located.name}: ${located.message}\n${at}`
    }
    throw error
  }
  const wrap = (inner: Promise<unknown>, depth: number): Promise<unknown> => {
    if (depth === userDepth) {
      entry.settled = inner.then(
        () => undefined,
        (error: unknown) => error,
      )
    }
    const seen = (): void => {
      if (depth >= userDepth) entry.awaited = true
    }
    const thenable: Promise<unknown> = {
      then: ((onFulfilled: never, onRejected: never) => {
        seen()
        const next = inner.then(onFulfilled, onRejected)
        return wrap(depth === 0 ? next.catch(relocate) : next, depth + 1)
      }) as never,
      catch: ((onRejected: never) => thenable.then(undefined, onRejected)) as never,
      finally: ((onFinally: never) => {
        seen()
        return wrap(inner.finally(onFinally), depth + 1)
      }) as never,
      [Symbol.toStringTag]: 'Promise',
    }
    return thenable
  }
  return wrap(promise, 0) as Promise<T>
}

/** How long to wait for assertions that nobody awaited, and how to stop them. */
export interface Limit {
  /** In ms; 0 or undefined: as long as it takes. */
  readonly ms: number | undefined
  stop(reason: Error): void
}

/**
 * Waits for the assertions of a test that nobody awaited and returns their errors, at the user's lines. With
 * `unawaited: 'error'` each of them is an error by itself.
 */
export async function settle(task: Task, limit: Limit): Promise<Error[]> {
  const errors: Error[] = []
  for (;;) {
    const left = (pending.get(task) ?? []).filter((entry) => !entry.awaited && !entry.counted)
    if (left.length === 0) return errors
    for (const entry of left) {
      entry.counted = true
      const error = await inTime(entry, limit)
      if (process.env.ASSAY_UNAWAITED === 'error')
        errors.push(located(entry, `this assertion was not awaited; write: await ${entry.label}`))
      else if (error) errors.push(error as Error)
    }
  }
}

const GRACE = 1000

/** Gives assertions that were stopped, by a timeout say, a moment to hand over what they know, then forgets them all. */
export async function letGo(task: Task, stopped: boolean): Promise<void> {
  const entries = pending.get(task) ?? []
  pending.delete(task)
  if (!stopped || entries.length === 0) return
  let timer: NodeJS.Timeout | undefined
  const moment = new Promise((resolve) => (timer = setTimeout(resolve, GRACE)))
  await Promise.race([Promise.all(entries.map((entry) => entry.settled)), moment])
  clearTimeout(timer)
}

async function inTime(entry: Pending, { ms, stop }: Limit): Promise<unknown> {
  if (!ms || ms > 2 ** 31 - 1) return entry.settled
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(() => {
      const error = located(entry, `${entry.label}, which was not awaited, did not end within the test's ${ms} ms`)
      stop(error)
      resolve(error)
    }, ms)
  })
  try {
    return await Promise.race([entry.settled, late])
  } finally {
    clearTimeout(timer)
  }
}

function located({ at }: Pending, message: string): Error {
  const error = new Error(message)
  error.stack = `Error: ${message}\n${at}`
  return error
}
