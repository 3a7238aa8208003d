import { isNumber, jsonText, type AnswerValue } from '../../models/value.ts'
import { type Comparator, kindOfAnswer, labelOf, show, wrongExpected } from './comparator.ts'
import { expectedValue, isEqual } from './equals.ts'

/** A text with a part, or a list with a value. */
export const contains: Comparator<AnswerValue> = {
  prepare(expected, place) {
    const value = expectedValue(expected, place)
    if (
      typeof value === 'string'
        ? value.trim() === ''
        : typeof value === 'object' && Object.keys(value ?? {}).length === 0
    )
      throw wrongExpected(place, jsonText(value), 'every answer contains that: say which text or value it must contain')
    return value
  },
  compare({ value }, expected) {
    const label = labelOf(value)
    if (Array.isArray(label))
      return label.some((item: AnswerValue) => isEqual({ value: item, untyped: false }, expected))
    if (typeof label !== 'string')
      return `contains judges texts and lists, and the answer is ${kindOfAnswer(label)}: ${show(label)}`
    if (typeof expected === 'string' || isNumber(expected) || typeof expected === 'boolean')
      return label.includes(String(expected))
    return `contains looks for ${kindOfAnswer(expected)} in a list, and the answer is a text: ${label}`
  },
  words: (expected) => `something with ${show(expected)}`,
}
