import path from 'node:path'
import type { CheckInfo } from '../checks/check.ts'
import { AssayError } from '../errors.ts'
import { isModel, type Model } from '../models/model.ts'
import type { Lineage } from '../results/checkResult.ts'
import type { Question } from '../results/resultId.ts'

/** Throws an AssayError where something is no model. */
export function checkModel(model: Model, asker: string): void {
  if (!isModel(model))
    throw new AssayError('wrong-argument', `${asker} needs a model`, {
      hint: "make one: model('sentiment@1.4.0', (text) => classify(text))",
    })
}

/** Throws an AssayError where a model is to be asked again that has one answer to an input, made elsewhere. */
export function checkAskedAgain({ name, fixed }: Model, times: number, asker: string): void {
  if (!fixed || times < 2) return
  throw new AssayError(
    'wrong-argument',
    `${asker} asks each input ${times} times, and ${JSON.stringify(name)} has one prediction of it, made elsewhere`,
    { hint: 'ask the model itself: a prediction that is read again is the same' },
  )
}

/** Of a statement, what is asked and whom the model is compared with: both may be others from release to release. */
const PASSING: ReadonlySet<string> = new Set(['cases', 'over', 'on', 'table', 'ignore', 'other', 'earlier'])

/** What is stated whatever passes: a file of cases may move, and one of another name is another test. */
function statedOf(statement: Question['statement']): Question['statement'] {
  const { file } = statement
  const lasting = Object.fromEntries(Object.entries(statement).filter(([part]) => !PASSING.has(part)))
  return typeof file === 'string' ? { ...lasting, file: path.posix.basename(file) } : lasting
}

/**
 * What a check of a model is about, and what it asks; a history follows the model over its versions and sources, and two
 * runs are compared by what is `stated`.
 */
export function aboutModel(
  { name, source }: Model,
  capability: string | undefined,
  { statement, stated = statedOf(statement), limits }: Pick<Question, 'statement' | 'stated' | 'limits'>,
): Pick<CheckInfo, 'subject' | 'question'> {
  return {
    subject: {
      type: 'model',
      name,
      ...(source === undefined ? {} : { source }),
      ...(capability ? { capability } : {}),
    },
    question: { about: { source }, follows: {}, statement, stated, limits },
  }
}

/** Which model backs a verdict. */
export const lineageOf = ({ name, fingerprint }: Model): NonNullable<Lineage['model']> => ({
  name,
  ...(fingerprint ? { fingerprint } : {}),
})
