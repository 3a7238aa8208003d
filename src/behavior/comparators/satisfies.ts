import { inspect } from 'node:util'
import { textOf } from '../../errors.ts'
import { handed } from '../../cells/handed.ts'
import type { AnswerValue } from '../../models/value.ts'
import { isThenable } from '../../options.ts'
import { saidBy } from '../said.ts'
import { type Comparator, wrongExpected } from './comparator.ts'

export type JudgePredicate = (value: AnswerValue) => unknown

/**
 * What a function says `true` of, now or later, or `{ passed, score, reason }`; what an asymmetric matcher of vitest's holds
 * for (`expect.stringContaining('refund')`), or a schema of zod, valibot or arktype.
 */
export const satisfies: Comparator<JudgePredicate & { readonly words?: string }> = {
  prepare(expected, place) {
    if (isStandard(expected)) return holdsTo(expected)
    if (typeof expected === 'function') return expected as JudgePredicate
    if (isMatcher(expected))
      return Object.assign((value: AnswerValue) => expected.asymmetricMatch(value), { words: wordsOf(expected) })
    throw wrongExpected(
      place,
      'no function',
      'satisfies needs a function of the answer, or a matcher such as expect.any(Number)',
    )
  },
  compare({ value }, predicate) {
    return saidBy(() => predicate(handed(value) as AnswerValue), 'the function that judges it')
  },
  words: ({ words, name }) => words ?? (name === '' ? 'what a function says true of' : `what ${name} says true of`),
}

/** A schema of zod, valibot, arktype and others (https://standardschema.dev). */
interface Standard {
  readonly '~standard': { readonly vendor: string; validate(value: unknown): unknown }
}

const isStandard = (value: unknown): value is Standard =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  '~standard' in value &&
  typeof (value['~standard'] as { validate?: unknown } | undefined)?.validate === 'function'

function holdsTo(schema: Standard): JudgePredicate & { readonly words: string } {
  const read = (result: unknown): unknown => {
    const { issues } = result as { issues?: readonly { message?: unknown }[] }
    if (issues === undefined) return true
    return {
      passed: false,
      reason: issues
        .slice(0, 3)
        .map(({ message }) => textOf(message))
        .join('; '),
    }
  }
  const predicate = (value: AnswerValue): unknown => {
    const result = schema['~standard'].validate(value)
    return isThenable(result) ? Promise.resolve(result).then(read) : read(result)
  }
  return Object.assign(predicate, { words: `what holds to a schema of ${textOf(schema['~standard'].vendor)}` })
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

/** Whether a value judges others by itself: a function, an asymmetric matcher, a schema of zod and others. */
export const judgesItself = (value: unknown): boolean =>
  typeof value === 'function' || isMatcher(value) || isStandard(value)

const isMatcher = (value: unknown): value is Matcher =>
  typeof value === 'object' &&
  value !== null &&
  'asymmetricMatch' in value &&
  typeof value.asymmetricMatch === 'function'
