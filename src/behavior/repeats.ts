import { AssayError, nearestHint, textOf } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import { allOf, isFailed, isPassed, type CaseOutcome } from './outcome.ts'

const ways = ['all', 'most', 'any', 'mean'] as const

/** How the answers to one case make one verdict: all must pass, most, one; or each counts by itself, with its case. */
export type RepeatsBy = (typeof ways)[number]

/** How often each case is asked: a number, all of which must pass, or how they count. */
export type Repeats = number | { readonly times: number; readonly by?: RepeatsBy }

export interface Trials {
  readonly times: number
  readonly by: RepeatsBy
}

/** Throws an AssayError for repeats that are no whole number from 1, or count in no known way. */
export function checkedRepeats(repeats: Repeats | undefined, asker: string): Trials {
  const {
    times,
    by = 'all',
    ...others
  } = isPlainObject(repeats) ? (repeats as { times: number; by?: RepeatsBy }) : { times: repeats ?? 1 }
  if (!Number.isInteger(times) || times < 1 || Object.keys(others).length > 0)
    throw new AssayError(
      'wrong-argument',
      `${asker} got repeats: ${isPlainObject(repeats) ? JSON.stringify(repeats) : textOf(repeats)}`,
      {
        hint: "repeats is how often each case is asked: a whole number from 1, or { times: 10, by: 'mean' }",
      },
    )
  if (!ways.includes(by)) {
    throw new AssayError('wrong-argument', `${asker} got repeats by ${textOf(by)}`, {
      hint: nearestHint(by, ways, `they count by ${ways.join(', ')}`, String),
    })
  }
  return { times, by }
}

/** Trials of one case as one outcome; an error where it hangs on those that could not be told. */
export function together(outcomes: readonly CaseOutcome[], by: RepeatsBy): CaseOutcome {
  if (by === 'all') return allOf(outcomes)
  const applicable = outcomes.filter((outcome) => outcome !== undefined)
  if (applicable.length === 0) return undefined
  const passed = applicable.filter(isPassed).length
  const unclear = applicable.filter((outcome) => typeof outcome === 'string').length
  const enough = (count: number): boolean => (by === 'any' ? count > 0 : 2 * count > applicable.length)
  if (enough(passed)) return true
  if (enough(passed + unclear)) return applicable.find((outcome) => typeof outcome === 'string')
  return applicable.find(isFailed) ?? false
}
