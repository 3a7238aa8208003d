import type { DatasetColumn } from '../dataset/dataset.ts'
import { columnNamed } from '../metrics/metric.ts'
import { missingCount } from '../metrics/missingCount.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { id, sql } from '../sql/sql.ts'
import { exactShare, numberText, shareText } from '../words/text/numbers.ts'
import { aboutDataset, type Check, measured } from './check.ts'
import { checkedColumn } from './receiver.ts'
import { knownOptions, type RowCheckOptions } from './rowCheck.ts'

/** What `noMissing` can be told. */
export type NoMissingOptions = Pick<RowCheckOptions, 'mostly' | 'severity' | 'allowEmpty'>

/**
 * Every row has a value in the column; with `mostly`, at least that share of the rows. Every row is tested; without
 * rows there is nothing to judge. In a text file a cell that is not of its type is a value.
 */
export function noMissing(column: DatasetColumn, options?: NoMissingOptions): Check {
  const { dataset, name } = checkedColumn(column, 'noMissing')
  const known = ['mostly', 'severity', 'allowEmpty'] as const
  const { mostly = 1, severity = 'error', allowEmpty = false } = knownOptions(options, 'noMissing', known)
  return measured({
    kind: 'noMissing',
    family: 'missing',
    ...aboutDataset(dataset, [name], { limits: { mostly, allowEmpty, severity } }),
    title: 'no missing values',
    expected: mostly < 1 ? `a value in at least ${exactShare(mostly)} of the rows` : 'a value in every row',
    severity,
    allowEmpty,
    dataset,
    metrics: () => ({ rows: rowCount(), missing: missingCount(name) }),
    judge: ({ rows, missing }) => {
      const present = (rows - missing) / rows
      return {
        status: present >= mostly ? 'pass' : 'fail',
        measured:
          missing === 0
            ? `no value missing in ${numberText(rows)} rows`
            : `${numberText(missing)} of ${numberText(rows)} values missing (${shareText(missing / rows, [1 - mostly])})`,
        value: present,
        counts: { rows, missing: 0, tested: rows, failed: missing },
      }
    },
    failing: ({ missing }, { columns }) => ({
      where: sql`${id(columnNamed(columns, name).rawName ?? name)} is null`,
      marked: [name],
      total: missing,
    }),
  })
}
