import type { Dataset } from '../../dataset/dataset.ts'
import type { Relation } from '../../engine/engine.ts'
import { exactSum } from '../../metrics/exactSum.ts'
import { sum } from '../../metrics/kinds/sum.ts'
import { isSmallBeside, meanSize } from '../../metrics/meanSize.ts'
import { unreadableCount } from '../../metrics/kinds/unreadableCount.ts'
import { columnNamed } from '../../metrics/metric.ts'
import { countText, numberText, shareText } from '../../words/text/numbers.ts'
import { AssayError } from '../../errors.ts'
import { withFractions } from '../askedReading.ts'
import { refuseLong } from '../longNumbers.ts'
import type { RunContext } from '../check.ts'
import { pairCheck } from '../forms/pair.ts'
import { columnName } from '../parameters/columns.ts'
import { type TableCheckOptions, tableOptions } from '../parameters/options.ts'
import { type Option, options } from '../parameters/parameter.ts'
import { other } from '../parameters/other.ts'
import { valueText } from '../receiver.ts'

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
 * Missing values are left out; where either has no value there is nothing to judge. A cell of a text file that is no
 * number fails. An error for NaN and infinities, and for columns that hold no numbers.
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
  async judge({ dataset, values: { other: target, column }, options: { tolerance: most } }, { here, there, context }) {
    const [mine, others] = await Promise.all([
      summed(dataset, column, { relation: here, context, exactly: most < ROUNDED }),
      summed(target, column, { relation: there, context, exactly: most < ROUNDED }),
    ])
    const [total, theirs] = [mine.total, others.total]
    const unread = [mine, others].filter(({ unreadable }) => unreadable > 0)
    if (unread.length > 0) {
      const cells = unread.map(({ name, unreadable }) => `${countText(unreadable, 'cell')} of ${name}`)
      return { status: 'fail', measured: `no sum: ${cells.join(' and ')} ${isOne(unread) ? 'is' : 'are'} no number` }
    }
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

interface Summed {
  readonly name: string
  readonly total: number | bigint | null
  readonly unreadable: number
}

/** The share that rounding at each step may take from a sum, unless it is small beside its numbers. */
const ROUNDED = 1e-9

interface Summing {
  readonly relation: Relation
  readonly context: RunContext
  /** To its last digit, whatever order the rows are in. */
  readonly exactly: boolean
}

/** The sum of a column, with fractions that stand behind the rows that made believe it holds integers. */
async function summed(dataset: Dataset, column: string, { relation, context, exactly }: Summing): Promise<Summed> {
  const { name } = dataset
  const metrics = {
    total: sum(column),
    unreadable: unreadableCount(column),
    size: meanSize(column, 'sum'),
  }
  const first = await context.measure(dataset, metrics)
  const read = first.unreadable > 0 ? withFractions(relation, column) : relation
  if (first.unreadable > 0) await refuseLong(read, [column], { signal: context.signal })
  const { measure } = await import('../measure.ts')
  const measured = read === relation ? first : (await measure(read, metrics, context.signal)).values
  const { type } = columnNamed(read.columns, column)
  const isLost = isSmallBeside(measured.total ?? 0, measured.size ?? 0)
  if (!(exactly || isLost) || type === 'integer' || read.engine.dialect.wideIntegers !== true)
    return { name, ...measured }
  return { name, ...measured, ...(await measure(read, { total: exactSum(column) }, context.signal)).values }
}

const isOne = (unread: readonly Summed[]): boolean => unread.length === 1 && unread[0]?.unreadable === 1

const difference = (a: number | bigint, b: number | bigint): number =>
  typeof a === 'bigint' && typeof b === 'bigint' ? Number(a - b) : Number(a) - Number(b)
