import type { Begun } from './startedAssertion.ts'
import { type Fate, fateOf } from './track.ts'

const key = Symbol.for('assay.rejections')
const holder = process as unknown as Record<symbol, true | undefined>

/**
 * Hears, once per process, of promises that nobody handles. An error of an assertion is its test's, or its file's when
 * the test has ended; whatever else there is goes to whoever listened before.
 */
export function listenForRejections(): void {
  if (holder[key]) return
  holder[key] = true
  const begunBy = new WeakMap<Promise<unknown>, Begun>()
  const unhandled = (reason: unknown, promise: Promise<unknown>): void => {
    const fates = errorsIn(reason).flatMap((error) => fateOf(error) ?? [])
    const taken = fates.map((fate) => take(fate, fates.length > 1 ? fate.begun.error : reason))
    for (const { begun } of fates) begunBy.set(promise, begun)
    if (taken.some(Boolean)) return
    forward(reason, promise)
  }
  // vitest stands back when anybody else listens, taking that for the user: it is asked again, alone.
  const forward = (reason: unknown, promise: Promise<unknown>): void => {
    const others = process.listeners('unhandledRejection').filter((listener) => listener !== unhandled)
    if (others.length > 1) return
    process.off('unhandledRejection', unhandled)
    try {
      if (!process.emit('unhandledRejection', reason, promise)) throw reason
    } finally {
      process.on('unhandledRejection', unhandled)
    }
  }
  process.on('unhandledRejection', unhandled)
  process.on('rejectionHandled', (promise) => {
    const begun = begunBy.get(promise)
    if (begun) begun.unhandled = undefined
  })
}

/** Gives the error to who holds the assertion; false when no one is left. */
function take({ begun, scope }: Fate, reason: unknown): boolean {
  begun.unhandled = { reason }
  if (begun.told || !scope.ended) return true
  if (!scope.file || scope.file.ended) return false
  scope.file.stray.push(reason)
  return true
}

/** An error, what caused it, and the errors that it joins. */
function errorsIn(reason: unknown, depth = 0): object[] {
  if (typeof reason !== 'object' || reason === null || depth > 8) return []
  const { cause, errors } = reason as { cause?: unknown; errors?: unknown }
  const joined = Array.isArray(errors) ? errors.flatMap((error) => errorsIn(error, depth + 1)) : []
  return [reason, ...errorsIn(cause, depth + 1), ...joined]
}
