import { onAbort } from '../engine/running.ts'
import { elapsed, setImmediate } from '../realTimers.ts'
import { stoppedError } from '../errors.ts'
import { isThenable } from '../options.ts'
import { type Answer, bare, readAnswer } from './answer.ts'
import { CallError, pause, waitBefore, whyFailed, within } from './attempts.ts'
import { Gate } from './gate.ts'
import { changedIn, handed } from '../cells/handed.ts'
import type { ModelOptions, PredictOptions } from './modelOptions.ts'
import type { Sharing } from './sharing.ts'
import { Silence } from './silence.ts'
import { described, type AnswerValue } from './value.ts'
import { countText } from '../words/text/numbers.ts'

/** Longest time in ms without a turn of the event loop, in which signals and timers are heard. */
const BUSY = 50

/** What all calls of one model share. */
export interface Calls {
  readonly sharing: Sharing
  readonly gate: Gate
  /** How often it had no answer in a row, once it was asked. */
  silence: Silence | undefined
}

/** What a function is told beside its input. */
export interface CallContext {
  /** Aborts when the call is given up: its test has ended, or it took longer than its timeout. */
  readonly signal: AbortSignal
}

export type Predict = (input: unknown, context: CallContext) => unknown

interface Attempt {
  over: boolean
  readonly abort: AbortController | undefined
  readonly began: number
}

/**
 * Calls the function for all inputs, or for batches of them. Each answer is copied when it comes; each input is handed
 * over as a copy, and a model that changes it gets an error for it.
 */
