import type { CheckInfo } from '../checks/check.ts'
import type { Model } from '../models/model.ts'
import type { Values } from '../results/resultId.ts'

/** What a check of a model is about, and what it asks; a history follows the model over its versions and sources. */
export function aboutModel(
  { name, source }: Model,
  capability: string | undefined,
  { asked, limits }: { readonly asked: Values; readonly limits: Values },
): Pick<CheckInfo, 'subject' | 'question'> {
  return {
    subject: {
      type: 'model',
      name,
      ...(source === undefined ? {} : { source }),
      ...(capability ? { capability } : {}),
    },
    question: { about: { source }, follows: {}, asked, limits },
  }
}
