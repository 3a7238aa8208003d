import { sum } from '../metrics/sum.ts'
import { numberText, shareText } from '../words/text/numbers.ts'
import { AssayError } from '../errors.ts'
import { pairCheck } from './forms/pair.ts'
import { columnName } from './parameters/columns.ts'
import { type TableCheckOptions, tableOptions } from './parameters/options.ts'
import { type Option, options } from './parameters/parameter.ts'
import { other } from './parameters/other.ts'
import { valueText } from './receiver.ts'

/** What `sameSum` can be told. */
export interface SameSumOptions extends TableCheckOptions {
  /**
   * By which share of the other sum they may differ; default 1e-9, what rounding does.
   * @example { tolerance: 0.01 }
   */
  readonly tolerance?: number
}

const tolerance: Option<'tolerance', number> = {
  name: 'tolerance',
  role: 'limit',
  doc: 'by which share of the other sum they may differ',
  absent: 1e-9,
  type: 'number',
  example: '0.01',
  parse(value, { asker }) {
    if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value
    throw new AssayError('wrong-argument', `${asker} got tolerance: ${valueText(value)}`, {
      hint: 'tolerance is a share from 0, e.g. 0.01 for 1 %',
    })
  },
  toJSON: (share) => share,
}

/**
 * The numbers of a column add up to what those of the column of that name add up to in another dataset, but for a share.
 * Missing values are left out; where either has no value there is nothing to judge. An error for NaN and infinities, and
 * for columns that hold no numbers.
 */
export const sameSum = pairCheck<readonly [typeof other, typeof columnName], SameSumOptions>({
  kind: 'sameSum',
  family: 'statistic',
  says: 'The numbers of a column add up to what they add up to in another dataset.',
  example: "await expect(ledger).toHaveSameSum(invoices, 'amount')",
  parameters: [other, columnName],
  options: options<SameSumOptions>(...tableOptions.list, tolerance),
  words: ({ values: { column } }, { name }) => ({
    columns: [column],
    title: `the sum that it has in ${name}`,
    expected: `the sum of ${column} in ${name}`,
  }),
  async judge({ dataset, values: { other: target, column }, options: { tolerance: most } }, { context }) {
    const metrics = { total: sum(column) }
    const [{ total }, { total: theirs }] = await Promise.all([
      context.measure(dataset, metrics),
      context.measure(target, metrics),
    ])
    if (total === null || theirs === null)
      return { status: 'vacuous', measured: 'nothing to judge', message: 'a column without a value has no sum' }
    const apart = Math.abs(difference(total, theirs))
    const share = apart === 0 ? 0 : apart / Math.abs(Number(theirs))
    return {
      status: share <= most ? 'pass' : 'fail',
      measured: `${numberText(total)}, and ${numberText(theirs)} there${apart === 0 ? '' : ` (${shareText(share, [most])} apart)`}`,
      value: Number(total),
      discreet: [
        { columns: [column], measured: share <= most ? 'as there' : 'another than there', without: ['value'] },
      ],
    }
  },
})

const difference = (a: number | bigint, b: number | bigint): number =>
  typeof a === 'bigint' && typeof b === 'bigint' ? Number(a - b) : Number(a) - Number(b)
