/** Who took the promise of an assertion: code of the user's, a combinator of promises, or `await` and what is like it. */
export type Taker = 'handler' | 'all' | 'race' | 'any' | 'allSettled' | 'await'

/** An assertion that was begun. */
export interface Begun {
  readonly label: string
  /** Stack frames that start at the user's line. */
  readonly at: string
  readonly takers: Set<Taker>
  /** Assertions that were given to `Promise.all` or a like of it together. */
  together: object | undefined
  /** Resolves when the assertion has ended; never rejects. */
  settled: Promise<void>
  done: boolean
  /** Counts the assertions of the process as they end. */
  place: number
  failed: boolean
  /** vitest itself hands its error to the test, which goes on: `expect.soft`. */
  soft: boolean
  error: unknown
  /** What nobody handles: the error, or one that was made of it. */
  unhandled: { readonly reason: unknown } | undefined
  /** The test went on, or ended, without it. */
  late: boolean
  /** vitest, or we, told the test of its error. */
  told: boolean
  /** The test failed with its error. */
  reached: boolean
}
