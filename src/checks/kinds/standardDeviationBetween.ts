import { exactDeviation } from '../../metrics/exactDeviation.ts'
import { mean } from '../../metrics/kinds/mean.ts'
import { standardDeviation } from '../../metrics/kinds/standardDeviation.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { magnitudes } from '../parameters/bounds.ts'
import { type AggregateCheckOptions, aggregateOptions, choice } from '../parameters/options.ts'
import { options } from '../parameters/parameter.ts'

/** What `standardDeviationBetween` can be told. */
export interface StandardDeviationOptions extends AggregateCheckOptions {
  /**
   * Divide by n, as for a whole population; by default by n − 1, as for a sample.
   * @example { population: true }
   */
  readonly population?: boolean
}

const population = choice('population', [true, false], {
  doc: 'divide by n, as for a whole population, and not by n − 1, as for a sample',
  absent: false,
  role: 'asked',
  example: true,
})

/**
 * The standard deviation of the column's numbers lies within the limits: of a sample (n − 1), or with `population` of all
 * (n). Missing values are left out; without two values (`population`: one) there is nothing to judge. Text is read as
 * numbers, and a cell that is none makes it fail. An error for NaN and infinities, and for a column that holds no numbers.
 */
export const standardDeviationBetween = aggregateCheck({
  kind: 'standardDeviationBetween',
  family: 'statistic',
  says: "The standard deviation of the column's numbers lies within the limits.",
  example: "await expect(orders.column('amount')).toHaveStandardDeviationBetween({ min: 1, max: 500 })",
  bounds: magnitudes,
  options: options<StandardDeviationOptions>(...aggregateOptions.list, population),
  noun: 'standard deviation',
  asks: 'number',
  metric: (column, { population: ofAll }) => standardDeviation(column, { population: ofAll }),
  exact: (column, { population: ofAll }) => exactDeviation(column, { population: ofAll }),
  size: ({ name }) => mean(name),
  why: 'one value has no deviation from others, so nothing was shown',
})
