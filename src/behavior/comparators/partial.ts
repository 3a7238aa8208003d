import { exactJson } from '../../bytes/exactJson.ts'
import { alike, equal, type AnswerValue } from '../../models/value.ts'
import { keyTwice } from '../../models/keyTwice.ts'
import { type Comparator, refuseKeyTwice, show, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'

/** A JSON object that has these names with these values, and may have others, at every depth; lists are compared whole. */
export const partial: Comparator<AnswerValue> = {
  prepare(expected, place) {
    const value = expectedValue(expected, place)
    const read = typeof value === 'string' ? parsed(value) : value
    if (typeof read !== 'object' || read === null || Array.isArray(read) || Object.keys(read).length === 0)
      throw wrongExpected(place, show(value), 'partial needs an object with at least one name, e.g. {"city": "Oslo"}')
    if (typeof value === 'string') refuseKeyTwice(value, place)
    return read
  },
  compare({ value }, expected) {
    const read = typeof value === 'string' ? parsed(value) : undefined
    if (typeof value !== 'string' || read === undefined) return holds(value, expected)
    return keyTwice(value) ?? holds(read, expected)
  },
  words: (expected) => `an object with ${show(expected)}`,
}

function parsed(text: string): AnswerValue | undefined {
  try {
    return exactJson(text) as AnswerValue
  } catch {
    return undefined
  }
}

type Names = { readonly [name: string]: AnswerValue }

function holds(value: AnswerValue, expected: AnswerValue): boolean {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected))
    return equal(value, expected) || alike(value, expected, holds)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(expected).every(
    ([name, inner]) => Object.hasOwn(value, name) && holds((value as Names)[name] as AnswerValue, inner),
  )
}
