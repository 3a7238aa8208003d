import { jsonText, type AnswerValue } from '../../models/value.ts'
import { type Comparator, show, wrongExpected } from './comparator.ts'
import { expectedValue, isEqual } from './equals.ts'

/** One of several values: a list, or texts parted by `|`. */
export const oneOf: Comparator<readonly AnswerValue[]> = {
  prepare(expected, place) {
    const values: readonly unknown[] = Array.isArray(expected)
      ? Array.from(expected as unknown[])
      : typeof expected === 'string'
        ? expected.split('|').map((text) => text.trim())
        : []
    if (values.length === 0)
      throw wrongExpected(
        place,
        jsonText(expectedValue(expected, place)),
        'oneOf needs values parted by |, e.g. "positive|neutral"',
      )
    if (values.includes(''))
      throw wrongExpected(
        place,
        `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
        'a value is empty: drop the | too many',
      )
    return values.map((value) => expectedValue(value, place))
  },
  compare: (answer, expected) => expected.some((value) => isEqual(answer, value)),
  answers: (expected) => expected,
  words: (expected) => `one of ${expected.map(show).join(', ')}`,
}
