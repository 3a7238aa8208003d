import { currentSignal, stoppedForGood } from '../engine/running.ts'
import { isLost } from '../engine/lost.ts'
import { AssayError } from '../errors.ts'

/**
 * Asks once and keeps the answer, an error too; only when whoever asked first was stopped, or the engine ended with
 * another query, the next asks anew.
 */
export function kept<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return async function get(): Promise<T> {
    const first = answer === undefined
    answer ??= ask()
    const awaited = answer
    try {
      return await awaited
    } catch (error) {
      if (isLost(error) && answer === awaited) answer = undefined
      if (!(error instanceof AssayError) || error.code !== 'aborted') throw error
      if (answer === awaited) answer = undefined
      if (first || currentSignal()?.aborted || stoppedForGood(error)) throw error
      return get()
    }
  }
}
