import { sql } from '../sql/sql.ts'
import { checkOrdered } from './checkTimes.ts'
import { strictly } from './kinds/columnsAscending.ts'
import { sequenceCheck, type SequenceCheckOptions, sequenceOptions } from './forms/sequence.ts'
import { options } from './parameters/parameter.ts'

/** What a check of values that only rise or only fall can be told. */
export interface MonotoneOptions extends SequenceCheckOptions {
  /**
   * No value may be equal to the one before it; by default it may.
   * @example { strictly: true }
   */
  readonly strictly?: boolean
}

/** Values that only rise, or only fall. */
interface Direction {
  readonly kind: string
  readonly example: string
  readonly adjective: 'increasing' | 'decreasing'
}

/** Defines a kind of check about values that only go one way. */
export function monotone({ kind, example, adjective }: Direction) {
  const [least, more, previous, apart, beyond] =
    adjective === 'increasing'
      ? (['at least', 'more than', 'max', sql`<=`, sql`<`] as const)
      : (['at most', 'less than', 'min', sql`>=`, sql`>`] as const)
  return sequenceCheck<MonotoneOptions>({
    kind,
    family: 'rule',
    says: `Every value of the column is ${least} the one before it, in the order of the source or of another column.`,
    example,
    options: options(...sequenceOptions.list, strictly),
    title: (asked) => (asked.strictly ? `values strictly ${adjective}` : `values ${adjective}`),
    expected: (asked) => `${asked.strictly ? more : least} the value before`,
    previous,
    asks: 'ordered',
    breaks({ column, value }, before, asked) {
      checkOrdered(column)
      return sql`${value} ${asked.strictly ? apart : beyond} ${before}`
    },
  })
}
