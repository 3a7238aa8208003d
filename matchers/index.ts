import type { Check } from '../src/checks/check.ts'
import type { Declared } from '../src/checks/asked.ts'
import type { MatcherDefinition } from './define.ts'

/** A matcher that loads when it is first used: its arguments, and what it judges. */
export interface LazyMatcher<A extends readonly unknown[], R = unknown> {
  load(): Promise<MatcherDefinition<A, R>>
}

/** Loads with the first who asks, and anew where that failed: asking for a module that is there takes its time too. */
export function loadedOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () =>
    (loaded ??= load().catch((error: unknown) => {
      loaded = undefined
      throw error
    }))
}

function lazy<A extends readonly unknown[], R>(
  load: () => Promise<{ default: MatcherDefinition<A, R> }>,
): LazyMatcher<A, R> {
  return { load: loadedOnce(async () => (await load()).default) }
}

/** The matcher of a kind of check. */
function of<A extends readonly unknown[], R>(
  load: () => Promise<Declared & ((receiver: R, ...args: A) => Check)>,
): LazyMatcher<A, R> {
  return { load: loadedOnce(async () => (await import('./define.ts')).ofKind(await load())) }
}

/** Every matcher; each loads when it is first used. */
export const matchers = {
  /**
   * The model answers as another one does.
   * @example await expect(quantised).toAgreeWith(full, { on: reviews.column('text'), passRate: { min: 0.99 } })
   */
  toAgreeWith: lazy(() => import('./toAgreeWith.ts')),
  /**
   * The model answers every input, or a share of them.
   * @example await expect(price).toAnswerAll({ on: hostileInputs({ rooms: 3, city: 'Oslo' }), answer: expect.any(Number) })
   */
  toAnswerAll: lazy(() => import('./toAnswerAll.ts')),
  /**
   * The model is better than what is known without looking at the input.
   * @example await expect(species).toBeatBaseline('majority', { on: labelled(rows, { expected: 'species' }) })
   */
  toBeatBaseline: lazy(() => import('./toBeatBaseline.ts')),
  /**
   * Whoever asks an earlier release of the model can ask this one: no answer, and no field of one, is missing or of another kind.
   * @example await expect(price).toBeCompatibleWith(predictions('baselines/price-1.3.0.jsonl'), { on: dataset('requests.jsonl') })
   */
  toBeCompatibleWith: lazy(() => import('./toBeCompatibleWith.ts')),
  /**
   * The model answers the same each time it is asked the same.
   * @example await expect(sentiment).toBeDeterministic({ on: reviews.column('text'), repeats: 5 })
   */
  toBeDeterministic: lazy(() => import('./toBeDeterministic.ts')),
  /**
   * The model treats groups of cases alike.
   * @example await expect(credit).toBeFair({ fourFifths: true, equalizedOdds: { max: 0.1 } }, applicants, { by: 'sex', positive: 'approve' })
   */
  toBeFair: lazy(() => import('./toBeFair.ts')),
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
   * The model is no worse than another one, or than predictions of an earlier release.
   * @example await expect(sentiment).toBeNoWorseThan(predictions('baselines/sentiment-1.3.0.jsonl'), { on: mft('cases.csv'), margin: 0.01 })
   */
  toBeNoWorseThan: lazy(() => import('./toBeNoWorseThan.ts')),
  /**
   * The data, or one column of it, still has the distribution of a reference.
   * @example await expect(dataset('today.csv')).toHaveNoDriftFrom(dataset('train.parquet'))
   */
  toHaveNoDriftFrom: lazy(() => import('./toHaveNoDriftFrom.ts')),
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
  /**
   * The model answers in time.
   * @example await expect(sentiment).toRespondWithin({ p50: 20, p99: 200 }, { on: reviews.column('text') })
   */
  toRespondWithin: lazy(() => import('./toRespondWithin.ts')),
  /**
   * Scores of the model over labelled cases lie within limits.
   * @example await expect(species).toScore({ accuracy: { min: 0.9 } }, labelled(rows, { expected: 'species' }), { sliceBy: 'island' })
   */
  toScore: lazy(() => import('./toScore.ts')),
  /**
   * The data meets a check, or what a function makes of it: a check of your own, or one of the package.
   * @example await expect(orders.column('amount')).toMeet(valuesEven)
   */
  toMeet: lazy(async () => ({ default: (await import('./toMeet.ts')).toMeet })),
  /**
   * The data meets all checks of a list, judged in one plan; a failure lists what broke, worst first.
   * @example await expect(orders).toMeetAll([rowCount(orders, { min: 1 }), uniqueKey(orders, 'id')])
   */
  toMeetAll: lazy(async () => ({ default: (await import('./toMeet.ts')).toMeetAll })),
  /**
   * Every row satisfies a function, which is given it as an object.
   * @example await expect(orders).toSatisfyRows((row) => row.amount >= 0 || row.refund)
   */
  toSatisfyRows: lazy(() => import('./toSatisfyRows.ts')),
  /**
   * The cases test something: none contradicts another, stands there twice or occurs in the training data.
   * @example await expect(mft('cases.csv')).toBeSoundCases({ training: dataset('train.csv').column('text') })
   */
  toBeSoundCases: lazy(() => import('./toBeSoundCases.ts')),
  /**
   * Each of the checks can fail: a model that knows nothing of its inputs fails it.
   * @example await expect(sentiment).toBeTestedBy((model) => [passMft(model, cases), invariantTo(model, perturb.typos(), { over })])
   */
  toBeTestedBy: lazy(() => import('./toBeTestedBy.ts')),
  /**
   * The model's files have at most so many bytes, and answering takes at most so much memory.
   * @example await expect(tumours).toFitWithin({ bytes: 5e6, memory: 200e6 }, { on: rows })
   */
  toFitWithin: lazy(() => import('./toFitWithin.ts')),
  // <kinds> Written from their definitions: ASSAY_DOCS=write npx vitest run test/checks/docs.test.ts
  /**
   * All of the source could be read.
   * @example await expect(orders).toBeWellFormed()
   */
  toBeWellFormed: of(async () => (await import('../src/checks/kinds/wellFormed.ts')).wellFormed),
  /**
   * The dataset has a column of that name, whatever it holds.
   * @example await expect(orders).toHaveColumn('amount')
   */
  toHaveColumn: of(async () => (await import('../src/checks/kinds/hasColumn.ts')).hasColumn),
  /**
   * The number of columns lies within the limits; a plain number means exactly that many.
   * @example await expect(orders).toHaveColumnCount(6)
   */
  toHaveColumnCount: of(async () => (await import('../src/checks/kinds/columnCount.ts')).columnCount),
  /**
   * The columns that are there stand in this order; others may stand between them. Without any of them the check is vacuous.
   * @example await expect(orders).toHaveColumnOrder(['id', 'amount'])
   */
  toHaveColumnOrder: of(async () => (await import('../src/checks/kinds/columnOrder.ts')).columnOrder),
  /**
   * In every row the values of the columns ascend, in the order of their names.
   * @example await expect(orders).toHaveColumnsAscending(['ordered', 'shipped'])
   */
  toHaveColumnsAscending: of(async () => (await import('../src/checks/kinds/columnsAscending.ts')).columnsAscending),
  /**
   * In every row the columns hold values that all differ.
   * @example await expect(trips).toHaveColumnsDistinct(['origin', 'destination'])
   */
  toHaveColumnsDistinct: of(async () => (await import('../src/checks/kinds/columnsDistinct.ts')).columnsDistinct),
  /**
   * In every row the columns hold one and the same value.
   * @example await expect(orders).toHaveColumnsEqual(['billed', 'paid'])
   */
  toHaveColumnsEqual: of(async () => (await import('../src/checks/kinds/columnsEqual.ts')).columnsEqual),
  /**
   * The share of the commonest value among the rows that have one lies within the limits.
   * @example await expect(orders.column('channel')).toHaveCommonestShareBetween({ max: 0.9 })
   */
  toHaveCommonestShareBetween: of(
    async () => (await import('../src/checks/kinds/commonestShareBetween.ts')).commonestShareBetween,
  ),
  /**
   * The number of different values of the column lies within the limits.
   * @example await expect(orders.column('channel')).toHaveDistinctCountBetween({ min: 2, max: 10 })
   */
  toHaveDistinctCountBetween: of(
    async () => (await import('../src/checks/kinds/distinctCountBetween.ts')).distinctCountBetween,
  ),
  /**
   * The number of different values, as a share of the rows that have one, lies within the limits.
   * @example await expect(orders.column('customer')).toHaveDistinctShareBetween({ min: 0.1 })
   */
  toHaveDistinctShareBetween: of(
    async () => (await import('../src/checks/kinds/distinctShareBetween.ts')).distinctShareBetween,
  ),
  /**
   * The values have the shares that are said, the shape of a normal or uniform distribution, or the quantiles.
   * @example await expect(answers.column('agreed')).toHaveDistribution({ yes: 0.5 }, { within: 0.05 })
   */
  toHaveDistribution: of(async () => (await import('../src/checks/kinds/distribution.ts')).distribution),
  /**
   * Every row's values in the columns stand together in columns of another dataset: a foreign key.
   * @example await expect(orders).toHaveKeysIn('customer', customers, 'id')
   */
  toHaveKeysIn: of(async () => (await import('../src/checks/kinds/keyExists.ts')).keyExists),
  /**
   * The greatest number, day or time of the column lies within the limits.
   * @example await expect(orders.column('amount')).toHaveMaxBetween({ min: 100, max: 10_000 })
   */
  toHaveMaxBetween: of(async () => (await import('../src/checks/kinds/maxBetween.ts')).maxBetween),
  /**
   * The mean of the column's numbers lies within the limits.
   * @example await expect(orders.column('amount')).toHaveMeanBetween({ min: 20, max: 80 })
   */
  toHaveMeanBetween: of(async () => (await import('../src/checks/kinds/meanBetween.ts')).meanBetween),
  /**
   * The median of the column's numbers lies within the limits.
   * @example await expect(orders.column('amount')).toHaveMedianBetween({ min: 10, max: 50 })
   */
  toHaveMedianBetween: of(async () => (await import('../src/checks/kinds/medianBetween.ts')).medianBetween),
  /**
   * The smallest number, day or time of the column lies within the limits.
   * @example await expect(orders.column('amount')).toHaveMinBetween({ min: 0, max: 5 })
   */
  toHaveMinBetween: of(async () => (await import('../src/checks/kinds/minBetween.ts')).minBetween),
  /**
   * The number of rows without a value in the column lies within the limits.
   * @example await expect(orders.column('coupon')).toHaveMissingCountBetween({ max: 20 })
   */
  toHaveMissingCountBetween: of(
    async () => (await import('../src/checks/kinds/missingCountBetween.ts')).missingCountBetween,
  ),
  /**
   * The share of rows without a value in the column lies within the limits.
   * @example await expect(orders.column('coupon')).toHaveMissingShareBetween({ min: 0.5, max: 0.9 })
   */
  toHaveMissingShareBetween: of(
    async () => (await import('../src/checks/kinds/missingShareBetween.ts')).missingShareBetween,
  ),
  /**
   * The newest day or time of the column is at most so old when the run begins, and lies not ahead of it.
   * @example await expect(orders.column('created')).toHaveNewestWithin({ hours: 24 })
   */
  toHaveNewestWithin: of(async () => (await import('../src/checks/kinds/newestWithin.ts')).newestWithin),
  /**
   * Every row has a value in the column.
   * @example await expect(orders.column('id')).toHaveNoMissing()
   */
  toHaveNoMissing: of(async () => (await import('../src/checks/kinds/noMissing.ts')).noMissing),
  /**
   * The dataset has no other columns than these; they need not all be there.
   * @example await expect(orders).toHaveOnlyColumns(['id', 'amount'])
   */
  toHaveOnlyColumns: of(async () => (await import('../src/checks/kinds/onlyColumns.ts')).onlyColumns),
  /**
   * A quantile of the column's numbers lies within the limits.
   * @example await expect(requests.column('ms')).toHaveQuantileBetween({ max: 200 }, { at: 0.95 })
   */
  toHaveQuantileBetween: of(async () => (await import('../src/checks/kinds/quantileBetween.ts')).quantileBetween),
  /**
   * The number of rows lies within the limits; a plain number means exactly that many.
   * @example await expect(orders).toHaveRowCount({ min: 1000 })
   */
  toHaveRowCount: of(async () => (await import('../src/checks/kinds/rowCount.ts')).rowCount),
  /**
   * The number of rows, divided by that of another dataset, lies within the limits.
   * @example await expect(today).toHaveRowCountRatioBetween(yesterday, { min: 0.9, max: 1.2 })
   */
  toHaveRowCountRatioBetween: of(
    async () => (await import('../src/checks/kinds/rowCountRatioBetween.ts')).rowCountRatioBetween,
  ),
  /**
   * The dataset has the columns of another, in any order.
   * @example await expect(today).toHaveSameColumns(yesterday)
   */
  toHaveSameColumns: of(async () => (await import('../src/checks/kinds/sameColumns.ts')).sameColumns),
  /**
   * The dataset has as many rows as another.
   * @example await expect(orders).toHaveSameRowCount(invoices)
   */
  toHaveSameRowCount: of(async () => (await import('../src/checks/kinds/sameRowCount.ts')).sameRowCount),
  /**
   * The dataset has the rows of another, each as often, in any order.
   * @example await expect(orders).toHaveSameRows(dataset('expected.csv'))
   */
  toHaveSameRows: of(async () => (await import('../src/checks/kinds/sameRows.ts')).sameRows),
  /**
   * The numbers of a column add up to what they add up to in another dataset.
   * @example await expect(ledger).toHaveSameSum(invoices, 'amount')
   */
  toHaveSameSum: of(async () => (await import('../src/checks/kinds/sameSum.ts')).sameSum),
  /**
   * At least one of these columns is there.
   * @example await expect(orders).toHaveSomeColumn(['mail', 'phone'])
   */
  toHaveSomeColumn: of(async () => (await import('../src/checks/kinds/someColumn.ts')).someColumn),
  /**
   * The standard deviation of the column's numbers lies within the limits.
   * @example await expect(orders.column('amount')).toHaveStandardDeviationBetween({ min: 1, max: 500 })
   */
  toHaveStandardDeviationBetween: of(
    async () => (await import('../src/checks/kinds/standardDeviationBetween.ts')).standardDeviationBetween,
  ),
  /**
   * The numbers of the column add up to something within the limits.
   * @example await expect(orders.column('share')).toHaveSumBetween({ min: 0.99, max: 1.01 })
   */
  toHaveSumBetween: of(async () => (await import('../src/checks/kinds/sumBetween.ts')).sumBetween),
  /**
   * No two rows share their values in the key columns.
   * @example await expect(orders).toHaveUniqueKey(['shop', 'number'])
   */
  toHaveUniqueKey: of(async () => (await import('../src/checks/kinds/uniqueKey.ts')).uniqueKey),
  /**
   * Every text of the column has a length, in code points, within the limits.
   * @example await expect(orders.column('country')).toHaveValueLengthBetween({ min: 2, max: 2 })
   */
  toHaveValueLengthBetween: of(
    async () => (await import('../src/checks/kinds/valueLengthBetween.ts')).valueLengthBetween,
  ),
  /**
   * Every number, day or time of the column lies within the limits.
   * @example await expect(orders.column('amount')).toHaveValuesBetween({ min: 0, max: 10_000 }, { mostly: 0.99 })
   */
  toHaveValuesBetween: of(async () => (await import('../src/checks/kinds/valuesBetween.ts')).valuesBetween),
  /**
   * Each of the given values is there in some row of the column.
   * @example await expect(orders.column('channel')).toHaveValuesCovering(['web', 'shop'])
   */
  toHaveValuesCovering: of(async () => (await import('../src/checks/kinds/valuesCovering.ts')).valuesCovering),
  /**
   * Every value of the column is at most the one before it, in the order of the source or of another column.
   * @example await expect(stock.column('left')).toHaveValuesDecreasing({ by: 'at' })
   */
  toHaveValuesDecreasing: of(async () => (await import('../src/checks/kinds/valuesDecreasing.ts')).valuesDecreasing),
  /**
   * Every value of the column is one of the given ones.
   * @example await expect(orders.column('status')).toHaveValuesIn(['paid', 'open'])
   */
  toHaveValuesIn: of(async () => (await import('../src/checks/kinds/valuesIn.ts')).valuesIn),
  /**
   * Every value of the column is at least the one before it, in the order of the source or of another column.
   * @example await expect(orders.column('number')).toHaveValuesIncreasing({ by: 'created', strictly: true })
   */
  toHaveValuesIncreasing: of(async () => (await import('../src/checks/kinds/valuesIncreasing.ts')).valuesIncreasing),
  /**
   * Every text of the column matches the regular expression.
   * @example await expect(orders.column('email')).toHaveValuesMatching(/^[^@ ]+@[^@ ]+$/u)
   */
  toHaveValuesMatching: of(async () => (await import('../src/checks/kinds/valuesMatching.ts')).valuesMatching),
  /**
   * Every text of the column holds something else than white space.
   * @example await expect(orders.column('name')).toHaveValuesNotBlank()
   */
  toHaveValuesNotBlank: of(async () => (await import('../src/checks/kinds/valuesNotBlank.ts')).valuesNotBlank),
  /**
   * No value of the column is one of the given ones.
   * @example await expect(orders.column('status')).toHaveValuesNotIn(['test', 'unknown'])
   */
  toHaveValuesNotIn: of(async () => (await import('../src/checks/kinds/valuesNotIn.ts')).valuesNotIn),
  /**
   * No text of the column matches the regular expression.
   * @example await expect(orders.column('note')).toHaveValuesNotMatching(/\d{16}/u)
   */
  toHaveValuesNotMatching: of(async () => (await import('../src/checks/kinds/valuesNotMatching.ts')).valuesNotMatching),
  /**
   * Every value of the column is of the type; in a text file, every cell is written like one.
   * @example await expect(orders.column('id')).toHaveValuesOfType('integer')
   */
  toHaveValuesOfType: of(async () => (await import('../src/checks/kinds/valuesOfType.ts')).valuesOfType),
  /**
   * Every value of the column is the one before it and a step: without a gap, without a repetition.
   * @example await expect(invoices.column('number')).toHaveValuesSequential({ by: 'number' })
   */
  toHaveValuesSequential: of(async () => (await import('../src/checks/kinds/valuesSequential.ts')).valuesSequential),
  /**
   * Every row satisfies a condition in SQL over its columns.
   * @example await expect(orders).toSatisfyCondition(sql`paid <= billed + ${0.01}`)
   */
  toSatisfyCondition: of(async () => (await import('../src/checks/kinds/satisfiesCondition.ts')).satisfiesCondition),
  // </kinds>
}
