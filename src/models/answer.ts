import { described, type NoValue, snapshot, type AnswerValue } from './value.ts'

/** What an answer cost, as the model or its endpoint counts it. */
export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  /** In the currency of whoever is asked. */
  readonly cost?: number
}

/** What a model said to one input: a value, or the reason why there is none. */
export interface Answer {
  /** A label, text, number, boolean or JSON value; absent where there is an error. */
  readonly value?: AnswerValue
  /** The score of each label, where the model told them. */
  readonly scores?: Readonly<Record<string, number>>
  readonly usage?: Usage
  /** Milliseconds from the call to its answer, retries left out; absent where the call was too short to be timed. */
  readonly latency?: number
  /** How the model came to it, as the model tells. */
  readonly trace?: AnswerValue
  /** Why there are no scores, where the model knows it. */
  readonly unscored?: string
  /** Why the model stopped before its end, where it says so: `length`. */
  readonly cut?: string
  /** Why there is no value: `threw Error: busy`, `answered NaN`. */
  readonly error?: string
  /** Whether it was not asked, since it had no answer to those before. */
  readonly unasked?: true
}

/** What a function may answer with where it knows more than the value: see `answer()`. */
export interface AnswerParts {
  readonly value: unknown
  readonly scores?: Readonly<Record<string, number>>
  readonly usage?: Usage
  readonly trace?: unknown
}

const brand: symbol = Symbol.for('assay.answer')

/**
 * An answer with what belongs to it: the scores of the labels, what it cost, how the model came to it. A function of
 * `model()` returns it in place of the plain value.
 * @example answer({ value: 'positive', usage: { inputTokens: 12, outputTokens: 1 } })
 */
export function answer(parts: AnswerParts): AnswerParts {
  return Object.defineProperty({ ...parts }, brand, { value: true })
}

/** The same of a model that says why it stopped before the end. */
export const cutAnswer = (parts: AnswerParts, cut: string): AnswerParts => Object.assign(answer(parts), { cut })

/** What is to be known of an answer that is no end, where something is wrong with it. */
export const cutWords = (cut: string): string => `it was cut off before its end (${cut})`

const isParts = (value: object): value is AnswerParts => brand in value

/** What a model answered without what belongs to it: of the same form as the value that is read of it. */
export function bare(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || !isParts(given)) return given
  return given.scores === undefined ? given.value : { label: given.value, scores: given.scores }
}

/**
 * An answer that is no more than its value. Of a class, since V8 puts what a literal makes among what lives long once the
 * first of many did, and to find the dead ones there it goes through all cases of a table.
 */
class ValueAnswer implements Answer {
  readonly value: AnswerValue
  constructor(value: AnswerValue) {
    this.value = value
  }
}

/** A copy of what a model answered, or why it is no answer: nothing at all, or what cannot be compared as JSON. */
export function readAnswer(raw: unknown): Answer {
  if (typeof raw === 'string' || typeof raw === 'boolean') return new ValueAnswer(raw)
  if (raw === null || raw === undefined) return { error: `answered ${described(raw)}` }
  if (raw instanceof Promise) return unsettled(raw)
  try {
    if (typeof raw === 'object' && isParts(raw)) return readParts(raw)
    const value = snapshot(raw)
    return typeof value === 'object' ? { value, ...scoresIn(value) } : new ValueAnswer(value)
  } catch (error) {
    return { error: `answered ${(error as NoValue).message}` }
  }
}

/** A promise among the answers of a batch, whose rejection nobody else awaits: it would end the process. */
function unsettled(promise: Promise<unknown>): Answer {
  promise.catch(() => {})
  return { error: 'answered a Promise: a batch is answered once all of its answers are there (Promise.all)' }
}

function readParts({ value, scores, usage, trace, cut }: AnswerParts & Pick<Answer, 'cut'>): Answer {
  if (value === null || value === undefined) return { error: `answered ${described(value)}` }
  const own = snapshot(value)
  const whole = scores === undefined ? own : { label: own, scores: snapshot(scores) }
  return {
    value: whole,
    ...scoresIn(whole),
    ...(usage === undefined ? {} : { usage: snapshot(usage) as Usage }),
    ...(trace === undefined ? {} : { trace: snapshot(trace) }),
    ...(cut === undefined ? {} : { cut }),
  }
}

function scoresIn(value: AnswerValue): Pick<Answer, 'scores'> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const { scores } = value as { readonly [name: string]: AnswerValue }
  if (!Object.hasOwn(value, 'label') || typeof scores !== 'object' || scores === null || Array.isArray(scores))
    return {}
  const named = Object.values(scores).every((score) => typeof score === 'number')
  return named ? { scores: scores as Readonly<Record<string, number>> } : {}
}
