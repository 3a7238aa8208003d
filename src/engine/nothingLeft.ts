import { AssayError } from '../errors.ts'
import { clearInterval, setImmediate, setInterval } from '../realTimers.ts'

type Hear = (error: Error) => void

const streams = new Set<() => void>()
const evaluations = new Set<() => void>()

/** Tells who waits that nothing can come any more, each once; evaluations where that leaves them waiting. */
function tellAll(): void {
  const waiting = streams.size > 0 ? streams : evaluations
  for (const tell of waiting) {
    drop(waiting, tell)
    tell()
  }
  // Once more, where that is not the end of it.
  setImmediate(() => {})
}

function listen(waiting: Set<() => void>, tell: () => void): () => void {
  if (streams.size + evaluations.size === 0) process.on('beforeExit', tellAll)
  waiting.add(tell)
  return () => drop(waiting, tell)
}

function drop(waiting: Set<() => void>, tell: () => void): void {
  if (waiting.delete(tell) && streams.size + evaluations.size === 0) process.off('beforeExit', tellAll)
}

/**
 * A promise that rejects where nothing is left in the process that could bring an evaluation to its end, which Node would
 * leave without a word; and what ends it.
 */
export function nothingLeft(): { readonly rejects: Promise<never>; forget(): void } {
  let forget: () => void = () => {}
  const rejects = new Promise<never>((_, reject) => {
    forget = listen(evaluations, () =>
      reject(
        new AssayError('aborted', 'it waits for what never comes: nothing is left in the process that could answer', {
          hint: 'look for a promise that nobody settles, or a connection that was closed',
        }),
      ),
    )
  })
  rejects.catch(() => {})
  return { rejects, forget: () => forget() }
}

/** Milliseconds between looks at a stream that may have failed. */
const LOOK = 1000

/**
 * Hears that a stream brings nothing more and does not tell: a stream of Node has an error, and waits for ever to be
 * closed, or nothing is left in the process that could bring the next item. Returns what ends it.
 */
export function onUntoldEnd(stream: object, hear: Hear): () => void {
  const unwatch = watched(stream, hear)
  const forget = listen(streams, () =>
    hear(errorOf(stream) ?? new Error('nothing is left that could bring the next one')),
  )
  return () => {
    unwatch()
    forget()
  }
}

const errorOf = (stream: object): Error | undefined =>
  (stream as { readonly errored?: Error | null }).errored ?? undefined

function watched(stream: object, hear: Hear): () => void {
  if (!('errored' in stream)) return () => {}
  let before: Error | undefined
  const timer = setInterval(() => {
    const error = errorOf(stream)
    if (error && error === before) hear(error)
    before = error
  }, LOOK)
  timer.unref()
  return () => clearInterval(timer)
}
