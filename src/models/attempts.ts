import { onAbort } from '../engine/running.ts'
import { clearTimeout, setTimeout } from '../realTimers.ts'
import { textOf } from '../errors.ts'
import { duration } from '../words/text/times.ts'
import type { Usage } from './answer.ts'

/** Milliseconds between two attempts at most. */
const LONGEST = 30_000

/** A failed call that another attempt cannot mend, or may mend only after a while. */
export class CallError extends Error {
  readonly final: boolean
  /** Milliseconds to wait before the next attempt. */
  readonly wait: number | undefined
  /** Whether it says nothing of the input: nobody was there, or nobody is let in. */
  readonly unheard: boolean
  /** What it cost all the same. */
  readonly usage: Usage | undefined
  constructor(message: string, { final = false, wait, unheard = false, usage }: CallErrorOptions = {}) {
    const isLong = wait !== undefined && wait > LONGEST
    super(isLong ? `${message}; it asks to wait ${duration(wait)}, and ${duration(LONGEST)} is the most` : message)
    this.final = final || isLong
    this.usage = usage
    this.wait = wait
    this.unheard = unheard
  }
}

interface CallErrorOptions {
  readonly final?: boolean
  readonly wait?: number | undefined
  readonly unheard?: boolean
  readonly usage?: Usage | undefined
}

export class Timeout extends Error {}

/** How long to wait before an attempt: twice as long each time, from `backoff` on, or as long as the other side asks. */
export function waitBefore(attempt: number, backoff: number, error: unknown): number {
  if (error instanceof CallError && error.wait !== undefined) return error.wait
  return Math.min(backoff * 2 ** (attempt - 1), LONGEST)
}

/** Resolves after the time, or when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let release: (() => void) | undefined
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
    release = signal && onAbort(signal, resolve)
  })
  clearTimeout(timer)
  release?.()
}

/** Rejects with a `Timeout` where the work takes longer; `late` is called then. */
export async function within<T>(work: Promise<T>, timeout: number, late: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Timeout(`did not answer within ${timeout} ms`))
      late()
    }, timeout)
  })
  try {
    return await Promise.race([work, over])
  } finally {
    clearTimeout(timer)
  }
}

/** Why a call has no answer, in words. */
export function whyFailed(error: unknown): string {
  if (error instanceof Timeout || error instanceof CallError) return error.message
  return `threw ${error instanceof Error ? `${textOf(error.name)}: ${textOf(error)}` : textOf(error)}`
}
