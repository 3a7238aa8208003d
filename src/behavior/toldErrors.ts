import type { Answer } from '../models/answer.ts'
import { branded, type Model } from '../models/model.ts'
import type { AnswerValue } from '../models/value.ts'

/** What a model said, or why it said nothing. */
export type Told = Pick<Answer, 'error' | 'value'>

/** The same model, for which an error is an answer, too: `toldBy` reads it. */
export function telling(model: Model): Model {
  return branded({
    ...model,
    predict: async (inputs, options) =>
      (await model.predict(inputs, options)).map((answer) => {
        const { error, value, unasked } = answer
        return unasked ? answer : { value: error === undefined ? { value: value as AnswerValue } : { error } }
      }),
  })
}

export const toldBy = (answer: Answer | undefined): Told => (answer?.value ?? { error: 'has no answer' }) as Told
