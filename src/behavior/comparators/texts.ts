import type { AnswerValue } from '../../models/value.ts'
import { type Comparator, kindOfAnswer, labelOf, show, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'
import { quoted } from '../../words/text/quoted.ts'

/** A comparator of texts with several parts: a list, or texts parted by `|`. */
export function parts(
  name: string,
  holds: (text: string, parts: readonly string[]) => boolean,
  words: (parts: string) => string,
): Comparator<readonly string[]> {
  return {
    prepare(expected, place) {
      const value = expectedValue(expected, place)
      const list: readonly AnswerValue[] = Array.isArray(value)
        ? (value as readonly AnswerValue[])
        : typeof value === 'string'
          ? value.split('|').map((part) => part.trim())
          : []
      if (list.length === 0 || list.some((part) => typeof part !== 'string' || part.trim() === ''))
        throw wrongExpected(place, show(value), `${name} needs texts, parted by |, e.g. "refund|money back"`)
      return list as readonly string[]
    },
    compare({ value }, expected) {
      const label = labelOf(value)
      if (typeof label !== 'string')
        return `${name} judges texts, and the answer is ${kindOfAnswer(label)}: ${show(label)}`
      return holds(label, expected)
    },
    words: (expected) => words(quoted(expected)),
  }
}
