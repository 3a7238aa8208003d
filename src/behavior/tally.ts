import { isPassed, type CaseOutcome } from './outcome.ts'
import type { Example, ExamplesBlock } from '../results/blocks/examples.ts'

/** Failing examples kept; all failures are counted. */
export const EXAMPLES = 20
/** More failing cases than these are counted, not listed. */
const KEYS = 1000

/** How many cases came to what. */
export interface CaseTally {
  cases: number
  passed: number
  failed: number
  errors: number
  /** Where each trial of a case counts: how many cases had which share of trials that passed, errors against them and for them. */
  least?: Map<number, number>
  most?: Map<number, number>
  /** Where cases have weights. */
  weights?: Weights
}

/** Sums of weights, and of their squares. */
export interface Weights {
  all: number
  passed: number
  errors: number
  squares: number
}

export const tally = (): CaseTally => ({ cases: 0, passed: 0, failed: 0, errors: 0 })

/** Counts an outcome; whether it needs no telling: it passed, or does not apply. */
export function addTo(of: CaseTally, outcome: CaseOutcome, weight?: number): boolean {
  of.cases++
  if (weight !== undefined && outcome !== undefined) addWeight(of, outcome, weight)
  if (outcome === true) {
    of.passed++
    return true
  }
  if (outcome === undefined) return true
  if (typeof outcome === 'string') of.errors++
  else if (isPassed(outcome)) {
    of.passed++
    return true
  } else of.failed++
  return false
}

function addWeight(of: CaseTally, outcome: CaseOutcome, weight: number): void {
  const sums = (of.weights ??= { all: 0, passed: 0, errors: 0, squares: 0 })
  sums.all += weight
  sums.squares += weight * weight
  if (isPassed(outcome)) sums.passed += weight
  else if (typeof outcome === 'string') sums.errors += weight
}

/** Keeps the share of trials of one case that passed. */
export function addShare(of: CaseTally, outcomes: readonly CaseOutcome[]): void {
  const applicable = outcomes.filter((outcome) => outcome !== undefined)
  if (applicable.length === 0) return
  const passed = applicable.filter(isPassed).length
  const unclear = applicable.filter((outcome) => typeof outcome === 'string').length
  const add = (seen: Map<number, number>, share: number) => seen.set(share, (seen.get(share) ?? 0) + 1)
  add((of.least ??= new Map()), passed / applicable.length)
  add((of.most ??= new Map()), (passed + unclear) / applicable.length)
}

/** Collects the cases that did not pass: the first as examples, made at the end, all by key while they are few enough to list. */
export function failures(): {
  add(key: () => string, example: () => Omit<Example, 'case'>): void
  readonly block: () => ExamplesBlock
} {
  const examples: (() => Example)[] = []
  const keys: string[] = []
  let total = 0
  return {
    add(key, example) {
      total++
      if (keys.length > KEYS) return
      const name = key()
      keys.push(name)
      if (examples.length < EXAMPLES) examples.push(() => ({ case: name, ...example() }))
    },
    block: () => ({
      kind: 'examples',
      examples: examples.map((made) => made()),
      total,
      ...(keys.length > KEYS ? {} : { failing: keys }),
      of: [],
    }),
  }
}
