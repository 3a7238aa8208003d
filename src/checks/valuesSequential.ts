import { AssayError } from '../errors.ts'
import { raw, sql } from '../sql/sql.ts'
import { sequenceCheck, type SequenceCheckOptions, sequenceOptions } from './forms/sequence.ts'
import { type Option, options } from './parameters/parameter.ts'
import { valueText } from './receiver.ts'
import { wrongType } from './wrongType.ts'

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
 * are rows without a value in `by`. Rows that are equal in `by` are not compared with each other. An error for a column
 * that holds neither whole numbers nor days, and for rows without any order.
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
  breaks({ column, value }, previous, { step: by }) {
    if (column.type !== 'integer' && column.type !== 'date') throw wrongType(column, 'neither whole numbers nor days')
    return sql`${value} - ${previous} <> ${raw(String(by))}`
  },
})
