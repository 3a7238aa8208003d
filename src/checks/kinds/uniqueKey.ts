import type { Dataset } from '../../dataset/dataset.ts'
import { countWhere, type Predicate } from '../../metrics/kinds/countWhere.ts'
import { duplicates } from '../../metrics/kinds/duplicates.ts'
import type { MetricContext } from '../../metrics/metric.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { all, any } from '../../sql/dialect.ts'
import { isDoubtful } from '../../cells/cell.ts'
import { sql } from '../../sql/sql.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { measured } from '../check.ts'
import { defineKind, infoOf } from '../definition.ts'
import { judgeRows } from '../forms/judgeRows.ts'
import { cellIn } from '../forms/rowRule.ts'
import { keyColumns } from '../parameters/columns.ts'
import { type RowCheckOptions, rowOptions } from '../parameters/options.ts'
import { readAsWritten } from '../readAsWritten.ts'

/**
 * No two rows share their values in `columns` (default: the dataset's key). Every member of a duplicate group fails,
 * and the message says how many rows would have to go. A row with a missing value in any of the columns is counted as
 * missing and not tested. In a text file a column is what all its cells are; a cell that is not of a type that `types` or a
 * schema says fails.
 */
export const uniqueKey = defineKind<Dataset, readonly [typeof keyColumns], RowCheckOptions>(
  {
    kind: 'uniqueKey',
    family: 'unique',
    says: 'No two rows share their values in the key columns.',
    example: "await expect(orders).toHaveUniqueKey(['shop', 'number'])",
    parameters: [keyColumns],
    options: rowOptions,
  },
  { form: 'frequency', receiver: 'dataset' },
  (call) => {
    const { dataset, values, options } = call
    const { columns: names } = values
    const { mostly, nulls } = options
    const cells = (context: MetricContext) => names.map((name) => cellIn(context, name))
    const missing: Predicate = {
      key: 'keyMissing',
      columns: names,
      sql: (context) => any(cells(context).map((cell) => cell.missing)),
    }
    const unreadable: Predicate = {
      key: 'keyUnreadable',
      columns: names,
      sql: (context) =>
        all([
          any(cells(context).map(({ value }) => sql`${value} is null`)),
          ...cells(context).map(({ present }) => sql`${present} is not null`),
        ]),
    }
    const mayBeUnreadable = (context: MetricContext): boolean => cells(context).some(({ column }) => isDoubtful(column))
    return measured({
      ...infoOf(call, {
        columns: names,
        title: names.length === 1 ? 'unique values' : 'unique combinations',
        expected: 'every row different',
      }),
      inputs: [dataset],
      metrics: (context) => ({
        rows: rowCount(),
        missing: countWhere(missing),
        ...(mayBeUnreadable(context) ? { unreadable: countWhere(unreadable) } : {}),
        repeated: duplicates(names),
      }),
      reread: ({ unreadable: unread = 0 }, relation, asked) =>
        unread > 0 ? readAsWritten(relation, names, asked) : relation,
      judge: ({ rows, missing: none, unreadable: unread = 0, repeated }) => {
        const judgement = judgeRows({ rows, missing: none, broken: repeated.rows + unread, mostly, nulls })
        if (repeated.excess === 0 || judgement.status !== 'fail') return judgement
        const groups = repeated.rows - repeated.excess
        const shared = countText(groups, 'value')
        return {
          ...judgement,
          message: `${numberText(repeated.rows)} rows share ${names.length === 1 ? shared : shared.replace('value', 'combination')}: ${numberText(repeated.excess)} too many`,
        }
      },
      failing: ({ missing: none, unreadable: unread = 0, repeated }, context) => {
        const withNulls = nulls === 'fail'
        return {
          where: any([
            ...(mayBeUnreadable(context) ? [unreadable.sql(context)] : []),
            ...(withNulls ? [missing.sql(context)] : []),
          ]),
          repeated: names,
          marked: names,
          total: repeated.rows + unread + (withNulls ? none : 0),
        }
      },
    })
  },
)
