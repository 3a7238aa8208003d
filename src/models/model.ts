import { AssayError, nearest } from '../errors.ts'
import { clearTimeout, setTimeout } from '../realTimers.ts'

const brand: symbol = Symbol.for('assay.model')

/** A label with the score of each label. */
export interface Scored {
  readonly label: string
  readonly scores: Readonly<Record<string, number>>
}

/** What a model may answer: a label or text, a number, a boolean, a JSON value, or a label with scores. */
export type Prediction = string | number | boolean | Scored | readonly unknown[] | Readonly<Record<string, unknown>>

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

/** A model under test: a name, and one way in. */
export interface Model {
  readonly name: string
  readonly fingerprint: string | undefined
  /** Predicts all inputs, in order. A call that fails is an error of its inputs, never of the others. */
  predict(inputs: readonly unknown[], options?: { signal?: AbortSignal | undefined }): Promise<Predictions>
}

/** Predictions by place; where `errors` has the place, there is none. */
export interface Predictions {
  readonly values: readonly unknown[]
  readonly errors: ReadonlyMap<number, string>
}

const known = ['batch', 'concurrency', 'timeout', 'retries', 'fingerprint']

/**
 * A model over a function of one input (sync or async), or with `batch` over a function of several inputs.
 */
// A model's function takes what the cases hold: its parameter type is its own affair.
export function model<I = never>(name: string, predict: (input: I) => unknown, options: ModelOptions = {}): Model {
  if (typeof name !== 'string' || name === '')
    throw wrong(`got ${JSON.stringify(name)} as name`, 'give a name with a version, e.g. "sentiment@1.4.0"')
  if (typeof predict !== 'function')
    throw wrong(
      `${JSON.stringify(name)} got ${predict === null ? 'null' : typeof predict} instead of a function`,
      'pass the function that predicts one input',
    )
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    const near = nearest(option, known)
    throw wrong(
      `${JSON.stringify(name)} got the unknown option ${JSON.stringify(option)}`,
      near ? `did you mean ${near}?` : `it knows ${known.join(', ')}`,
    )
  }
  for (const option of ['batch', 'concurrency', 'timeout', 'retries'] as const) {
    const value = options[option]
    if (value !== undefined && !(Number.isInteger(value) && value >= (option === 'retries' ? 0 : 1))) {
      throw wrong(`${JSON.stringify(name)} got ${option}: ${String(value)}`, `${option} is a whole number`)
    }
  }
  return branded({
    name,
    fingerprint: options.fingerprint,
    predict: (inputs, { signal } = {}) => predictAll(predict as (input: unknown) => unknown, inputs, options, signal),
  })
}

/** Marks a model of another kind than a function, for `isModel`. */
export function branded(made: Model): Model {
  return Object.defineProperty(made, brand, { value: true })
}

/** Whether the value is a model of this or another copy of the package. */
export function isModel(value: unknown): value is Model {
  return typeof value === 'object' && value !== null && brand in value
}

function wrong(found: string, hint: string): AssayError {
  return new AssayError('wrong-argument', `model() ${found}`, { hint })
}

async function predictAll(
  predict: (input: unknown) => unknown,
  inputs: readonly unknown[],
  options: ModelOptions,
  signal: AbortSignal | undefined,
): Promise<Predictions> {
  const values = new Array<unknown>(inputs.length)
  const errors = new Map<number, string>()
  const { batch, concurrency = 8, timeout, retries = 0 } = options
  const size = batch ?? 1
  const settle = (start: number, answer: unknown): void => {
    if (batch === undefined) {
      const problem = invalid(answer)
      if (problem) errors.set(start, problem)
      else values[start] = answer
      return
    }
    const count = Math.min(size, inputs.length - start)
    const problem = !Array.isArray(answer)
      ? `answered ${described(answer)} for a batch, not an array`
      : answer.length !== count
        ? `answered ${answer.length} predictions for ${count} inputs`
        : undefined
    for (let i = 0; i < count; i++) {
      const one = problem ?? invalid((answer as unknown[])[i])
      if (one) errors.set(start + i, one)
      else values[start + i] = (answer as unknown[])[i]
    }
  }
  const fail = (start: number, error: unknown): void => {
    const text =
      error instanceof Timeout
        ? error.message
        : `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
    for (let i = start; i < Math.min(start + size, inputs.length); i++) errors.set(i, text)
  }
  const call = (start: number): unknown =>
    predict(batch === undefined ? inputs[start] : inputs.slice(start, start + size))
  const running = new Set<Promise<void>>()
  for (let start = 0; start < inputs.length; start += size) {
    if (signal?.aborted) throw new AssayError('aborted', 'stopped while predicting', { cause: signal.reason })
    let answer: unknown
    try {
      answer = call(start)
    } catch (error) {
      // Only a promise costs a turn of the event loop: a plain function runs straight through.
      if (retries === 0) {
        fail(start, error)
        continue
      }
      answer = Promise.reject(error)
    }
    if (!isThenable(answer)) {
      settle(start, answer)
      continue
    }
    const work = persist(answer, () => call(start), retries, timeout).then(
      (value) => settle(start, value),
      (error: unknown) => fail(start, error),
    )
    const tracked: Promise<void> = work.finally(() => running.delete(tracked))
    running.add(tracked)
    if (running.size >= concurrency) await Promise.race(running)
  }
  await Promise.all(running)
  return { values, errors }
}

class Timeout extends Error {}

async function persist(
  first: PromiseLike<unknown>,
  again: () => unknown,
  retries: number,
  timeout: number | undefined,
): Promise<unknown> {
  let attempt: unknown = first
  for (let left = retries; ; left--) {
    try {
      return await (timeout === undefined ? attempt : within(attempt, timeout))
    } catch (error) {
      if (left === 0) throw error
      try {
        attempt = again()
      } catch (thrown) {
        attempt = Promise.reject(thrown)
      }
    }
  }
}

async function within(work: unknown, timeout: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_, reject) => {
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

/** Why an answer is no prediction; undefined for one. */
export function invalid(answer: unknown): string | undefined {
  if (typeof answer === 'string' || typeof answer === 'boolean') return undefined
  if (typeof answer === 'number') return Number.isFinite(answer) ? undefined : `answered ${answer}`
  if (typeof answer === 'object' && answer !== null) return undefined
  return `answered ${described(answer)}`
}

function described(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number') return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
