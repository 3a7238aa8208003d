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

/** What is known of inputs: where each stands, and the answers there, or the calls that will bring them. */
interface Known {
  readonly slots: Map<unknown, number>
  readonly answers: (Answer | Flight)[]
}

const kept = new WeakMap<Model, Known>()
const none = (): Known => ({ slots: new Map(), answers: [] })

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
  const own = known.slots.size < MOST ? known : none()
  const flight = new Flight()
  const answers = new Array<Answer | Flight>(inputs.length)
  /** Of each input, where its answer will stand among this call's own; -1 where it is known already. */
  const slots = new Int32Array(inputs.length).fill(-1)
  const places: number[] = []
  for (let i = 0; i < inputs.length; i++) {
    const key = writtenKey(inputs[i])
    const before = own === known ? undefined : known.slots.get(key)
    let slot = before === undefined ? own.slots.get(key) : undefined
    const found = before === undefined ? (slot === undefined ? undefined : own.answers[slot]) : known.answers[before]
    if (slot === undefined && before === undefined) {
      slot = own.answers.length
      own.slots.set(key, slot)
      own.answers.push(flight)
      places.push(i)
    }
    if (slot !== undefined) slots[i] = slot
    answers[i] = found ?? flight
  }
  if (places.length > 0) {
    const call = model.predict(places.length === inputs.length ? inputs : places.map((place) => inputs[place]), options)
    flight.call = call
    const forget = (place: number) => own.slots.delete(writtenKey(inputs[place]))
    let said: readonly Answer[]
    try {
      said = await call
    } catch (error) {
      places.forEach(forget)
      throw error
    }
    for (let k = 0; k < places.length; k++) {
      const place = places[k] as number
      const answer = said[k] ?? { error: 'has no answer' }
      own.answers[slots[place] as number] = answer
      if (answer.error !== undefined) forget(place)
    }
    for (let i = 0; i < inputs.length; i++)
      if (answers[i] === flight) answers[i] = own.answers[slots[i] as number] as Answer
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
