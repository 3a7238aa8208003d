import type { Begun, Taker } from './startedAssertion.ts'
import type { Scope } from './current.ts'

/** Whose an error is. */
export interface Fate {
  readonly begun: Begun
  readonly scope: Scope
}

const key = Symbol.for('assay.fates')
const holder = process as unknown as Record<symbol, WeakMap<object, Fate> | undefined>
const fates: WeakMap<object, Fate> = (holder[key] ??= new WeakMap())

/** The assertion that an error is of. */
export const fateOf = (error: object): Fate | undefined => fates.get(error)

export interface TrackOptions {
  /** The test, or file, that holds the assertion. */
  readonly scope: Scope
  readonly label: string
  readonly at: string
  /** vitest calls `.then` once more and hands the error to the test. */
  readonly soft: boolean
  /** The test that vitest hands the error of a soft assertion to is the one that holds it. */
  readonly softTold: boolean
  /** `expect.poll` asks again and again, and sees to the errors. */
  readonly polled: boolean
}

let places = 0

/**
 * Wraps the promise of a matcher so that it is known who waits for it, and so that its error points at the user's line.
 * vitest itself calls `.then` once on what a matcher returns, and once more for `expect.soft`; the thenable that reaches
 * the user is therefore at depth 1 or 2. What is made of it there is an ordinary promise: whether somebody handles its
 * error, Node tells.
 */
export function track<T>(promise: Promise<T>, options: TrackOptions): Promise<T> {
  const { scope, label, at, soft, softTold, polled } = options
  const begun: Begun = {
    label,
    at,
    takers: new Set(polled ? ['handler'] : []),
    together: undefined,
    settled: Promise.resolve(),
    done: false,
    place: 0,
    failed: false,
    soft: softTold,
    error: undefined,
    unhandled: undefined,
    late: scope.settling,
    told: false,
    reached: false,
  }
  scope.begun.push(begun)
  const ended = (error?: unknown): void => {
    begun.done = true
    begun.place = ++places
    begun.error = error
  }
  const relocated = (error: unknown): never => {
    if (typeof error === 'object' && error !== null && 'stack' in error) {
      const located = error as Error
      located.stack = `${located.name}: ${located.message}\n${at}`
      fates.set(located, { begun, scope })
    }
    begun.failed = true
    begun.told = softTold
    begun.error = error
    throw error
  }
  const outer = (inner: Promise<unknown>): Promise<unknown> => {
    begun.settled = inner.then(
      () => ended(begun.error),
      (error: unknown) => ended(error),
    )
    const then = (onFulfilled: never, onRejected: never): Promise<unknown> => {
      if (!comesFromPromise(onRejected)) begun.takers.add('handler')
      else if (begun.takers.size === 0) begun.takers.add('await')
      return inner.then(onFulfilled, onRejected)
    }
    return {
      get then() {
        noteTaker(begun)
        return then as never
      },
      catch: ((onRejected: never) => then(undefined as never, onRejected)) as never,
      finally: ((onFinally: never) => {
        begun.takers.add('await')
        return inner.finally(onFinally)
      }) as never,
      [Symbol.toStringTag]: 'Promise',
    }
  }
  const wrap = (inner: Promise<unknown>, depth: number): Promise<unknown> => {
    if (depth === (soft ? 2 : 1)) return outer(inner)
    return {
      then: ((onFulfilled: never, onRejected: never) => {
        const next = inner.then(onFulfilled, onRejected)
        return wrap(depth === 0 ? next.catch(relocated) : next, depth + 1)
      }) as never,
      catch: ((onRejected: never) => inner.catch(onRejected)) as never,
      finally: ((onFinally: never) => inner.finally(onFinally)) as never,
      [Symbol.toStringTag]: 'Promise',
    }
  }
  return wrap(promise, 0) as Promise<T>
}

/** Whether a handler of rejections is none, or the one by which one promise follows another. */
function comesFromPromise(onRejected: unknown): boolean {
  if (typeof onRejected !== 'function') return true
  return onRejected.name === '' && /^function \(\) \{ \[native code\] \}$/.test(String(onRejected))
}

const combinators = new Set<unknown>(['all', 'race', 'any', 'allSettled'])
let group: object | undefined

/** `Promise.all` and `await` read `.then` before they do anything else, so the stack shows which of them it is. */
function noteTaker(begun: Begun): void {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.prepareStackTrace = (_, sites) => sites
  Error.stackTraceLimit = 3
  const trace: { stack?: unknown } = {}
  Error.captureStackTrace(trace)
  const [, , site] = trace.stack as NodeJS.CallSite[]
  Error.prepareStackTrace = prepareStackTrace
  Error.stackTraceLimit = stackTraceLimit
  const name = site?.getFunctionName()
  if (name === '__VITEST_REJECTS__') begun.takers.add('handler')
  if (!combinators.has(name) || site?.getFileName()) return
  begun.takers.add(name as Taker)
  if (!group) {
    group = {}
    void Promise.resolve().then(() => (group = undefined))
  }
  begun.together = group
}
