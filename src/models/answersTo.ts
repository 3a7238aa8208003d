import type { Answer } from './answer.ts'
import { writtenKey } from './inputKey.ts'
import { type KeyPlaces, keyPlaces } from './keyPlaces.ts'
import type { Model } from './model.ts'
import type { PredictOptions } from './modelOptions.ts'

/** Answers kept of a model; more distinct inputs than these are asked anew by the next assertion. */
const MOST = 100_000

/** A call that will bring answers. */
class Flight {
  call: Promise<unknown> = Promise.resolve()
}

/** What is known of inputs: the answer to each, or the call that will bring it; nothing where it failed. */
interface Known {
  readonly places: KeyPlaces
  readonly keys: unknown[]
  readonly answers: (Answer | Flight | undefined)[]
}

const kept = new WeakMap<Model, Known>()
const none = (): Known => {
  const keys: unknown[] = []
  return { places: keyPlaces((place) => keys[place]), keys, answers: [] }
}

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
  const known = anew ? none() : keptOf(model)
  // What comes beyond is told apart within this call only.
  const own = known.keys.length < MOST ? known : none()
  const flight = new Flight()
  const answers = new Array<Answer | Flight>(inputs.length)
  /** Where the answer to each input stands among this call's own; -1 where it is known from before. */
  const slots = new Int32Array(inputs.length).fill(-1)
  const asked: number[] = []
  for (let i = 0; i < inputs.length; i++) {
    const key = writtenKey(inputs[i])
    if (own !== known) {
      const before = known.answers[known.places.find(key)]
      if (before !== undefined) {
        answers[i] = before
        continue
      }
    }
    let slot = own.places.findOrAdd(key, own.keys.length)
    if (slot < 0) {
      slot = own.keys.length
      own.keys.push(key)
      own.answers.push(undefined)
    }
    slots[i] = slot
    const found = own.answers[slot]
    if (found === undefined) {
      own.answers[slot] = flight
      asked.push(i)
    }
    answers[i] = found ?? flight
  }
  if (asked.length > 0) {
    const call = model.predict(asked.length === inputs.length ? inputs : asked.map((i) => inputs[i]), options)
    flight.call = call
    const slotOf = (i: number): number => slots[i] as number
    let said: readonly Answer[]
    try {
      said = await call
    } catch (error) {
      for (const i of asked) own.answers[slotOf(i)] = undefined
      throw error
    }
    asked.forEach((i, k) => (own.answers[slotOf(i)] = said[k] ?? { error: 'has no answer' }))
    for (let i = 0; i < inputs.length; i++) if (answers[i] === flight) answers[i] = own.answers[slotOf(i)] as Answer
    asked.forEach((i, k) => {
      if (said[k]?.error !== undefined) own.answers[slotOf(i)] = undefined
    })
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
  const known = kept.get(model) ?? none()
  kept.set(model, known)
  return known
}
