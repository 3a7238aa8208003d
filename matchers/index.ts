import type { MatcherDefinition } from './define.ts'

/** A matcher that loads when it is first used. */
export interface LazyMatcher<A extends readonly unknown[]> {
  load(): Promise<MatcherDefinition<A>>
}

function lazy<A extends readonly unknown[]>(load: () => Promise<{ default: MatcherDefinition<A> }>): LazyMatcher<A> {
  return { load: async () => (await load()).default }
}

/** Every matcher; each loads when it is first used. */
export const matchers = {
  /** The model's answer stays the same when its input is perturbed. */
  toBeInvariantTo: lazy(() => import('./toBeInvariantTo.ts')),
  /** The data, or one column of it, still has the distribution of a reference. */
  toHaveNoDriftFrom: lazy(() => import('./toHaveNoDriftFrom.ts')),
  /** Every row has a value in the column. */
  toHaveNoMissing: lazy(() => import('./toHaveNoMissing.ts')),
  /** The number of rows lies within the limits; a plain number means exactly that many. */
  toHaveRowCount: lazy(() => import('./toHaveRowCount.ts')),
  /** The numbers of the column add up to something within the limits. */
  toHaveSumBetween: lazy(() => import('./toHaveSumBetween.ts')),
  /** No two rows share their values in the key columns. */
  toHaveUniqueKey: lazy(() => import('./toHaveUniqueKey.ts')),
  /** Every text of the column has a length, in code points, within the limits. */
  toHaveValueLengthBetween: lazy(() => import('./toHaveValueLengthBetween.ts')),
  /** Every number of the column lies within the limits. */
  toHaveValuesBetween: lazy(() => import('./toHaveValuesBetween.ts')),
  /** Every value of the column is one of the given ones. */
  toHaveValuesIn: lazy(() => import('./toHaveValuesIn.ts')),
  /** Every text of the column matches the regular expression. */
  toHaveValuesMatching: lazy(() => import('./toHaveValuesMatching.ts')),
  /** Every value of the column is of the type; in a text file, every cell is written like one. */
  toHaveValuesOfType: lazy(() => import('./toHaveValuesOfType.ts')),
  /** The rows hold to a schema; without an argument, to the contract file beside the test. */
  toMatchSchema: lazy(() => import('./toMatchSchema.ts')),
  /** The model answers the cases of a minimum functionality test. */
  toPassMFT: lazy(() => import('./toPassMFT.ts')),
}
