import { inspect } from 'node:util'
import { textOf } from '../../errors.ts'
import { handed } from '../../cells/handed.ts'
import { definitionOf } from '../../languages/standardSchema/definition.ts'
import type { AnswerValue } from '../../models/value.ts'
import { isThenable } from '../../options.ts'
import { canonical } from '../../results/canonical.ts'
import { saidBy } from '../said.ts'
import { type Comparator, wrongExpected } from './comparator.ts'

export type JudgePredicate = (value: AnswerValue) => unknown

/** A judge of answers, how it reads, and what tells it from others where its own code does not. */
export interface AnswerJudge extends JudgePredicate {
  readonly words?: string
  readonly identity?: string
}

/**
 * What a function says `true` of, now or later, or `{ passed, score, reason }`; what an asymmetric matcher of vitest's holds
 * for (`expect.stringContaining('refund')`), or a schema of zod, valibot or arktype.
 */
export const satisfies: Comparator<AnswerJudge> = {
  prepare(expected, place) {
    if (isStandard(expected)) return holdsTo(expected)
    if (typeof expected === 'function') return expected as JudgePredicate
    if (isMatcher(expected))
      return Object.assign((value: AnswerValue) => expected.asymmetricMatch(value), {
        words: wordsOf(expected),
        identity: canonical([wordsOf(expected), expected.sample]),
      })
    throw wrongExpected(
      place,
      'no function',
      'satisfies needs a function of the answer, or a matcher such as expect.any(Number)',
    )
  },
  compare({ value }, predicate) {
    return saidBy(() => predicate(handed(value) as AnswerValue), 'the function that judges it')
  },
  words: (judge) =>
    judge.words ?? (isNamed(judge) ? `what ${judge.name} says true of` : 'what a function says true of'),
}

/** A function that stands where it is asked for has the name of its place, which is none. */
const isNamed = ({ name }: AnswerJudge): boolean => !['', 'expected', 'answer'].includes(name)

/** What tells a judge of answers from others: what a schema or a matcher says, else the code of a function. */
export const identityOf = (judge: AnswerJudge): string => judge.identity ?? String(judge)

/** What a judge of answers states: its words, where it has any. */
export const statedBy = (judge: AnswerJudge): string =>
  judge.words === undefined && !isNamed(judge) ? identityOf(judge) : satisfies.words(judge)

/** A schema of zod, valibot, arktype and others (https://standardschema.dev). */
interface Standard {
  readonly '~standard': { readonly vendor: string; validate(value: unknown): unknown }
}

const isStandard = (value: unknown): value is Standard =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  '~standard' in value &&
  typeof (value['~standard'] as { validate?: unknown } | undefined)?.validate === 'function'

const identities = new WeakMap<Standard, string>()

function holdsTo(schema: Standard): AnswerJudge {
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
  // Many cases may share a schema.
  const identity = identities.get(schema) ?? canonical(definitionOf(schema))
  identities.set(schema, identity)
  return Object.assign(predicate, {
    words: `what holds to a schema of ${textOf(schema['~standard'].vendor)}`,
    identity,
  })
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
