import { inspect } from 'node:util'
import { textOf } from '../../errors.ts'
import type { Value } from '../../models/value.ts'
import { type Comparator, wrongExpected } from './comparator.ts'

export type Predicate = (value: Value) => unknown

/** What a function says `true` of, or an asymmetric matcher of vitest's holds for: `expect.stringContaining('refund')`. */
export const satisfies: Comparator<Predicate & { readonly words?: string }> = {
  prepare(expected, place) {
    if (typeof expected === 'function') return expected as Predicate
    if (isMatcher(expected))
      return Object.assign((value: Value) => expected.asymmetricMatch(value), { words: wordsOf(expected) })
    throw wrongExpected(
      place,
      'no function',
      'satisfies needs a function of the answer, or a matcher such as expect.any(Number)',
    )
  },
  compare({ value }, predicate) {
    try {
      const holds = predicate(value)
      return typeof holds === 'boolean' ? holds : `the function that judges it said ${textOf(holds)}, not true or false`
    } catch (error) {
      return `the function that judges it threw ${textOf(error)}`
    }
  },
  words: ({ words, name }) => words ?? (name === '' ? 'what a function says true of' : `what ${name} says true of`),
}

interface Matcher {
  asymmetricMatch(value: unknown): unknown
  toAsymmetricMatcher?: () => string
  readonly sample?: unknown
}

function wordsOf(matcher: Matcher): string {
  if (typeof matcher.toAsymmetricMatcher === 'function') return matcher.toAsymmetricMatcher()
  return matcher.sample === undefined ? textOf(matcher) : `${textOf(matcher)} ${inspect(matcher.sample)}`
}

/** Whether a value judges others by itself: a function, an asymmetric matcher. */
export const judgesItself = (value: unknown): boolean => typeof value === 'function' || isMatcher(value)

const isMatcher = (value: unknown): value is Matcher =>
  typeof value === 'object' &&
  value !== null &&
  'asymmetricMatch' in value &&
  typeof value.asymmetricMatch === 'function'
