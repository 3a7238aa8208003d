import { currentScope } from './current.ts'

/** One attempt of a test. */
export interface Attempt {
  /** Tells attempts of a retried test apart. */
  readonly retry: number
  /** Tells runs of a repeated test apart. */
  readonly repeat: number
}

/** The attempt that runs. */
export function attemptOf(): Attempt {
  const { retryCount = 0, repeatCount = 0 } = currentScope.getStore()?.task.result ?? {}
  return { retry: retryCount, repeat: repeatCount }
}

/** Whether two are one attempt of a test. */
export const isSameAttempt = (earlier: Attempt, now: Attempt): boolean =>
  earlier.repeat === now.repeat && earlier.retry === now.retry

/**
 * Whether an earlier attempt is tried again with the one now: then nobody agreed to what it wrote. A repetition is held to
 * what the one before it wrote.
 */
export const isTriedAgain = (earlier: Attempt, now: Attempt): boolean =>
  earlier.repeat === now.repeat && !isSameAttempt(earlier, now)
