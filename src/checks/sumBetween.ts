import type { DatasetColumn } from '../dataset/dataset.ts'
import { columnNamed } from '../metrics/metric.ts'
import { REDACTED } from '../dataset/personal.ts'
import { missingCount } from '../metrics/missingCount.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { sum } from '../metrics/sum.ts'
import { isUnreadable, unreadableCount } from '../metrics/unreadableCount.ts'
import { withFractions } from './askedReading.ts'
import { asNumbers, type Bounds, checkedExactBounds, inWords, limitsOf, within } from './bounds.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import { aboutDataset, type Check, measured } from './check.ts'
import { checkedColumn } from './receiver.ts'
import { knownOptions, reading, type RowCheckOptions } from './rowCheck.ts'
import { unreadableNote } from './unreadable.ts'

/** What a check of an aggregate can be told. */
export type AggregateCheckOptions = Pick<RowCheckOptions, 'severity' | 'allowEmpty'>

/**
 * The numbers of the column add up to something within the limits. Missing values are left out; without any value there
 * is nothing to judge. A column of text or of several types is read as numbers; a cell that is none makes it fail: a sum
 * that leaves it out is not the column's. An error for NaN and infinities, and for a column that holds no numbers.
 */
export function sumBetween(
  column: DatasetColumn,
  bounds: Bounds<number | bigint>,
  options?: AggregateCheckOptions,
): Check {
  const { dataset, name } = checkedColumn(column, 'sumBetween', '{ min: 0 }')
  const limits = checkedExactBounds(bounds, 'sumBetween')
  const { severity = 'error', allowEmpty = false } = knownOptions(options, 'sumBetween', ['severity', 'allowEmpty'])
  return measured({
    kind: 'sumBetween',
    family: 'statistic',
    ...aboutDataset(dataset, [name], { limits: { ...limits, allowEmpty, severity } }),
    title: `sum ${inWords(limits)}`,
    expected: inWords(limits),
    severity,
    allowEmpty,
    limit: asNumbers(limits),
    dataset,
    read: reading(name, 'number'),
    reread: ({ unreadable }, relation) => (unreadable > 0 ? withFractions(relation, name) : relation),
    metrics: () => ({
      total: sum(name),
      rows: rowCount(),
      missing: missingCount(name),
      unreadable: unreadableCount(name),
    }),
    judge: ({ total, rows, missing, unreadable }) => {
      if (unreadable > 0) {
        const cells = countText(unreadable, 'cell')
        return {
          status: 'fail',
          measured: `no sum: ${cells} of ${numberText(rows)} ${unreadable === 1 ? 'is' : 'are'} no number`,
        }
      }
      if (total === null) {
        return { status: 'vacuous', measured: 'nothing to judge', counts: { rows, missing, tested: 0, failed: 0 } }
      }
      return {
        status: within(total, limits) ? 'pass' : 'fail',
        measured: numberText(total, limitsOf(limits)),
        value: Number(total),
        // The sum of one row is its value.
        discreet: [{ columns: [name], measured: REDACTED, without: ['value'] }],
      }
    },
    failing: ({ unreadable }, { columns }) => ({
      where: isUnreadable(columnNamed(columns, name)),
      marked: [name],
      total: unreadable,
    }),
    async explain({ rows, missing, unreadable }, relation, asked) {
      if (unreadable === 0) return undefined
      const column = columnNamed(relation.columns, name)
      return unreadableNote(relation, { column, unreadable, present: rows - missing }, asked)
    },
  })
}
