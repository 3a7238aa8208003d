import type { Comparator } from './comparator.ts'
import { contains } from './contains.ts'
import { equals } from './equals.ts'
import { matches } from './matches.ts'
import { oneOf } from './oneOf.ts'
import { range } from './range.ts'

/** How an answer is compared with what a case expects. */
export type Comparison = 'equals' | 'oneOf' | 'range' | 'contains' | 'matches'

export const comparators: Readonly<Record<Comparison, Comparator>> = { equals, oneOf, range, contains, matches }

export function isComparison(name: unknown): name is Comparison {
  return typeof name === 'string' && Object.hasOwn(comparators, name)
}
