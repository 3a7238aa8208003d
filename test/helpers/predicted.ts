import type { Model } from '../../src/models/model.ts'
import type { PredictOptions } from '../../src/models/modelOptions.ts'

/** What a model answered, by place, as it stands when it is read. */
export async function predicted(model: Model, inputs: readonly unknown[], options?: PredictOptions) {
  const answers = await model.predict(inputs, options)
  return {
    get values() {
      return answers.map(({ value }) => value)
    },
    get errors() {
      return new Map(answers.flatMap(({ error }, i) => (error === undefined ? [] : [[i, error] as const])))
    },
  }
}
