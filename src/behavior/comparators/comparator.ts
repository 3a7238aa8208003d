import { keyTwiceIn } from '../../bytes/jsonFaults.ts'
import { AssayError } from '../../errors.ts'
import type { Judged } from '../outcome.ts'
import { isNumber, jsonText, type AnswerValue } from '../../models/value.ts'

/** A way to compare an answer with what a case expects. */
export interface Comparator<E = unknown> {
  /** What is compared with, from what the case says; throws an AssayError for what no answer can be compared with. */
  prepare(expected: unknown, place: string): E
  /** Whether the answer is right, maybe later and with a reason; a text says why it cannot be judged, which is an error of the case. */
  compare(answer: ComparedAnswer, expected: E): ComparisonVerdict | Promise<ComparisonVerdict>
  /** Answers that are right, where they can be told: all of them, or those at the ends of a range. */
  answers?(expected: E): readonly AnswerValue[]
  /** What is expected, in words. */
  words(expected: E): string
}

export type ComparisonVerdict = boolean | string | Judged

/** An answer as comparators see it. */
export interface ComparedAnswer {
  readonly value: AnswerValue
  /** Whether it is a cell of a text table, which has no type: read it as what is expected. */
  readonly untyped: boolean
}

/** The part of an answer that is compared where nothing else is expected: the label, where scores stand beside it. */
export function labelOf(value: AnswerValue): AnswerValue {
  return isScored(value) ? (value.label as AnswerValue) : value
}

export function isScored(value: unknown): value is { readonly label: AnswerValue; readonly scores: AnswerValue } {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'label') && Object.hasOwn(value, 'scores')
}

/** A value as messages show it: text as it is, all else as JSON. */
export const show = (value: AnswerValue): string => (typeof value === 'string' ? value : jsonText(value))

/** What an answer is, for one that has the wrong type: `the number 3`, `a list`. */
export function kindOfAnswer(value: AnswerValue): string {
  if (isNumber(value)) return `the number ${value}`
  if (typeof value === 'string') return 'a text'
  if (typeof value === 'boolean') return `the boolean ${value}`
  return Array.isArray(value) ? 'a list' : 'an object'
}

/** Throws an AssayError where JSON in a case holds a key twice, of which one would be lost. The text is JSON. */
export function refuseKeyTwice(text: string, place: string): void {
  const lost = keyTwiceIn(text)
  if (lost !== undefined) throw wrongExpected(place, `JSON that ${lost}`, 'leave one of them')
}

export function wrongExpected(place: string, found: string, hint: string): AssayError {
  return new AssayError('wrong-cases', `mft(): ${place} expects ${found}`, { hint })
}