export async function predictAll(
  predict: Predict,
  inputs: readonly unknown[],
  { batch, timeout, retries = 0, backoff = 100 }: ModelOptions,
  calls: Calls,
  { signal, timed = false, concurrency }: PredictOptions,
): Promise<readonly Answer[]> {
  const { sharing: shared, gate: own } = calls
  const gate = concurrency === undefined ? own : new Gate(concurrency)
  const silence = (calls.silence ??= new Silence())
  silence.probe()
  const answers = new Array<Answer>(inputs.length)
  const size = batch ?? 1
  const takesContext = predict.length > 1
  const isPlain = batch === undefined && !takesContext && !timed
  let running = 0
  /** From where on nothing is asked, since nothing would be answered. */
  let end = inputs.length
  let wake: (() => void) | undefined

  const settle = (place: number, answer: Answer): void => {
    const before = answers[place] as Mutable | undefined
    if (before === undefined) answers[place] = answer
    // Whoever holds the answer learns that it is none.
    else if (answer.error !== undefined && before.error === undefined) {
      for (const name of Object.keys(before) as (keyof Answer)[]) delete before[name]
      before.error = answer.error
    }
  }
  const fail = (start: number, error: unknown): void => {
    silence.failed(error)
    for (let i = start; i < Math.min(start + size, inputs.length); i++) settle(i, { error: whyFailed(error) })
  }
  const attempting = (): Attempt => ({
    over: false,
    abort: takesContext ? new AbortController() : undefined,
    began: timed ? elapsed() : 0,
  })
  /** What comes of one call, for each of its inputs; a promise of it where the model answers later. */
  const call = (start: number, attempt: Attempt): readonly Answer[] | Promise<readonly Answer[]> => {
    const began = shared.moment()
    const batchInputs = batch === undefined ? [inputs[start]] : inputs.slice(start, start + size)
    const copies = batchInputs.map((input) => handed(input))
    const argument = batch === undefined ? copies[0] : [...copies]
    const given = attempt.abort
      ? predict(argument, { signal: signal ? AbortSignal.any([signal, attempt.abort.signal]) : attempt.abort.signal })
      : (predict as (input: unknown) => unknown)(argument)
    return received(given, { start, attempt, began, batchInputs, copies, argument })
  }
  /** What a call answered, for each of its inputs. */
  const received = (
    raw: unknown,
    { start, attempt, began, batchInputs, copies, argument }: Made,
  ): readonly Answer[] | Promise<readonly Answer[]> => {
    if (batch === undefined && typeof argument !== 'object' && typeof raw !== 'object')
      return [timed ? { ...readAnswer(raw), latency: elapsed() - attempt.began } : readAnswer(raw)]
    const read = (settled: unknown, latency: number | undefined): readonly Answer[] => {
      const read = batch === undefined ? [readAnswer(settled)] : batchAnswers(settled, batchInputs.length)
      if (attempt.over) return read
      const answered = shared.moment()
      const shuffled = batch !== undefined && copies.some((copy, i) => (argument as unknown[])[i] !== copy)
      return read.map((answer, i) => {
        const changed = shuffled ? 'changed the list of inputs of its batch' : changeOf(batchInputs[i], copies[i])
        if (changed !== undefined) return { error: changed }
        if (answer.error !== undefined) return answer
        shared.note(bare(batch === undefined ? settled : (settled as unknown[])[i]), answer.value as AnswerValue, {
          input: batchInputs[i],
          began,
          answered,
          doubt: () => settle(start + i, { error: SHARED }),
        })
        return latency === undefined ? answer : { ...answer, latency }
      })
    }
    const since = (): number | undefined => (timed ? elapsed() - attempt.began : undefined)
    return isThenable(raw) ? Promise.resolve(raw).then((later) => read(later, since())) : read(raw, since())
  }
  const take = (start: number, found: readonly Answer[]): void => {
    silence.answered()
    for (let i = 0; i < found.length; i++) settle(start + i, found[i] as Answer)
  }
  const persist = async (start: number, first: Promise<readonly Answer[]>, attempt: Attempt): Promise<void> => {
    let answered = first
    let current = attempt
    for (let tried = 1; ; tried++) {
      try {
        const late = () => current.abort?.abort(new Error('the call took too long'))
        return take(start, await (timeout === undefined ? answered : within(answered, timeout, late)))
      } catch (error) {
        current.over = true
        if (tried > retries || silence.lasts(gate.limit) || (error instanceof CallError && error.final))
          return fail(start, error)
        await pause(waitBefore(tried, backoff, error), signal)
        if (signal?.aborted) return
        const next = attempting()
        current = next
        answered = new Promise((resolve) => resolve(call(start, next)))
      }
    }
  }
  /** Waits for what a call will answer; only a promise costs a turn of the event loop. */
  const later = (start: number, pending: Promise<readonly Answer[]>, attempt: Attempt): void => {
    running++
    gate.enter()
    void persist(start, pending, attempt).finally(() => {
      running--
      gate.leave()
    })
  }
  const slowly = (start: number): void => {
    const attempt = attempting()
    let result: readonly Answer[] | Promise<readonly Answer[]>
    try {
      result = call(start, attempt)
    } catch (error) {
      result = Promise.reject(error)
    }
    if (result instanceof Promise) later(start, result, attempt)
    else take(start, result)
  }
  /** The same for a function of one plain value, whose plain answer nobody can change. */
  const quickly = (start: number): void => {
    const input = inputs[start]
    const began = shared.moment()
    try {
      const raw = (predict as (input: unknown) => unknown)(input)
      if (typeof raw !== 'object') {
        silence.answered()
        return settle(start, readAnswer(raw))
      }
      const attempt = attempting()
      const found = received(raw, { start, attempt, began, batchInputs: [input], copies: [input], argument: input })
      if (found instanceof Promise) later(start, found, attempt)
      else take(start, found)
    } catch (error) {
      later(start, Promise.reject(error), attempting())
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
  const release = [gate.onLeave(() => wake?.()), signal && onAbort(signal, () => wake?.())]
  try {
    check()
    let turned = elapsed()
    let looked = turned
    let since = 0
    let patience = 1
    for (let start = 0; start < inputs.length; start += size) {
      while (gate.full) await change()
      if (silence.lasts(gate.limit)) {
        end = start
        break
      }
      if (isPlain && typeof inputs[start] !== 'object') quickly(start)
      else slowly(start)
      // The clock costs more than a quick model: it is looked at less often while calls are short.
      if (++since < patience) continue
      const now = elapsed()
      patience = now - looked < 1 ? Math.min(2 * patience, 32) : 1
      since = 0
      looked = now
      if (now - turned < BUSY) continue
      await new Promise((resolve) => setImmediate(resolve))
      check()
      turned = elapsed()
      looked = turned
    }
    while (running > 0) await change()
    for (let i = end; i < inputs.length; i++) answers[i] = silence.unasked()
    return answers
  } finally {
    for (const stop of release) stop?.()
  }
}

/** A call that was made: of which inputs, with which copies of them as argument. */
interface Made {
  readonly start: number
  readonly attempt: Attempt
  readonly began: number
  readonly batchInputs: readonly unknown[]
  readonly copies: readonly unknown[]
  readonly argument: unknown
}

type Mutable = { -readonly [K in keyof Answer]: Answer[K] }

const SHARED =
  'answered with an object that is part of the answer to another input, too, and may have changed: answer with one of its own'

function batchAnswers(raw: unknown, count: number): readonly Answer[] {
  if (Array.isArray(raw) && raw.length === count) return Array.from(raw, readAnswer)
  const found = Array.isArray(raw)
    ? `answered ${countText(raw.length, 'prediction')} for ${countText(count, 'input')}`
    : `answered ${described(raw)} for a batch, not an array`
  return Array.from({ length: count }, () => ({ error: found }))
}

function changeOf(input: unknown, copy: unknown): string | undefined {
  if (typeof input !== 'object') return undefined
  const place = changedIn(input, copy)
  if (place === undefined) return undefined
  return `changed its input${place === '' ? '' : ` at ${place.replace(/^\./, '')}`}: it must leave inputs as they are`
}
