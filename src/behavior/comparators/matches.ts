import { types } from 'node:util'
import { firstLine } from '../../errors.ts'
import { type Comparator, kindOfAnswer, labelOf, show, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'

/** A text that a regular expression finds something in: a `RegExp`, or the text of one, read with flag `u`. */
export const matches: Comparator<RegExp> = {
  prepare(expected, place) {
    const regex = types.isRegExp(expected) ? expected : undefined
    const source = regex ? regex.source : expectedValue(expected, place)
    if (typeof source !== 'string' || source === '' || source === '(?:)')
      throw wrongExpected(
        place,
        regex ? '//' : JSON.stringify(show(source)),
        'matches needs a regular expression that says something, e.g. "^yes"',
      )
    try {
      // Flags g and y make an expression remember where it stopped in the last text.
      return new RegExp(source, regex ? regex.flags.replace(/[gy]/g, '') : 'u')
    } catch (error) {
      throw wrongExpected(place, JSON.stringify(source), `matches needs a regular expression: ${firstLine(error)}`)
    }
  },
  compare({ value }, expected) {
    const label = labelOf(value)
    if (typeof label === 'string') return expected.test(label)
    return `matches judges texts, and the answer is ${kindOfAnswer(label)}: ${show(label)}`
  },
  words: (expected) => `something that matches ${String(expected)}`,
}
