import { onAbort } from '../engine/running.ts'
import { throwIfStopped } from '../engine/stopping.ts'
import { type Answer, readAnswer } from './answer.ts'
import { AnswerList } from './answerList.ts'
import { CallError, pause, waitBefore, whyFailed, within } from './attempts.ts'
import { Call, type CallSettings, type Predict } from './call.ts'
import { Gate } from './gate.ts'
import type { ModelOptions, PredictOptions } from './modelOptions.ts'
import type { Sharing } from './sharing.ts'
import { Silence } from './silence.ts'

/** What all calls of one model share. */
export interface Calls {
  readonly sharing: Sharing
  readonly gate: Gate
  /** How often it had no answer in a row, once it was asked. */
  silence: Silence | undefined
}

type Answers = readonly Answer[]

/** The calls for one list of inputs: those under way, tried again where they fail, and the answers so far. */
export class CallRun {
  /** Inputs of a call. */
  readonly size: number
  private readonly settings: CallSettings
  private readonly options: ModelOptions
  private readonly list: AnswerList
  private readonly gate: Gate
  private readonly silence: Silence
  private readonly isPlain: boolean
  private readonly releases: readonly (() => void)[]
  private running = 0
  private wake: (() => void) | undefined

  constructor(
    predict: Predict,
    inputs: readonly unknown[],
    options: ModelOptions,
    calls: Calls,
    { signal, timed = false, concurrency, goesOn = false }: PredictOptions,
  ) {
    const { batch } = options
    const list = new AnswerList(inputs.length)
    this.list = list
    this.settings = {
      predict,
      inputs,
      batch,
      timed,
      signal,
      sharing: calls.sharing,
      doubt: (place, error) => list.settle(place, { error }),
    }
    this.options = options
    this.size = batch ?? 1
    this.isPlain = batch === undefined && predict.length <= 1 && !timed
    this.gate = concurrency === undefined ? calls.gate : new Gate(concurrency)
    this.silence = calls.silence ??= new Silence()
    if (!goesOn) this.silence.probe()
    const wake = (): void => this.wake?.()
    this.releases = [this.gate.onLeave(wake), ...(signal ? [onAbort(signal, wake)] : [])]
  }

  /** Whether as many calls are under way as may be. */
  get isFull(): boolean {
    return this.gate.full
  }

  get isRunning(): boolean {
    return this.running > 0
  }

  /** Whether nothing more would be answered. */
  get isSilent(): boolean {
    return this.silence.lasts(this.gate.limit)
  }

  /** Throws an AssayError where the signal has aborted. */
  check(): void {
    throwIfStopped(this.settings.signal)
  }

  /** Waits until a call has ended or the signal aborts, for which it throws. */
  async change(): Promise<void> {
    await new Promise<void>((resolve) => (this.wake = resolve))
    this.check()
  }

  /** Makes the call for the inputs from `start` on. */
  ask(start: number): void {
    const input = this.settings.inputs[start]
    if (this.isPlain && typeof input !== 'object') this.askPlain(start, input)
    else this.askByCopies(start)
  }

  /** All answers, in order; from `end` on nothing was asked. */
  answers(end: number): Answers {
    const { answers } = this.list
    for (let i = end; i < answers.length; i++) answers[i] = this.silence.unasked()
    return answers
  }

  /** Listens no more. */
  release(): void {
    for (const release of this.releases) release()
  }

  private askByCopies(start: number): void {
    const call = new Call(this.settings, start)
    const result = attempted(call)
    if (result instanceof Promise) this.follow(call, result)
    else this.take(start, result)
  }

  /** The same for a function of one plain value, whose plain answer nobody can change. */
  private askPlain(start: number, input: unknown): void {
    const { predict, sharing } = this.settings
    const moment = sharing.moment()
    try {
      const raw = (predict as (input: unknown) => unknown)(input)
      if (typeof raw !== 'object') {
        this.silence.answered()
        return this.list.settle(start, readAnswer(raw))
      }
      const call = new Call(this.settings, start)
      const result = call.answersOfPlain(raw, input, moment)
      if (result instanceof Promise) this.follow(call, result)
      else this.take(start, result)
    } catch (error) {
      this.follow(new Call(this.settings, start), Promise.reject(error))
    }
  }

  /** Waits for what a call will answer; only a promise costs a turn of the event loop. */
  private follow(call: Call, answers: Promise<Answers>): void {
    this.running++
    this.gate.enter()
    void this.persist(call, answers).finally(() => {
      this.running--
      this.gate.leave()
    })
  }

  /** Takes the answers of a call, or of those that are made in its place when it fails. */
  private async persist(first: Call, answers: Promise<Answers>): Promise<void> {
    const { retries = 0, backoff = 100, timeout } = this.options
    const { signal } = this.settings
    let call = first
    let pending = answers
    for (let attempt = 1; ; attempt++) {
      try {
        return this.take(
          call.start,
          await (timeout === undefined ? pending : within(pending, timeout, () => call.late())),
        )
      } catch (error) {
        call.giveUp()
        if (attempt > retries || this.isSilent || (error instanceof CallError && error.final))
          return this.fail(call.start, error)
        await pause(waitBefore(attempt, backoff, error), signal)
        if (signal?.aborted) return
        const next = new Call(this.settings, call.start)
        call = next
        pending = new Promise((resolve) => resolve(next.answers()))
      }
    }
  }

  private take(start: number, answers: Answers): void {
    this.silence.answered()
    this.list.settleAll(start, answers)
  }

  private fail(start: number, error: unknown): void {
    this.silence.failed(error)
    const end = Math.min(start + this.size, this.settings.inputs.length)
    const usage = error instanceof CallError ? error.usage : undefined
    // What a call for several inputs cost is told once.
    for (let i = start; i < end; i++)
      this.list.settle(i, { error: whyFailed(error), ...(usage !== undefined && i === start ? { usage } : {}) })
  }
}

/** What a call answers; what it throws as a promise that rejects. */
function attempted(call: Call): Answers | Promise<Answers> {
  try {
    return call.answers()
  } catch (error) {
    return Promise.reject(error)
  }
}
