import { countWhere } from '../../metrics/kinds/countWhere.ts'
import { sql } from '../../sql/sql.ts'
import { countText, exactShare, exactText } from '../../words/text/numbers.ts'
import { beyond, breaks } from '../exactLimit.ts'
import { cellIn } from '../forms/rowRule.ts'
import type { AskedDistribution } from '../parameters/distribution.ts'
import type { DistributionQuestion } from './asking.ts'
import { finiteNumbers } from './finiteNumbers.ts'
import { deviationOf } from './statements.ts'

type Asked = Extract<AskedDistribution, { kind: 'quantiles' }>

/** Quantiles of numbers: the share of values up to each, and of those before it. */
export function askedQuantiles({ list }: Asked, name: string): DistributionQuestion {
  const words = list.map(({ share, value }) => `${exactShare(share)} at ${exactText(value)}`)
  const numbers = finiteNumbers(name)
  const count = (value: number, operator: 'gt' | 'min') =>
    countWhere({
      key: `${operator} ${value}`,
      columns: [name],
      // What breaks "more than" lies up to it, what breaks "at least" before it.
      sql: (context) => {
        const cell = cellIn(context, name)
        return sql`(${cell.value} is not null and ${breaks(cell, beyond[operator], value)})`
      },
    })
  return {
    title: `quantiles ${words.join(', ')}`,
    discreetTitle: countText(list.length, 'quantile'),
    unit: 'deviation of a share',
    meaning: 'largest difference of the share up to a quantile and what it is said to be',
    most: Math.max(...list.map(({ share }) => Math.max(share, 1 - share))),
    reading: numbers.reading,
    metrics: (context) => ({
      ...numbers.metrics(context),
      ...Object.fromEntries(
        list.flatMap(({ value }, i) => [
          [`upTo${i}`, count(value, 'gt')],
          [`before${i}`, count(value, 'min')],
        ]),
      ),
    }),
    deviation(values, n) {
      const statements = list.map(({ share, value }, i) => ({
        name: `up to ${exactText(value)}`,
        expected: share,
        most: Number(values[`upTo${i}`]),
        least: Number(values[`before${i}`]),
      }))
      return numbers.refused(values, n) ?? { ...deviationOf(statements, n), charts: [] }
    },
  }
}
