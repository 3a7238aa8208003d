import { AssayError } from '../../errors.ts'
import { quantile } from '../../metrics/kinds/quantile.ts'
import { exactShare } from '../../words/text/numbers.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { plainBounds } from '../parameters/bounds.ts'
import { type AggregateCheckOptions, aggregateOptions } from '../parameters/options.ts'
import { type Option, options } from '../parameters/parameter.ts'
import { valueText } from '../receiver.ts'

/** What `quantileBetween` can be told. */
export interface QuantileOptions extends AggregateCheckOptions {
  /**
   * The share of the values that the quantile does not fall below: 0.95 is the 95th percentile; default the median, 0.5.
   * @example { at: 0.95 }
   */
  readonly at?: number
}

const at: Option<'at', number> = {
  name: 'at',
  role: 'asked',
  doc: 'the share of the values that the quantile does not fall below: 0.95 is the 95th percentile',
  absent: 0.5,
  type: 'number',
  example: '0.95',
  parse(value, { asker }) {
    if (typeof value === 'number' && value >= 0 && value <= 1) return value
    throw new AssayError('wrong-argument', `${asker} got at: ${valueText(value)}`, {
      hint: 'at is a share from 0 to 1, e.g. 0.95',
    })
  },
  toJSON: (share) => share,
}

/**
 * A quantile of the column's numbers lies within the limits; between two values it is interpolated linearly. Missing
 * values are left out; without any value there is nothing to judge. Text is read as numbers, and a cell that is none makes
 * it fail. An error for NaN and infinities, and for a column that holds no numbers.
 */
export const quantileBetween = aggregateCheck({
  kind: 'quantileBetween',
  family: 'statistic',
  says: "A quantile of the column's numbers lies within the limits.",
  example: "await expect(requests.column('ms')).toHaveQuantileBetween({ max: 200 }, { at: 0.95 })",
  bounds: plainBounds,
  options: options<QuantileOptions>(at, ...aggregateOptions.list),
  noun: ({ at: share }) => `quantile at ${exactShare(share)}`,
  asks: 'number',
  metric: (column, { at: share }) => quantile(column, share),
})
