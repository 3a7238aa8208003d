import { allOf as allHold, isFailed, isPassed } from '../outcome.ts'
import { combined } from './combined.ts'
import type { Comparator } from './comparator.ts'
import { contains } from './contains.ts'
import { containsAll } from './containsAll.ts'
import { containsAny } from './containsAny.ts'
import { containsNone } from './containsNone.ts'
import { equals } from './equals.ts'
import { ignoreCase } from './ignoreCase.ts'
import { matches } from './matches.ts'
import { near } from './near.ts'
import { not } from './not.ts'
import { oneOf } from './oneOf.ts'
import { partial } from './partial.ts'
import { range } from './range.ts'
import { satisfies } from './satisfies.ts'
import { schema } from './schema.ts'
import { scores } from './scores.ts'
import { similar } from './similar.ts'

const find = (compare: string): Comparator | undefined => (isComparison(compare) ? comparators[compare] : undefined)

/** All of several comparisons hold. */
const allOf = combined('allOf', find, { word: 'and', together: allHold })

/** One of several comparisons holds; cannot be judged where none does and one cannot. */
const anyOf = combined('anyOf', find, {
  word: 'or',
  together: (outcomes) =>
    outcomes.some(isPassed) || (outcomes.find((outcome) => typeof outcome === 'string') ?? outcomes.find(isFailed)),
})

/** Ways to compare an answer with what a case expects, by name. */
const all = {
  allOf,
  anyOf,
  contains,
  containsAll,
  containsAny,
  containsNone,
  equals,
  ignoreCase,
  matches,
  near,
  not,
  oneOf,
  partial,
  range,
  satisfies,
  schema,
  scores,
  similar,
}

/** How an answer is compared with what a case expects. */
export type Comparison = keyof typeof all

export const comparators = all as Readonly<Record<Comparison, Comparator>>

/** What a comparison compares with; `place` says where it stands. What is compared as it is needs no look. */
export function prepared(compare: Comparison, expected: unknown, place: () => string): unknown {
  if (compare === 'equals' && (typeof expected === 'string' || Number.isFinite(expected))) return expected
  return comparators[compare].prepare(expected, place())
}

export function isComparison(name: unknown): name is Comparison {
  return typeof name === 'string' && Object.hasOwn(comparators, name)
}
