import type { Dataset } from '../dataset/dataset.ts'
import { rowCount as rowCountMetric } from '../metrics/rowCount.ts'
import { type Bounds, checkedCounts, inWords, within } from './bounds.ts'
import { countText } from '../words/text/numbers.ts'
import { aboutDataset, type Check, measured } from './check.ts'
import { checkedDataset } from './receiver.ts'
import { knownOptions, type RowCheckOptions } from './rowCheck.ts'

/** What a check of the whole table can be told. */
export type TableCheckOptions = Pick<RowCheckOptions, 'severity'>

/**
 * The dataset has a number of rows within the limits; a number means exactly that many. No rows are 0 rows. An error for
 * limits that every number of rows meets, such as `{ min: 0 }`.
 */
export function rowCount(dataset: Dataset, bounds: Bounds | number, options?: TableCheckOptions): Check {
  checkedDataset(dataset, 'rowCount', '{ min: 1 }')
  const exactly = typeof bounds === 'number' ? { min: bounds, max: bounds } : bounds
  const limits = checkedCounts(exactly, 'rowCount', { one: 'a number of rows', many: 'number of rows' })
  const { severity = 'error' } = knownOptions(options, 'rowCount', ['severity'])
  return measured({
    kind: 'rowCount',
    family: 'volume',
    ...aboutDataset(dataset, [], { limits: { ...limits, severity } }),
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
