import type { AnswerValue } from '../../models/value.ts'
import { type Comparator, show } from './comparator.ts'
import { expectedValue, isEqual } from './equals.ts'

/** Any other value. */
export const not: Comparator<AnswerValue> = {
  prepare: expectedValue,
  compare: (answer, expected) => !isEqual(answer, expected),
  words: (expected) => `anything but ${show(expected)}`,
}
