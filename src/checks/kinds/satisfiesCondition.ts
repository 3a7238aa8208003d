import { checkCondition, columnsNamed, conditionText, hiddenCondition } from '../../dataset/condition.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import { namesIn, onOneLine } from '../../dataset/sliceWords.ts'
import { countWhere } from '../../metrics/kinds/countWhere.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import type { MetricContext } from '../../metrics/metric.ts'
import { any } from '../../sql/dialect.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { measured } from '../check.ts'
import { defineKind, infoOf } from '../definition.ts'
import { judgeRows, rowExpectation } from '../forms/judgeRows.ts'
import { cellIn } from '../forms/rowRule.ts'
import { condition } from '../parameters/condition.ts'
import { type RowCheckOptions, rowOptions } from '../parameters/options.ts'
import { readAnew } from '../readAsWritten.ts'

const asker = { name: 'satisfiesCondition', example: 'sql`high >= low`' }

/**
 * Every row satisfies a condition in SQL over its columns. A row for which it is neither true nor false, as where a value
 * is missing, is counted as missing and not tested, unless `nulls: 'fail'` says otherwise. The condition means what it
 * means to the engine: NaN is greater than any number. In a text file a row is tested and fails where a cell of a column
 * that it names is not of its type. An error for a condition that names no column, reads anything else than the row, or is
 * about many rows.
 */
export const satisfiesCondition = defineKind<Dataset, readonly [typeof condition], RowCheckOptions>(
  {
    kind: 'satisfiesCondition',
    matcher: 'toSatisfyCondition',
    family: 'rule',
    says: 'Every row satisfies a condition in SQL over its columns.',
    example: 'await expect(orders).toSatisfyCondition(sql`paid <= billed + ${0.01}`)',
    parameters: [condition],
    options: rowOptions,
  },
  { form: 'columns', receiver: 'dataset' },
  (call) => {
    const { dataset, values, options } = call
    const { mostly, nulls } = options
    const words = onOneLine(conditionText(values.condition))
    const hidden = onOneLine(hiddenCondition(values.condition))
    // A comment at the end of the condition ends with its line.
    const holds = sql`(${values.condition}\n)`
    const named = ({ columns }: MetricContext): readonly string[] => columnsNamed(values.condition, columns)
    const unreadable = (context: MetricContext): Sql =>
      any(
        named(context).flatMap((name) => {
          const cell = cellIn(context, name)
          return cell.readable === 'always' ? [] : [cell.unreadable]
        }),
      )
    const breaks = (context: MetricContext): Sql => sql`(${unreadable(context)} or not coalesce(${holds}, (1 = 1)))`
    const unknown = (context: MetricContext): Sql => sql`(${holds} is null and not ${unreadable(context)})`
    const counted = (key: string, context: MetricContext, where: (context: MetricContext) => Sql) =>
      countWhere({ key: `${key} ${conditionText(values.condition)}`, columns: named(context), sql: where })
    let looked = false
    return measured({
      ...infoOf(call, {
        columns: [],
        title: `rows where ${words}`,
        expected: rowExpectation(words, mostly),
        discreet: [
          { columns: namesIn(hidden), title: `rows where ${hidden}`, expected: rowExpectation(hidden, mostly) },
        ],
      }),
      inputs: [dataset],
      async vet(relation, asked) {
        await checkCondition(values.condition, relation, asker, asked)
        looked = true
      },
      metrics: (context) => {
        if (!looked) throw new Error('the condition was not looked at')
        return {
          rows: rowCount(),
          unknown: counted('unknown', context, unknown),
          broken: counted('broken', context, breaks),
        }
      },
      // What the first rows made believe integers may be fractions further down.
      reread: ({ broken }, relation, asked) =>
        broken > 0 ? readAnew(relation, columnsNamed(values.condition, relation.columns), 'number', asked) : relation,
      judge: ({ rows, unknown: missing, broken }) => judgeRows({ rows, missing, broken, mostly, nulls }),
      failing: ({ unknown: missing, broken }, context) => {
        const withUnknown = nulls === 'fail' && missing > 0
        return {
          where: withUnknown ? any([breaks(context), unknown(context)]) : breaks(context),
          marked: named(context),
          total: withUnknown ? broken + missing : broken,
        }
      },
    })
  },
)
