import { clearInterval, setInterval } from '../realTimers.ts'

/** Milliseconds between looks at a stream that may have failed. */
const LOOK = 1000

type Hear = (error: Error) => void

/**
 * Hears that a stream brings nothing more and does not tell: a stream of Node has an error, and waits for ever to be
 * closed, or nothing is left in the process that could bring the next item. Returns what ends it.
 */
export function onUntoldEnd(stream: object, hear: Hear): () => void {
  const unwatch = watched(stream, hear)
  if (waiting.size === 0) process.on('beforeExit', tellAll)
  const tell = () => hear(errorOf(stream) ?? new Error('nothing is left that could bring the next one'))
  waiting.add(tell)
  return () => {
    unwatch()
    waiting.delete(tell)
    if (waiting.size === 0) process.off('beforeExit', tellAll)
  }
}

const waiting = new Set<() => void>()

function tellAll(): void {
  for (const tell of waiting) tell()
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
