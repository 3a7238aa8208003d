import { changedIn, handed } from '../cells/handed.ts'
import { isThenable } from '../options.ts'
import { elapsed } from '../realTimers.ts'
import { countText } from '../words/text/numbers.ts'
import { type Answer, bare, readAnswer } from './answer.ts'
import type { Sharing } from './sharing.ts'
import { described, type AnswerValue } from './value.ts'

/** What a function is told beside its input. */
export interface CallContext {
  /** Aborts when the call is given up: its test has ended, or it took longer than its timeout. */
  readonly signal: AbortSignal
}

export type Predict = (input: unknown, context: CallContext) => unknown

/** What the calls for one list of inputs have in common. */
export interface CallSettings {
  readonly predict: Predict
  readonly inputs: readonly unknown[]
  /** How many inputs a call takes as a list; absent where it takes one by itself. */
  readonly batch: number | undefined
  readonly timed: boolean
  readonly signal: AbortSignal | undefined
  readonly sharing: Sharing
  /** Called with the place of an input whose answer is in doubt after all. */
  doubt(place: number, error: string): void
}

type Answers = readonly Answer[]

/** The inputs of a call, and the copies of them that the function was handed. */
interface Handed {
  readonly moment: number
  readonly inputs: readonly unknown[]
  readonly copies: readonly unknown[]
  readonly argument: unknown
}

/** One call of a function, for the input at `start` or for the batch of inputs from there on. */
export class Call {
  readonly start: number
  private readonly settings: CallSettings
  private readonly abort: AbortController | undefined
  private readonly began: number
  private isOver = false

  constructor(settings: CallSettings, start: number) {
    this.settings = settings
    this.start = start
    this.abort = settings.predict.length > 1 ? new AbortController() : undefined
    this.began = settings.timed ? elapsed() : 0
  }

  /** Calls the function; its answer to each input, later where it answers later. Throws what the function throws. */
  answers(): Answers | Promise<Answers> {
    const { predict, inputs: all, batch, signal, sharing } = this.settings
    const moment = sharing.moment()
    const inputs = batch === undefined ? [all[this.start]] : all.slice(this.start, this.start + batch)
    const copies = inputs.map((input) => handed(input))
    const argument = batch === undefined ? copies[0] : [...copies]
    const raw = this.abort
      ? predict(argument, { signal: signal ? AbortSignal.any([signal, this.abort.signal]) : this.abort.signal })
      : (predict as (input: unknown) => unknown)(argument)
    return this.received(raw, { moment, inputs, copies, argument })
  }

  /** The same where the function has been called, at that moment, with the plain value that is its one input. */
  answersOfPlain(raw: unknown, input: unknown, moment: number): Answers | Promise<Answers> {
    return this.received(raw, { moment, inputs: [input], copies: [input], argument: input })
  }

  /** Its answers count no more: another call takes its place, or none. */
  giveUp(): void {
    this.isOver = true
  }

  /** Tells the function that it took too long. */
  late(): void {
    this.abort?.abort(new Error('the call took too long'))
  }

  private received(raw: unknown, made: Handed): Answers | Promise<Answers> {
    const { batch } = this.settings
    if (batch === undefined && typeof made.argument !== 'object' && typeof raw !== 'object')
      return [withLatency(readAnswer(raw), this.latency())]
    return isThenable(raw)
      ? Promise.resolve(raw).then((later) => this.read(later, made, this.latency()))
      : this.read(raw, made, this.latency())
  }

  private latency(): number | undefined {
    return this.settings.timed ? elapsed() - this.began : undefined
  }

  private read(raw: unknown, { moment, inputs, copies, argument }: Handed, latency: number | undefined): Answers {
    const { batch, sharing, doubt } = this.settings
    const read = batch === undefined ? [readAnswer(raw)] : batchAnswers(raw, inputs.length)
    if (this.isOver) return read
    const answered = sharing.moment()
    const isShuffled = batch !== undefined && copies.some((copy, i) => (argument as unknown[])[i] !== copy)
    return read.map((answer, i) => {
      const change = isShuffled ? 'changed the list of inputs of its batch' : changeOf(inputs[i], copies[i])
      if (change !== undefined) return { error: change }
      if (answer.error !== undefined) return answer
      sharing.note(bare(batch === undefined ? raw : (raw as unknown[])[i]), answer.value as AnswerValue, {
        input: inputs[i],
        began: moment,
        answered,
        doubt: () => doubt(this.start + i, SHARED),
      })
      return withLatency(answer, latency)
    })
  }
}

const SHARED =
  'answered with an object that is part of the answer to another input, too, and may have changed: answer with one of its own'

const withLatency = (answer: Answer, latency: number | undefined): Answer =>
  latency === undefined ? answer : { ...answer, latency }

function batchAnswers(raw: unknown, count: number): Answers {
  if (Array.isArray(raw) && raw.length === count) return Array.from(raw, readAnswer)
  const error = Array.isArray(raw)
    ? `answered ${countText(raw.length, 'prediction')} for ${countText(count, 'input')}`
    : `answered ${described(raw)} for a batch, not an array`
  return Array.from({ length: count }, () => ({ error }))
}

function changeOf(input: unknown, copy: unknown): string | undefined {
  if (typeof input !== 'object') return undefined
  const place = changedIn(input, copy)
  if (place === undefined) return undefined
  return `changed its input${place === '' ? '' : ` at ${place.replace(/^\./, '')}`}: it must leave inputs as they are`
}
