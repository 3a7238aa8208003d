/** An assertion under way in a test. */
interface Pending {
  awaited: boolean
  readonly label: string
  readonly at: string
  /** Resolves to the error, if any; never rejects. */
  settled: Promise<unknown>
}

const pending = new WeakMap<object, Pending[]>()

export interface TrackOptions {
  /** The test that holds the assertion; undefined outside a test. */
  readonly task: object | undefined
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
  const entry: Pending = { awaited: task === undefined, label, at, settled: Promise.resolve() }
  if (task) pending.set(task, [...(pending.get(task) ?? []), entry])
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

/**
 * Waits for the assertions of a test that nobody awaited and returns their errors, at the user's lines. With
 * `unawaited: 'error'` each of them is an error by itself.
 */
export async function settle(task: object, mode: 'settle' | 'error'): Promise<Error[]> {
  const errors: Error[] = []
  for (;;) {
    const left = (pending.get(task) ?? []).filter((entry) => !entry.awaited)
    pending.delete(task)
    if (left.length === 0) return errors
    for (const entry of left) {
      const error = await entry.settled
      if (mode === 'error') errors.push(notAwaited(entry))
      else if (error) errors.push(error as Error)
    }
  }
}

function notAwaited({ label, at }: Pending): Error {
  const error = new Error(`this assertion was not awaited; write: await ${label}`)
  error.stack = `Error: ${error.message}\n${at}`
  return error
}
