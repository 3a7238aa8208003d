import type { AnswerValue } from '../../models/value.ts'
import { type Comparator, kindOfAnswer, labelOf, show, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'

/** The same text, whatever its capitals, accents written as they are, and white space around and between words. */
export const ignoreCase: Comparator<string> = {
  prepare(expected, place) {
    const value = expectedValue(expected, place)
    if (typeof value !== 'string') throw wrongExpected(place, show(value), 'ignoreCase compares texts')
    return value
  },
  compare({ value }, expected) {
    const label = labelOf(value)
    if (typeof label !== 'string')
      return `ignoreCase judges texts, and the answer is ${kindOfAnswer(label)}: ${show(label)}`
    return plain(label) === plain(expected)
  },
  answers: (expected) => [expected],
  words: (expected) => `${expected} (in any case)`,
}

const plain = (text: string): AnswerValue & string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
