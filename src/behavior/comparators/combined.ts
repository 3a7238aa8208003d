import { exactJson } from '../../bytes/exactJson.ts'
import { isPlainObject } from '../../options.ts'
import type { CaseOutcome } from '../outcome.ts'
import { type ComparedAnswer, type Comparator, refuseKeyTwice, show, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'

/** One comparison of several: how it compares, and with what. */
export interface CombinedPart {
  readonly compare: string
  readonly expected: unknown
}

/**
 * A comparison made of others: `[{ compare: 'contains', expected: 'refund' }, { expected: 'yes' }]`, or its JSON text in a
 * file.
 */
export function combined(
  name: string,
  find: (compare: string) => Comparator | undefined,
  { together, word }: { together(outcomes: readonly CaseOutcome[]): CaseOutcome; word: string },
): Comparator<readonly CombinedPart[]> {
  const hint = `${name} needs comparisons: [{"compare": "contains", "expected": "refund"}, {"expected": "yes"}]`
  const of = (compare: string): Comparator => find(compare) as Comparator
  return {
    prepare(expected, place) {
      const read = typeof expected === 'string' ? parsed(expected) : expected
      const shown = (): string => show(expectedValue(expected, place))
      if (!Array.isArray(read) || read.length === 0) throw wrongExpected(place, shown(), hint)
      if (typeof expected === 'string') refuseKeyTwice(expected, place)
      return read.map((part: unknown): CombinedPart => {
        if (!isPlainObject(part) || !Object.hasOwn(part, 'expected')) throw wrongExpected(place, shown(), hint)
        const { compare = 'equals', expected: own, ...others } = part
        const comparator = typeof compare === 'string' ? find(compare) : undefined
        if (!comparator || Object.keys(others).length > 0) throw wrongExpected(place, shown(), hint)
        return { compare: compare as string, expected: comparator.prepare(own, place) }
      })
    },
    compare(answer: ComparedAnswer, parts) {
      const outcomes = parts.map(({ compare, expected }) => of(compare).compare(answer, expected))
      if (!outcomes.some((outcome) => outcome instanceof Promise)) return together(outcomes as CaseOutcome[]) as boolean
      return Promise.all(outcomes.map(async (outcome) => outcome)).then(together) as Promise<boolean>
    },
    words: (parts) => parts.map(({ compare, expected }) => of(compare).words(expected)).join(` ${word} `),
  }
}

function parsed(text: string): unknown {
  try {
    return exactJson(text)
  } catch {
    return undefined
  }
}
