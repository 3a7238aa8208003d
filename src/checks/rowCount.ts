import type { Dataset } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { rowCount as rowCountMetric } from '../metrics/rowCount.ts'
import { type Bounds, checkedBounds, inWords, within } from './bounds.ts'
import { countText } from '../numberText.ts'
import { type Check, datasetSubject, measured } from './check.ts'
import { knownOptions, type RowCheckOptions } from './rowCheck.ts'

/** What a check of the whole table can be told. */
export type TableCheckOptions = Pick<RowCheckOptions, 'severity'>

/** The dataset has a number of rows within the limits; a number means exactly that many. No rows are 0 rows. */
export function rowCount(dataset: Dataset, bounds: Bounds | number, options: TableCheckOptions = {}): Check {
  const limits = checkedBounds(typeof bounds === 'number' ? { min: bounds, max: bounds } : bounds, 'rowCount')
  const { severity = 'error' } = knownOptions(options, 'rowCount', ['severity'])
  const exact = limits.min !== undefined && limits.min === limits.max
  if ((limits.max ?? 0) < 0 || (limits.lt ?? 1) <= 0 || (exact && !Number.isInteger(limits.min))) {
    throw new AssayError('wrong-argument', `rowCount got limits that no number of rows meets: ${inWords(limits)}`, {
      hint: 'a number of rows is a whole number from 0',
    })
  }
  return measured({
    kind: 'rowCount',
    family: 'volume',
    subject: datasetSubject(dataset),
    title: `row count ${inWords(limits)}`,
    expected: `${inWords(limits)} rows`,
    severity,
    limit: limits,
    dataset,
    metrics: () => ({ rows: rowCountMetric() }),
    judge: ({ rows }) => ({
      status: within(rows, limits) ? 'pass' : 'fail',
      measured: countText(rows, 'row'),
      value: rows,
    }),
  })
}
