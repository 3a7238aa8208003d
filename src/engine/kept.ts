import type { QueryOptions } from './engine.ts'
import { currentSignal, stoppedForGood } from './running.ts'
import { isLost } from './lost.ts'
import { hasCode } from '../errors.ts'

/**
 * Asks once and keeps the answer, an error too; only when whoever asked first was stopped, or the engine ended with
 * another query, the next asks anew.
 */
export function kept<T>(ask: (options: QueryOptions) => Promise<T>): (options?: QueryOptions) => Promise<T> {
  let answer: Promise<T> | undefined
  return async function get(options: QueryOptions = {}): Promise<T> {
    const first = answer === undefined
    answer ??= ask(options)
    const awaited = answer
    try {
      return await awaited
    } catch (error) {
      if (isLost(error) && answer === awaited) answer = undefined
      if (!hasCode(error, 'aborted')) throw error
      if (answer === awaited) answer = undefined
      const isStopped = (options.signal ?? currentSignal())?.aborted
      if (first || isStopped || stoppedForGood(error)) throw error
      return get(options)
    }
  }
}
