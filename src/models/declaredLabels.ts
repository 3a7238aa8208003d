import { AssayError, nearest } from '../errors.ts'
import { type Answer, cutWords } from './answer.ts'
import type { PredictOptions } from './modelOptions.ts'
import { described, type AnswerValue } from './value.ts'

/** The labels that a model may answer; undefined where it declares none. Throws an AssayError for what is no list of names. */
export function declaredLabels(labels: unknown, asker: string): ReadonlySet<string> | undefined {
  if (labels === undefined) return undefined
  const good = Array.isArray(labels) && labels.length > 0 && labels.every((one) => typeof one === 'string')
  if (!good || new Set(labels).size < labels.length)
    throw new AssayError('wrong-argument', `${asker} got labels that are no different names`, {
      hint: "e.g. { labels: ['positive', 'negative'] }",
    })
  return new Set(labels as string[])
}

interface Answering {
  predict(inputs: readonly unknown[], options?: PredictOptions): Promise<readonly Answer[]>
}

/** The same model, whose answers with a label that is not declared are errors. */
export function withDeclared<M extends Answering>(model: M, labels: ReadonlySet<string> | undefined): M {
  if (!labels) return model
  const { predict } = model
  return Object.assign(model, {
    predict: async (...asked: Parameters<Answering['predict']>) =>
      (await predict(...asked)).map((answer) => held(answer, labels)),
  })
}

function held(answer: Answer, labels: ReadonlySet<string>): Answer {
  const { value, error, scores, usage, cut } = answer
  if (error !== undefined || value === undefined) return answer
  const label = labelIn(value)
  if (label === undefined) return { error: `answered ${described(value)}, which is no label` }
  const stranger = [label, ...Object.keys(scores ?? {})].find((one) => !labels.has(one))
  if (stranger === undefined) return answer
  const near = nearest(stranger, [...labels])
  const why = cut === undefined ? (near === undefined ? '' : `: is it ${JSON.stringify(near)}?`) : `: ${cutWords(cut)}`
  return {
    error: `answered the label ${JSON.stringify(stranger)}, which is not declared${why}`,
    ...(usage === undefined ? {} : { usage }),
  }
}

function labelIn(value: AnswerValue): string | undefined {
  const whole = typeof value === 'object' && value !== null && 'label' in value ? (value.label as AnswerValue) : value
  return typeof whole === 'string' || typeof whole === 'number' || typeof whole === 'boolean'
    ? String(whole)
    : undefined
}
