import { AssayError, kindOf, textOf } from '../errors.ts'
import type { Answer } from '../models/answer.ts'
import { handed } from '../cells/handed.ts'
import { lent } from './lent.ts'

/** Which inputs a question is about, by what the model answers to them as they are. */
export type Applies = (answer: Answer, input: never) => boolean

/** Throws an AssayError for what tells nothing of an answer. */
export function checkApplies(where: unknown, asker: string): void {
  if (where === undefined || typeof where === 'function') return
  throw new AssayError('wrong-argument', `${asker} got ${kindOf(where)} as where`, {
    hint: "where is a function of the answer before the change, e.g. ({ value }) => value !== 'neutral'",
  })
}

/** Whether the question is about an input; a text where that could not be told. */
export function applies(where: Applies | undefined, answer: Answer, input: unknown): boolean | string {
  if (where === undefined) return true
  try {
    const said: unknown = where(lent(answer), handed(input) as never)
    return typeof said === 'boolean' ? said : `where() said ${textOf(said)}, not true or false`
  } catch (error) {
    return `where() threw ${textOf(error)}`
  }
}
