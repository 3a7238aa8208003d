import type { DatasetColumn } from '../dataset/dataset.ts'
import { missingCount } from '../metrics/missingCount.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { sum } from '../metrics/sum.ts'
import { type Bounds, checkedBounds, inWords, within } from './bounds.ts'
import { numberText } from '../numberText.ts'
import { type Check, datasetSubject, measured } from './check.ts'
import { knownOptions, type RowCheckOptions } from './rowCheck.ts'

/** What a check of an aggregate can be told. */
export type AggregateCheckOptions = Pick<RowCheckOptions, 'severity' | 'allowEmpty'>

/**
 * The numbers of the column add up to something within the limits. Missing values are left out; without any value there
 * is nothing to judge. An error for NaN and infinities, and for a column that holds no numbers.
 */
export function sumBetween(column: DatasetColumn, bounds: Bounds, options: AggregateCheckOptions = {}): Check {
  const limits = checkedBounds(bounds, 'sumBetween')
  const { severity = 'error', allowEmpty = false } = knownOptions(options, 'sumBetween', ['severity', 'allowEmpty'])
  const { dataset, name } = column
  return measured({
    kind: 'sumBetween',
    family: 'statistic',
    subject: datasetSubject(dataset, [name]),
    title: `sum ${inWords(limits)}`,
    expected: inWords(limits),
    severity,
    limit: limits,
    dataset,
    metrics: () => ({ total: sum(name), rows: rowCount(), missing: missingCount(name) }),
    judge: ({ total, rows, missing }) => {
      if (total === null) {
        const why = rows === 0 ? 'there are no rows' : `all ${numberText(missing)} values are missing`
        return { status: allowEmpty ? 'pass' : 'vacuous', measured: `nothing to judge: ${why}` }
      }
      return { status: within(total, limits) ? 'pass' : 'fail', measured: numberText(total), value: total }
    },
  })
}
