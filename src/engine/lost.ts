import { AssayError, hasCode, textOf } from '../errors.ts'

/** Whether an error is one of the engine itself, after which nothing that it says can be relied on. */
export function endsEngine(cause: unknown): boolean {
  return /^(INTERNAL|FATAL) Error|database has been invalidated/.test(textOf(cause))
}

/** Whether an error is no answer, since something else ended the engine. */
export const isLost = (error: unknown): boolean => hasCode(error, 'engine-lost')

/** What is asked of an engine that another query has ended. */
export function lostError(): AssayError {
  return new AssayError('engine-lost', 'the engine ended with an internal error of another query', {
    hint: 'ask again: the next query gets a new engine',
  })
}

const TRIES = 20

/** Does work again, on the engine of that time, for as long as queries of others end the one it runs on. */
export async function outliving<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!isLost(error) || tries === TRIES) throw error
    }
  }
}
