import type { MatcherDefinition } from './define.ts'

/** A matcher that loads when it is first used: its arguments, and what it judges. */
export interface LazyMatcher<A extends readonly unknown[], R = unknown> {
  load(): Promise<MatcherDefinition<A, R>>
}

function lazy<A extends readonly unknown[], R>(
  load: () => Promise<{ default: MatcherDefinition<A, R> }>,
): LazyMatcher<A, R> {
  return { load: async () => (await load()).default }
}

/** Every matcher; each loads when it is first used. */
export const matchers = {
  /**
   * The model's answer stays the same when its input is perturbed.
   * @example await expect(sentiment).toBeInvariantTo(perturb.typos(), { over: reviews.column('text'), passRate: { min: 0.98 } })
   */
  toBeInvariantTo: lazy(() => import('./toBeInvariantTo.ts')),
  /**
   * A score of the model never falls (or never rises) as a field of its input grows.
   * @example await expect(credit).toBeMonotonicIn('income', { over: applicants, increasing: true, score: 'approve' })
   */
  toBeMonotonicIn: lazy(() => import('./toBeMonotonicIn.ts')),
  /**
   * The data, or one column of it, still has the distribution of a reference.
   * @example await expect(dataset('today.csv')).toHaveNoDriftFrom(dataset('train.parquet'))
   */
  toHaveNoDriftFrom: lazy(() => import('./toHaveNoDriftFrom.ts')),
  /**
   * Every row has a value in the column.
   * @example await expect(orders.column('id')).toHaveNoMissing()
   */
  toHaveNoMissing: lazy(() => import('./toHaveNoMissing.ts')),
  /**
   * The number of rows lies within the limits; a plain number means exactly that many.
   * @example await expect(orders).toHaveRowCount({ min: 1000 })
   */
  toHaveRowCount: lazy(() => import('./toHaveRowCount.ts')),
  /**
   * The numbers of the column add up to something within the limits.
   * @example await expect(orders.column('share')).toHaveSumBetween({ min: 0.99, max: 1.01 })
   */
  toHaveSumBetween: lazy(() => import('./toHaveSumBetween.ts')),
  /**
   * No two rows share their values in the key columns.
   * @example await expect(orders).toHaveUniqueKey(['shop', 'number'])
   */
  toHaveUniqueKey: lazy(() => import('./toHaveUniqueKey.ts')),
  /**
   * Every text of the column has a length, in code points, within the limits.
   * @example await expect(orders.column('country')).toHaveValueLengthBetween({ min: 2, max: 2 })
   */
  toHaveValueLengthBetween: lazy(() => import('./toHaveValueLengthBetween.ts')),
  /**
   * Every number of the column lies within the limits.
   * @example await expect(orders.column('amount')).toHaveValuesBetween({ min: 0, max: 10_000 }, { mostly: 0.99 })
   */
  toHaveValuesBetween: lazy(() => import('./toHaveValuesBetween.ts')),
  /**
   * Every value of the column is one of the given ones.
   * @example await expect(orders.column('status')).toHaveValuesIn(['paid', 'open'])
   */
  toHaveValuesIn: lazy(() => import('./toHaveValuesIn.ts')),
  /**
   * Every text of the column matches the regular expression.
   * @example await expect(orders.column('email')).toHaveValuesMatching(/^[^@ ]+@[^@ ]+$/u)
   */
  toHaveValuesMatching: lazy(() => import('./toHaveValuesMatching.ts')),
  /**
   * Every value of the column is of the type; in a text file, every cell is written like one.
   * @example await expect(orders.column('id')).toHaveValuesOfType('integer')
   */
  toHaveValuesOfType: lazy(() => import('./toHaveValuesOfType.ts')),
  /**
   * The rows hold to a schema; without an argument, to the contract file beside the test.
   * @example await expect(orders).toMatchSchema()
   */
  toMatchSchema: lazy(() => import('./toMatchSchema.ts')),
  /**
   * A score of the model moves up or down when its input is perturbed.
   * @example await expect(sentiment).toMoveWith(perturb.append('I hated it.'), { over: reviews.column('text'), score: 'positive', direction: 'down' })
   */
  toMoveWith: lazy(() => import('./toMoveWith.ts')),
  /**
   * The model answers the cases of a minimum functionality test.
   * @example await expect(sentiment).toPassMFT(mft('cases/negation.csv'), { passRate: { min: 0.95 } })
   */
  toPassMFT: lazy(() => import('./toPassMFT.ts')),
}
