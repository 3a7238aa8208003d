import { AssayError, stoppedError, withoutHint } from '../errors.ts'
import { elapsed, setImmediate } from '../realTimers.ts'
import { integer } from '../words/text/numbers.ts'
import { duration } from '../words/text/times.ts'
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
  let count = 0
  let since = 0
  const forget = signal ? onAbort(signal, () => leave(stoppedWait(signal, count, elapsed() - since))) : () => {}
  const unwatch = onUntoldEnd(stream, (error) => leave(error))
  try {
    for (;;) {
      throwIfStopped(signal)
      const next = await new Promise<IteratorResult<T, unknown>>((resolve, reject) => {
        leave = reject
        since = elapsed()
        Promise.resolve(items.next()).then(resolve, reject)
      })
      done = next.done === true
      if (next.done) return undefined
      count++
      yield next.value
    }
  } finally {
    forget()
    unwatch()
    // A generator that waits for something hears this only afterwards: nobody waits for that.
    if (!done) void Promise.resolve(items.return?.()).catch(() => {})
  }
}

/** Milliseconds without an item that are worth a word. */
const LONG = 1000

/** The error of what was stopped while the next item of a stream was waited for; after a while it says so. */
function stoppedWait(signal: AbortSignal, count: number, waited: number): AssayError {
  const stopped = stoppedError(signal)
  if (waited < LONG) return stopped
  const before = count === 0 ? 'nothing' : `nothing after item ${integer(count)}`
  const what = `${withoutHint(stopped).replace(/\.$/, '')}: the stream had brought ${before} for ${duration(waited)}`
  return new AssayError(stopped.code, what, {
    cause: signal.reason,
    hint: 'if its connection may be gone, hand on what that says: connection.on("error", (error) => stream.destroy(error))',
  })
}

/** Ends work whose signal has aborted. */
export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw stoppedError(signal)
}

/** Lets everything else have its turn, a signal to stop among it, in work that waits for nothing. */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
