import type { Example, ExamplesBlock } from '../results/blocks/examples.ts'

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
