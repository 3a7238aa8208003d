import { stoppedError } from '../errors.ts'
import { setImmediate } from '../realTimers.ts'
import { onUntoldEnd } from './nothingLeft.ts'
import { onAbort } from './running.ts'

/** The value, unless the signal aborts before it is there: for what cannot be stopped itself. */
export async function orStopped<T>(value: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  throwIfStopped(signal)
  if (!signal) return value
  let forget: () => void = () => {}
  const stop = new Promise<never>((_, reject) => {
    forget = onAbort(signal, () => reject(stoppedError(signal)))
  })
  try {
    return await Promise.race([value, stop])
  } finally {
    forget()
  }
}

/** The items of a stream, until it fails or the signal aborts, even while the next one never comes. */
export async function* untilStopped<T>(
  stream: AsyncIterable<T> | Iterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, undefined> {
  const items = Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]()
  let done = false
  // Listened to once: to do so anew for each item takes longer than to load it.
  let leave: (why: Error) => void = () => {}
  const forget = signal ? onAbort(signal, () => leave(stoppedError(signal))) : () => {}
  const unwatch = onUntoldEnd(stream, (error) => leave(error))
  try {
    for (;;) {
      throwIfStopped(signal)
      const next = await new Promise<IteratorResult<T, unknown>>((resolve, reject) => {
        leave = reject
        Promise.resolve(items.next()).then(resolve, reject)
      })
      done = next.done === true
      if (next.done) return undefined
      yield next.value
    }
  } finally {
    forget()
    unwatch()
    // A generator that waits for something hears this only afterwards: nobody waits for that.
    if (!done) void Promise.resolve(items.return?.()).catch(() => {})
  }
}

/** Ends work whose signal has aborted. */
export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw stoppedError(signal)
}

/** Lets everything else have its turn, a signal to stop among it, in work that waits for nothing. */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
