import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const verbs = ['is', 'are', 'was', 'were', 'am', 'will', 'would', 'can', 'could', 'should', 'must']
const before = "(?<![\\p{L}\\p{N}_'’-])"
// "have" is an auxiliary where a participle follows: "have a dog" is no "have not a dog".
const perfect = '(?:has|have|had)(?=\\s+(?:been|had|got|done|gone|made|seen|said|left|lost|won|\\p{L}+(?:ed|en))\\b)'
const small = `${before}(?:(?:${verbs.join('|')})(?=\\s+\\S)|${perfect})`
const pattern = new RegExp(`${small}|${before}(?:${verbs.join('|').toUpperCase()})(?=\\s+\\S)`, 'u')
const negation = /(?<!\p{L})(?:not|never|no|none|nothing|nobody|neither|nor|cannot)(?!\p{L})|n['’]t(?!\p{L})/iu

/**
 * Puts `not` behind the first auxiliary verb of a statement: `this is good` becomes `this is not good`. Nothing to change
 * in a question, in a text without such a verb, and in one that has a negation already.
 */
export function negated(): Perturbation {
  return onText({
    name: 'negated',
    capability: 'negation',
    change(text) {
      if (negation.test(text)) return undefined
      const question = text.lastIndexOf('?') + 1
      const statement = text.slice(question)
      return text.slice(0, question) + statement.replace(pattern, negative)
    },
  })
}

function negative(verb: string): string {
  const shouted = verb.length > 1 && verb === verb.toUpperCase()
  const not = verb.toLowerCase() === 'can' ? 'not' : ' not'
  return verb + (shouted ? not.toUpperCase() : not)
}
