import type { Answer } from './answer.ts'
import { writtenKey } from './inputKey.ts'
import type { Model } from './model.ts'
import type { PredictOptions } from './modelOptions.ts'

/** Answers kept of a model; more distinct inputs than these are asked anew by the next assertion. */
const MOST = 100_000

/** A call that will bring answers. */
class Flight {
  call: Promise<unknown> = Promise.resolve()
}

type Known = Map<unknown, Answer | Flight>

const kept = new WeakMap<Model, Known>()

/**
 * Answers to inputs, in order. Each distinct input is asked once, whichever assertions want its answer, also those that
 * ask at the same time; errors are asked again. Repeats (a `trial` above 0), timed answers, models that answer one list
 * as a whole and those that say `remember: false` are always asked.
 */
export async function answersTo(
  model: Model,
  inputs: readonly unknown[],
  options: PredictOptions = {},
): Promise<readonly Answer[]> {
  if (model.whole) return model.predict(inputs, options)
  const anew = model.forgetful || options.timed === true || (options.trial ?? 0) > 0
  const known: Known = anew ? new Map() : keptOf(model)
  // What comes beyond is told apart within this call only.
  const own: Known = known.size < MOST ? known : new Map()
  const flight = new Flight()
  const answers = new Array<Answer | Flight>(inputs.length)
  const places: number[] = []
  const keys: unknown[] = []
  for (let i = 0; i < inputs.length; i++) {
    const key = writtenKey(inputs[i])
    const found = known.get(key) ?? (own === known ? undefined : own.get(key))
    if (found === undefined) {
      own.set(key, flight)
      keys.push(key)
      places.push(i)
    }
    answers[i] = found ?? flight
  }
  if (places.length > 0) {
    const call = model.predict(places.length === inputs.length ? inputs : places.map((place) => inputs[place]), options)
    flight.call = call
    let said: readonly Answer[]
    try {
      said = await call
    } catch (error) {
      for (const key of keys) own.delete(key)
      throw error
    }
    for (let k = 0; k < places.length; k++) {
      const answer = said[k] ?? { error: 'has no answer' }
      answers[places[k] as number] = answer
      own.set(keys[k], answer)
    }
    for (let i = 0; i < inputs.length; i++)
      if (answers[i] === flight) answers[i] = own.get(writtenKey(inputs[i])) as Answer
    for (let k = 0; k < places.length; k++) if (said[k]?.error !== undefined) own.delete(keys[k])
  }
  for (let i = 0; i < inputs.length; i++) {
    const answer = answers[i]
    if (answer instanceof Flight) answers[i] = await waited(answer, model, inputs[i], options)
  }
  return answers as readonly Answer[]
}

/** The answer of a call that another assertion made; where that one was stopped, this one asks itself. */
async function waited(flight: Flight, model: Model, input: unknown, options: PredictOptions): Promise<Answer> {
  await flight.call.catch(() => {})
  const [answer] = await answersTo(model, [input], options)
  return answer as Answer
}

function keptOf(model: Model): Known {
  const known: Known = kept.get(model) ?? new Map()
  kept.set(model, known)
  return known
}
