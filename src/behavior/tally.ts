import type { BehaviorExample } from '../results/checkResult.ts'

/** Failing examples kept; all failures are counted. */
export const EXAMPLES = 20
/** More failing cases than these are counted, not listed. */
const KEYS = 1000

/** How many cases came to what. */
export interface Tally {
  cases: number
  passed: number
  failed: number
  errors: number
}

export const tally = (): Tally => ({ cases: 0, passed: 0, failed: 0, errors: 0 })

/** Collects the cases that did not pass: the first as examples, made at the end, all by key while they are few enough to list. */
export function failures(): {
  add(key: () => string, example: () => Omit<BehaviorExample, 'case'>): void
  readonly evidence: () => { examples: readonly BehaviorExample[]; failing?: readonly string[] }
} {
  const examples: (() => BehaviorExample)[] = []
  const keys: string[] = []
  return {
    add(key, example) {
      if (keys.length > KEYS) return
      const name = key()
      keys.push(name)
      if (examples.length < EXAMPLES) examples.push(() => ({ case: name, ...example() }))
    },
    evidence: () => ({ examples: examples.map((made) => made()), ...(keys.length > KEYS ? {} : { failing: keys }) }),
  }
}
