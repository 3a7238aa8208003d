import { isOneOf } from '../../cells/cellValue.ts'
import type { DatasetColumn } from '../../dataset/dataset.ts'
import { REDACTED } from '../../dataset/personal.ts'
import { AssayError } from '../../errors.ts'
import { countWhere } from '../../metrics/kinds/countWhere.ts'
import type { ScanMetric } from '../../metrics/metric.ts'
import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { canonical } from '../../results/canonical.ts'
import { sql } from '../../sql/sql.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { measured } from '../check.ts'
import { defineKind, infoOf } from '../definition.ts'
import { cellIn, reading } from '../forms/rowRule.ts'
import { allowEmpty, type RowCheckOptions, segmentBy, severity } from '../parameters/options.ts'
import { options } from '../parameters/parameter.ts'
import { type AllowedValue, values } from '../parameters/values.ts'
import { askedFor, listInWords } from './valuesIn.ts'

/** Values that are looked for at most. */
const MOST = 500

type Options = Pick<RowCheckOptions, 'severity' | 'allowEmpty' | 'segmentBy'>

/**
 * Each of `values` is there in some row of the column, compared as values; others may be there too (`valuesIn` says they
 * may not). Without any value in the column there is nothing to judge. An error for an empty set, for more than 500 values,
 * and for values that the column's type cannot hold.
 */
export const valuesCovering = defineKind<DatasetColumn, readonly [typeof values], Options>(
  {
    kind: 'valuesCovering',
    family: 'set',
    says: 'Each of the given values is there in some row of the column.',
    example: "await expect(orders.column('channel')).toHaveValuesCovering(['web', 'shop'])",
    parameters: [{ ...values, doc: 'the values that must be there, as a list or a Set' }],
    options: options(severity, allowEmpty, segmentBy),
    agrees({ values: wanted }) {
      if (wanted.length <= MOST) return
      throw new AssayError('wrong-argument', `valuesCovering got ${numberText(wanted.length)} values`, {
        hint: `it looks for ${MOST} at most; keyExists(other, …) looks for those of a dataset`,
      })
    },
  },
  { form: 'aggregate', receiver: 'column' },
  (call) => {
    const { dataset, column: name = '', values: parameters } = call
    const wanted = [...new Map(parameters.values.map((value) => [canonical(value), value])).values()]
    const asks = askedFor(wanted)
    const metricOf = (value: AllowedValue): ScanMetric<number, number> =>
      countWhere({
        key: `is ${canonical(value)}`,
        columns: [name],
        sql(context) {
          const { column, value: cell } = cellIn(context, name)
          return sql`(${cell} is not null and ${isOneOf(cell, column, [value], context.dialect)})`
        },
      })
    return measured<Readonly<Record<string, ScanMetric<number, number>>>>({
      ...infoOf(call, {
        columns: [name],
        title: `values that cover ${listInWords(wanted)}`,
        expected: `each of ${listInWords(wanted)}`,
        discreet: [
          {
            columns: [name],
            title: `values that cover a list of ${numberText(wanted.length)}`,
            expected: `each of ${countText(wanted.length, 'value')}`,
          },
        ],
      }),
      inputs: [dataset],
      ...(asks === undefined ? {} : { read: reading(name, asks) }),
      metrics: () => ({
        rows: rowCount(),
        missing: missingCount(name),
        ...Object.fromEntries(wanted.map((value, i) => [`value ${i}`, metricOf(value)])),
      }),
      judge: ({ rows = 0, missing = 0, ...byValue }) => {
        const counts = { rows, missing, tested: rows - missing, failed: 0 }
        if (rows === missing) return { status: 'vacuous', measured: 'nothing to judge', counts }
        const absent = wanted.filter((_, i) => byValue[`value ${i}`] === 0)
        const value = wanted.length - absent.length
        const measuredText = `${numberText(value)} of ${countText(wanted.length, 'value')}`
        if (absent.length === 0) return { status: 'pass', measured: measuredText, value }
        return {
          status: 'fail',
          measured: measuredText,
          value,
          message: `not there: ${listInWords(absent)}`,
          discreet: [{ columns: [name], message: `not there: ${REDACTED}` }],
        }
      },
    })
  },
)
