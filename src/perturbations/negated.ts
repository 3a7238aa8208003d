import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const verbs = 'is are was were am will would can could should must has have had'
const pattern = new RegExp(`\\b(${verbs.split(' ').join('|')})\\b(?!\\s+not\\b|n't)(?=\\s+[^?]*$)`, 'iu')

/**
 * Puts `not` behind the first auxiliary verb of a statement: `this is good` becomes `this is not good`. Nothing to change
 * in a question, in a text without such a verb, and in one that has a negation already.
 */
export function negated(): Perturbation {
  return onText({
    name: 'negated',
    capability: 'negation',
    change(text) {
      if (/\b(not|never|no|none|nothing|nobody|neither|nor|cannot)\b|n['’]t\b/iu.test(text)) return undefined
      return text.replace(pattern, (verb) => (verb.toLowerCase() === 'can' ? `${verb}not` : `${verb} not`))
    },
  })
}
