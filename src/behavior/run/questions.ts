import { placeIn, type Batch } from './batches.ts'
import type { Run, Unasked } from './definition.ts'

/** What a model is asked for the cases of a batch, in one list. */
export interface Questions<C> {
  readonly cases: readonly C[]
  /** Of each case how many questions it asks, or why none. */
  readonly counts: readonly (number | undefined | Unasked)[]
  readonly inputs: readonly unknown[]
}

/** The questions of the first cases of a batch: of as many as `most` questions reach for. */
export function questionsOf<C>(batch: Batch<C>, of: Pick<Run<C>, 'ask'>, most: number): Questions<C> {
  const { cases } = batch
  const counts: (number | undefined | Unasked)[] = new Array(cases.length)
  const inputs: unknown[] = []
  for (let i = 0; i < cases.length; i++) {
    const questions = of.ask(cases[i] as C, placeIn(batch, i))
    if (!isAsked(questions)) {
      counts[i] = questions
      continue
    }
    if (inputs.length + questions.length > most) return { cases: cases.slice(0, i), counts, inputs }
    for (const input of questions) inputs.push(input)
    counts[i] = questions.length
  }
  return { cases, counts, inputs }
}

const isAsked = (questions: readonly unknown[] | undefined | Unasked): questions is readonly unknown[] =>
  Array.isArray(questions)
