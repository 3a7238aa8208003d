import { exactJson } from '../../bytes/exactJson.ts'
import { textOf } from '../../errors.ts'
import { equal, isNumber, numberOf, snapshot, type AnswerValue } from '../../models/value.ts'
import { type ComparedAnswer, type Comparator, isScored, labelOf, show, wrongExpected } from './comparator.ts'

/** The same value. Text that writes a number, a boolean or JSON, as in a CSV file, equals that value. */
export const equals: Comparator<AnswerValue> = {
  prepare: expectedValue,
  compare: (answer, expected) => isEqual(answer, expected),
  answers: (expected) => [expected],
  words: show,
}

/** A copy of what is expected; throws where no answer can equal it. */
export function expectedValue(expected: unknown, place: string): AnswerValue {
  if (expected === null)
    throw wrongExpected(place, 'null, and a model that answers null gives no answer', 'expect a value, e.g. "none"')
  try {
    return snapshot(expected, { dates: true })
  } catch (error) {
    throw wrongExpected(
      place,
      textOf(error),
      'expect a text, number, boolean or JSON value; rules are written with compare: range, oneOf, contains or matches',
    )
  }
}

export function isEqual({ value, untyped }: ComparedAnswer, expected: AnswerValue): boolean {
  const part = isScored(expected) ? value : labelOf(value)
  if (equal(part, expected)) return true
  if (typeof expected === 'string' && typeof part !== 'string') return writes(expected, part)
  return untyped && typeof part === 'string' && typeof expected !== 'string' && writes(part, expected)
}

/** Whether a text writes the value. */
function writes(text: string, value: AnswerValue): boolean {
  if (isNumber(value)) return equal(numberOf(text), value)
  if (typeof value === 'boolean') return text.trim().toLowerCase() === String(value)
  if (!/^\s*[[{]/.test(text)) return false
  try {
    return equal(exactJson(text) as AnswerValue, value)
  } catch {
    return false
  }
}
