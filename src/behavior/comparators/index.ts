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
import { similar } from './similar.ts'

/** Ways to compare an answer with what a case expects, by name. */
const all = {
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
  similar,
}

/** How an answer is compared with what a case expects. */
export type Comparison = keyof typeof all

export const comparators = all as Readonly<Record<Comparison, Comparator>>

export function isComparison(name: unknown): name is Comparison {
  return typeof name === 'string' && Object.hasOwn(comparators, name)
}
