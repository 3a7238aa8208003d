import type { DatasetColumn } from '../../dataset/dataset.ts'
import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { exactShare, numberText, shareText } from '../../words/text/numbers.ts'
import { measured } from '../check.ts'
import { defineKind, infoOf } from '../definition.ts'
import { cellIn } from '../forms/rowRule.ts'
import { allowEmpty, mostly, type RowCheckOptions, segmentBy, severity } from '../parameters/options.ts'
import { options } from '../parameters/parameter.ts'

/** What `noMissing` can be told. */
export type NoMissingOptions = Pick<RowCheckOptions, 'mostly' | 'severity' | 'allowEmpty' | 'segmentBy'>

/**
 * Every row has a value in the column; with `mostly`, at least that share of the rows. Every row is tested; without
 * rows there is nothing to judge. In a text file a cell that is not of its type is a value.
 */
export const noMissing = defineKind<DatasetColumn, [], NoMissingOptions>(
  {
    kind: 'noMissing',
    matcher: 'toHaveNoMissing',
    family: 'missing',
    says: 'Every row has a value in the column.',
    example: "await expect(orders.column('id')).toHaveNoMissing()",
    parameters: [],
    options: options(mostly, severity, allowEmpty, segmentBy),
  },
  { form: 'row', receiver: 'column' },
  (call) => {
    const { dataset, column: name = '', options } = call
    const { mostly: share } = options
    return measured({
      ...infoOf(call, {
        columns: [name],
        title: 'no missing values',
        expected: share < 1 ? `a value in at least ${exactShare(share)} of the rows` : 'a value in every row',
      }),
      inputs: [dataset],
      metrics: () => ({ rows: rowCount(), missing: missingCount(name) }),
      judge: ({ rows, missing }) => {
        const present = (rows - missing) / rows
        return {
          status: present >= share ? 'pass' : 'fail',
          measured:
            missing === 0
              ? `no value missing in ${numberText(rows)} rows`
              : `${numberText(missing)} of ${numberText(rows)} values missing (${shareText(missing / rows, [1 - share])})`,
          value: present,
          counts: { rows, missing: 0, tested: rows, failed: missing },
        }
      },
      failing: ({ missing }, context) => ({ where: cellIn(context, name).missing, marked: [name], total: missing }),
    })
  },
)
