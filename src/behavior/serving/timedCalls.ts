import type { Answer } from '../../models/answer.ts'
import type { Model } from '../../models/model.ts'
import { elapsed } from '../../realTimers.ts'

/** A model beside a clock. */
export interface TimedCalls {
  readonly model: Model
  /** Answers that came after the first call. */
  answers(): number
  /** Seconds in which calls after the first were under way. */
  seconds(): number
}

/**
 * The model, its calls timed as they are made: first one alone, which may load or connect, then the others, so many at a
 * time (default: the model's own number).
 */
export function timedCalls(model: Model, concurrency: number | undefined): TimedCalls {
  let warm = model.whole === true
  let answers = 0
  let ms = 0
  const predict: Model['predict'] = async (inputs, options = {}) => {
    const how = { ...options, ...(concurrency === undefined ? {} : { concurrency }) }
    const first: readonly Answer[] = warm ? [] : await model.predict(inputs.slice(0, 1), how)
    warm = true
    if (inputs.length === first.length) return first
    const began = elapsed()
    const others = await model.predict(inputs.slice(first.length), how)
    ms += elapsed() - began
    for (const { error } of others) if (error === undefined) answers++
    return [...first, ...others]
  }
  return { model: { ...model, predict }, answers: () => answers, seconds: () => ms / 1000 }
}
