import type { Answer } from './answer.ts'
import { handed } from '../cells/handed.ts'
import { ownKey } from './inputKey.ts'
import { type KeyPlaces, keyPlaces } from './keyPlaces.ts'
import type { Model } from './model.ts'
import type { PredictOptions } from './modelOptions.ts'

/** Answers kept of a model; more distinct inputs than these are asked anew by the next assertion. */
const MOST = 100_000

/** The place of answers to inputs that cannot be known again. */
const UNKEPT = -1

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

let lookedFor: unknown[] = []
/** Finds keys of the list above, for as long as a call is looked up. */
const places = keyPlaces((place) => lookedFor[place])
/** Nothing, to be filled by one call. */
const fleeting = (): Known => {
  places.clear()
  lookedFor = []
  return { places, keys: lookedFor, answers: [] }
}

/**
 * Answers to inputs, in order. Each distinct input is asked once, whichever assertions want its answer, also those that
 * ask at the same time; errors are asked again, and so are inputs that hold objects of classes. Repeats (a `trial` above 0), models that answer one list as a whole and
 * those that say `remember: false` are always asked; timed answers, too, for each input by itself.
 */
export async function answersTo(
  model: Model,
  inputs: readonly unknown[],
  options: PredictOptions = {},
): Promise<readonly Answer[]> {
  if (model.whole || options.timed) return model.predict(inputs, options)
  const anew = model.forgetful || (options.trial ?? 0) > 0
  const known = anew ? fleeting() : keptOf(model)
  // What comes beyond is told apart within this call only.
  const own = known.keys.length < MOST ? known : fleeting()
  const looked = lookUp(inputs, known, own)
  const { unanswered, answers, flight } = looked
  if (unanswered.length > 0) {
    // As they are now, which is what they are known by, whoever changes them before the model is asked about each.
    const call = model.predict(
      unanswered.map((i) => asItIs(inputs[i])),
      options,
    )
    flight.call = call
    try {
      settle(looked, own, await call)
    } catch (error) {
      for (const place of looked.places) if (place !== UNKEPT) own.answers[place] = undefined
      throw error
    }
  }
  for (let i = 0; looked.waits && i < inputs.length; i++) {
    const answer = answers[i]
    if (answer instanceof Flight) answers[i] = await waited(answer, model, inputs[i], options)
  }
  return answers as readonly Answer[]
}

/** A copy of an input; what cannot be copied is an error of its own call. */
function asItIs(input: unknown): unknown {
  try {
    return handed(input)
  } catch {
    return input
  }
}

/** What is known of the inputs of a call, and what is to be asked. */
interface LookedUp {
  readonly flight: Flight
  /** Of each input, what is known of it by now. */
  readonly answers: (Answer | Flight)[]
  /** The inputs to be asked, and where the answer of each is kept, or `UNKEPT`. */
  readonly unanswered: readonly number[]
  readonly places: readonly number[]
  /** Inputs that are the same as one that is asked, and the place of its answer. */
  readonly repeated: ReadonlyMap<number, number>
  /** Whether another call will bring some of the answers. */
  readonly waits: boolean
}

/** Looks up what is known, and notes in `own` that this call brings the rest. */
function lookUp(inputs: readonly unknown[], known: Known, own: Known): LookedUp {
  const flight = new Flight()
  const answers: (Answer | Flight)[] = []
  const unanswered: number[] = []
  const places: number[] = []
  const repeated = new Map<number, number>()
  let waits = false
  for (let i = 0; i < inputs.length; i++) {
    const key = ownKey(inputs[i])
    if (key === undefined) {
      unanswered.push(i)
      places.push(UNKEPT)
      answers.push(flight)
      continue
    }
    const slot = own === known ? -1 : known.places.find(key)
    const before = slot < 0 ? undefined : known.answers[slot]
    if (before !== undefined) {
      answers.push(before)
      if (before instanceof Flight) waits = true
      continue
    }
    let place = own.places.findOrAdd(key, own.keys.length)
    if (place < 0) {
      place = own.keys.length
      own.keys.push(key)
      own.answers.push(undefined)
    }
    const answer = own.answers[place]
    if (answer === undefined) {
      own.answers[place] = flight
      unanswered.push(i)
      places.push(place)
    } else if (answer === flight) repeated.set(i, place)
    else if (answer instanceof Flight) waits = true
    answers.push(answer ?? flight)
  }
  if (own.keys === lookedFor) lookedFor = []
  return { flight, answers, unanswered, places, repeated, waits }
}

/** Hands each input its answer, and keeps those that are no errors. */
function settle({ answers, unanswered, places, repeated }: LookedUp, own: Known, answered: readonly Answer[]): void {
  for (let k = 0; k < unanswered.length; k++) {
    const answer = answered[k] ?? { error: 'has no answer' }
    if (places[k] !== UNKEPT) own.answers[places[k] as number] = answer
    answers[unanswered[k] as number] = answer
  }
  for (const [i, place] of repeated) answers[i] = own.answers[place] as Answer
  for (let k = 0; k < unanswered.length; k++)
    if (answered[k]?.error !== undefined && places[k] !== UNKEPT) own.answers[places[k] as number] = undefined
}

/** The answer of a call that another assertion made; where that one was stopped, this one asks itself. */
async function waited(flight: Flight, model: Model, input: unknown, options: PredictOptions): Promise<Answer> {
  await flight.call.catch(() => {})
  const [answer] = await answersTo(model, [input], { ...options, goesOn: true })
  return answer as Answer
}

function keptOf(model: Model): Known {
  const known = kept.get(model) ?? none()
  kept.set(model, known)
  return known
}
