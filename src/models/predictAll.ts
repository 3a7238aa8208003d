import { onAbort } from '../engine/running.ts'
import { clearTimeout, elapsed, setImmediate, setTimeout } from '../realTimers.ts'
import { stoppedError, textOf } from '../errors.ts'
import { Problem, readAnswer } from './answer.ts'
import { changedIn, handed } from './handed.ts'
import type { Sharing } from './sharing.ts'
import { described, type Value } from './value.ts'

export interface ModelOptions {
  /**
   * The function takes up to this many inputs at once, as an array, and answers as many.
   * @example { batch: 32 }
   */
  readonly batch?: number
  /**
   * Calls under way at a time; default 8.
   * @example { concurrency: 2 }
   */
  readonly concurrency?: number
  /**
   * Milliseconds a call may take.
   * @example { timeout: 10_000 }
   */
  readonly timeout?: number
  /**
   * How often a call that failed is tried again; default 0.
   * @example { retries: 2 }
   */
  readonly retries?: number
  /**
   * What tells this model from another of its name: a file's hash, a commit.
   * @example { fingerprint: 'sha256:9f86d0' }
   */
  readonly fingerprint?: string
}

/** Predictions by place; where `errors` has the place, there is none. */
export interface Predictions {
  readonly values: readonly (Value | undefined)[]
  readonly errors: ReadonlyMap<number, string>
  /** Whether the values are cells of a text table, which have no type: `0.5` may be a number or a text. */
  readonly untyped?: boolean
}

/** Longest time in ms without a turn of the event loop, in which signals and timers are heard. */
const BUSY = 50

type Outcome = Value | Problem
type Attempt = { over: boolean }

class Timeout extends Error {}

/**
 * Calls the function for all inputs, or for batches of them. Each answer is copied when it comes; each input is handed
 * over as a copy, and a model that changes it gets an error for it.
 */
export async function predictAll(
  predict: (input: unknown) => unknown,
  inputs: readonly unknown[],
  { batch, concurrency = 8, timeout, retries = 0 }: ModelOptions,
  shared: Sharing,
  signal: AbortSignal | undefined,
): Promise<Predictions> {
  const values = new Array<Value | undefined>(inputs.length)
  const errors = new Map<number, string>()
  const size = batch ?? 1
  let running = 0
  let wake: (() => void) | undefined

  const settle = (place: number, outcome: Outcome): void => {
    if (outcome instanceof Problem) errors.set(place, outcome.text)
    else values[place] = outcome
    if (errors.has(place)) values[place] = undefined
  }
  const fail = (start: number, error: unknown): void => {
    const problem = new Problem(error instanceof Timeout ? error.message : `threw ${thrown(error)}`)
    for (let i = start; i < Math.min(start + size, inputs.length); i++) settle(i, problem)
  }
  /** What comes of one call, for each of its inputs; a promise of it where the model answers later. */
  const call = (start: number, attempt: Attempt): readonly Outcome[] | Promise<readonly Outcome[]> => {
    const began = shared.moment()
    const asked = batch === undefined ? [inputs[start]] : inputs.slice(start, start + size)
    const copies = asked.map((input) => handed(input))
    const argument = batch === undefined ? copies[0] : [...copies]
    const answer = predict(argument)
    if (batch === undefined && typeof argument !== 'object' && typeof answer !== 'object') return [readAnswer(answer)]
    const read = (given: unknown): readonly Outcome[] => {
      const outcomes = batch === undefined ? [readAnswer(given)] : batchOutcomes(given, asked.length)
      if (attempt.over) return outcomes
      const answered = shared.moment()
      const shuffled = batch !== undefined && copies.some((copy, i) => (argument as unknown[])[i] !== copy)
      return outcomes.map((outcome, i) => {
        const changed = shuffled ? 'changed the list of inputs of its batch' : changeOf(asked[i], copies[i])
        if (changed !== undefined) return new Problem(changed)
        if (!(outcome instanceof Problem))
          shared.note(batch === undefined ? given : (given as unknown[])[i], outcome, {
            input: asked[i],
            began,
            answered,
            doubt: () => settle(start + i, SHARED),
          })
        return outcome
      })
    }
    return isThenable(answer) ? Promise.resolve(answer).then(read) : read(answer)
  }
  const take = (start: number, outcomes: readonly Outcome[]): void => {
    for (let i = 0; i < outcomes.length; i++) settle(start + i, outcomes[i] as Outcome)
  }
  const persist = async (start: number, first: Promise<readonly Outcome[]>, attempt: Attempt): Promise<void> => {
    let outcomes = first
    let current = attempt
    for (let left = retries; ; left--) {
      try {
        return take(start, await (timeout === undefined ? outcomes : within(outcomes, timeout)))
      } catch (error) {
        current.over = true
        if (left === 0) return fail(start, error)
        await new Promise((resolve) => setImmediate(resolve))
        if (signal?.aborted) return
        const next = { over: false }
        current = next
        outcomes = new Promise((resolve) => resolve(call(start, next)))
      }
    }
  }
  const check = (): void => {
    if (signal?.aborted) throw stoppedError(signal)
  }
  /** Waits until a call has ended or the signal aborts. */
  const change = async (): Promise<void> => {
    await new Promise<void>((resolve) => (wake = resolve))
    check()
  }
  const release = signal && onAbort(signal, () => wake?.())
  try {
    check()
    let heard = elapsed()
    let looked = heard
    let since = 0
    let patience = 1
    for (let start = 0; start < inputs.length; start += size) {
      const attempt = { over: false }
      let outcomes: readonly Outcome[] | Promise<readonly Outcome[]>
      try {
        outcomes = call(start, attempt)
      } catch (error) {
        outcomes = Promise.reject(error)
      }
      // Only a promise costs a turn of the event loop: a plain function runs straight through.
      if (!(outcomes instanceof Promise)) take(start, outcomes)
      else {
        running++
        void persist(start, outcomes, attempt).finally(() => {
          running--
          wake?.()
        })
        while (running >= concurrency) await change()
      }
      // The clock costs more than a quick model: it is looked at less often while calls are short.
      if (++since < patience) continue
      const now = elapsed()
      patience = now - looked < 1 ? Math.min(2 * patience, 32) : 1
      since = 0
      looked = now
      if (now - heard < BUSY) continue
      await new Promise((resolve) => setImmediate(resolve))
      check()
      heard = elapsed()
      looked = heard
    }
    while (running > 0) await change()
    return { values, errors }
  } finally {
    release?.()
  }
}

const SHARED = new Problem(
  'answered with an object that is part of the answer to another input, too, and may have changed: answer with one of its own',
)

function batchOutcomes(answer: unknown, count: number): readonly Outcome[] {
  if (Array.isArray(answer) && answer.length === count) return Array.from(answer, readAnswer)
  const found = Array.isArray(answer)
    ? `answered ${answer.length} predictions for ${count} inputs`
    : `answered ${described(answer)} for a batch, not an array`
  return new Array<Outcome>(count).fill(new Problem(found))
}

function changeOf(input: unknown, copy: unknown): string | undefined {
  if (typeof input !== 'object') return undefined
  const place = changedIn(input, copy)
  if (place === undefined) return undefined
  return `changed its input${place === '' ? '' : ` at ${place.replace(/^\./, '')}`}: it must leave inputs as they are`
}

function thrown(error: unknown): string {
  return error instanceof Error ? `${textOf(error.name)}: ${textOf(error)}` : textOf(error)
}

async function within<T>(work: Promise<T>, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Timeout(`did not answer within ${timeout} ms`)), timeout)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
