import type { Column } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { raw, type Sql, sql } from '../../sql/sql.ts'
import { words } from '../askedReading.ts'
import { sequenceCheck, type SequenceCheckOptions, sequenceOptions } from '../forms/sequence.ts'
import { type Option, options } from '../parameters/parameter.ts'
import { valueText } from '../receiver.ts'
import { wrongType } from '../wrongType.ts'

/** What `valuesSequential` can be told. */
export interface ValuesSequentialOptions extends SequenceCheckOptions {
  /**
   * By how much each value is more than the one before: a whole number, of days where the column holds days; default 1.
   * @example { step: 7 }
   */
  readonly step?: number
}

const step: Option<'step', number> = {
  name: 'step',
  role: 'asked',
  doc: 'by how much each value is more than the one before: a whole number, of days where the column holds days',
  absent: 1,
  type: 'number',
  example: '7',
  parse(value, { asker }) {
    if (Number.isSafeInteger(value) && value !== 0) return value as number
    throw new AssayError('wrong-argument', `${asker} got step: ${valueText(value)}`, {
      hint: 'step is a whole number other than 0, e.g. 1; below 0 values descend',
    })
  },
  toJSON: (value) => value,
}

/**
 * Every value of the column is the one before it and a step, in the order of the source or of the column `by`: numbers
 * without a gap, a day after the other. Missing values are counted and not tested, and nothing is compared with them; so
 * are rows without a value in `by`. Rows that are equal in `by` are not compared with each other. In a text file a
 * cell that is neither a whole number nor a day, as most are, fails. An error for a column that holds neither, and for
 * rows without any order.
 */
export const valuesSequential = sequenceCheck<ValuesSequentialOptions>({
  kind: 'valuesSequential',
  family: 'rule',
  says: 'Every value of the column is the one before it and a step: without a gap, without a repetition.',
  example: "await expect(invoices.column('number')).toHaveValuesSequential({ by: 'number' })",
  options: options(...sequenceOptions.list, step),
  title: ({ step: by }) => (by === 1 ? 'values without a gap' : `values in steps of ${by}`),
  expected: ({ step: by }) => `the value before ${by < 0 ? '-' : '+'} ${Math.abs(by)}`,
  previous: 'max',
  asks: 'whole',
  breaks({ column, value }, previous, { step: by }, { dialect }) {
    if (column.type !== 'integer' && column.type !== 'date') throw wrongType(column, words.whole)
    if (column.type === 'date') return sql`${value} - ${previous} <> ${raw(String(by))}`
    // What lies further apart than any step need not be subtracted, which overflows; the integers of a column may have no sign.
    const far = sql`abs(${dialect.double(value)} - ${dialect.double(previous)}) > ${raw(FAR)}`
    const wide = (integer: Sql): Sql => (hasWidest(column) ? integer : dialect.wideInteger(integer))
    const [more, less] = [wide(value), wide(previous)]
    const gap = (a: Sql, b: Sql, wanted: number) => sql`${a} - ${b} <> ${raw(String(wanted))}`
    return sql`case when ${far} then true when ${value} < ${previous} then ${gap(less, more, -by)} else ${gap(more, less, by)} end`
  },
})

/** More than a step and what doubles of 128 bits are off by, less than what 127 bits hold. */
const FAR = '1e26'

/** Whether the column's integers are those that no type of the engine is wider than. */
const hasWidest = ({ native }: Column): boolean => /^hugeint$/i.test(native)
