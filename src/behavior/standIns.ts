import { answersTo } from '../models/answersTo.ts'
import type { Answer } from '../models/answer.ts'
import { branded, type Model } from '../models/model.ts'
import type { PredictOptions } from '../models/modelOptions.ts'
import { seeded, shuffle } from '../stats/random.ts'

/** A model that knows nothing of its inputs, in place of a real one. */
export interface StandIn {
  /** What kind it is: several of a kind differ by what was drawn. */
  readonly kind: 'constant' | 'random' | 'shuffled'
  readonly model: Model
}

/** Answers drawn that are kept to draw from. */
const POOL = 10_000

/**
 * Models that answer as the real one does, but not to what was asked: one that answers all inputs as the real one does the
 * first, `draws` that answer with any of its answers, and `draws` that deal its answers to other inputs.
 */
export function standIns(model: Model, draws: number): readonly StandIn[] {
  const each = (kind: StandIn['kind'], make: (seed: number) => Dealt): StandIn[] =>
    Array.from({ length: draws }, (_, i) => ({ kind, model: standIn(model, kind, make(i + 1)) }))
  return [
    { kind: 'constant', model: standIn(model, 'constant', constant()) },
    ...each('random', random),
    ...each('shuffled', shuffled),
  ]
}

/** Makes answers of those of the real model. */
type Dealt = (answers: readonly Answer[]) => readonly Answer[]

function standIn(real: Model, kind: string, dealt: Dealt): Model {
  const { name, source, untyped } = real
  return branded({
    name: `${name}, ${kind}`,
    fingerprint: undefined,
    ...(source === undefined ? {} : { source }),
    ...(untyped ? { untyped } : {}),
    ...(real.whole ? { whole: true as const } : {}),
    predict: async (inputs: readonly unknown[], { signal, personal }: PredictOptions = {}) =>
      dealt(await answersTo(real, inputs, { signal, ...(personal ? { personal } : {}) })),
  })
}

function constant(): Dealt {
  let first: Answer | undefined
  return (answers) => {
    first ??= answers.find(({ error }) => error === undefined)
    return answers.map((answer) => first ?? answer)
  }
}

function random(seed: number): Dealt {
  const next = seeded(seed)
  const pool: Answer[] = []
  return (answers) => {
    for (const answer of answers) if (answer.error === undefined && pool.length < POOL) pool.push(answer)
    return answers.map((answer) => pool[Math.floor(next() * pool.length)] ?? answer)
  }
}

function shuffled(seed: number): Dealt {
  const next = seeded(seed)
  return (answers) => {
    const dealt = [...answers]
    shuffle(dealt, next)
    return dealt
  }
}
