import type { Column } from '../engine/engine.ts'
import { all, any } from '../sql/dialect.ts'
import { raw, type Sql, sql } from '../sql/sql.ts'

/** A day or time, and the column that it stands in, where it stands in one. */
export interface Instant {
  readonly value: Sql
  readonly column?: Column
}

/** Whether a column's timestamps have nanoseconds, and so are of the years 1677 to 2262. */
export const hasNanoseconds = ({ native }: Column): boolean => /^timestamp_ns$/i.test(native)

/** Whether the engine has a time of nanoseconds that a text in ISO 8601 without a zone is: after the first day of theirs. */
export function isWithinNanoseconds(iso: string): boolean {
  const [, whole = '', fraction = ''] = /^([^.]+)[.]?(\d*)/.exec(iso) ?? []
  const nanoseconds = BigInt(Date.parse(`${whole}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9))
  return iso >= '1677-09-22' && BigInt.asIntN(64, nanoseconds) === nanoseconds
}

/**
 * A day or time as it compares with those of other types: in microseconds, and the nanoseconds behind them. Beside one with
 * nanoseconds the engine would take any other as one of those, and fail where its year is none they have.
 */
export function instantParts({ value, column }: Instant): readonly [Sql, Sql] {
  const nanoseconds =
    column && hasNanoseconds(column) ? sql`epoch_ns(${value}) % 1000` : sql`case when ${value} is not null then 0 end`
  return [sql`cast(${value} as timestamp)`, nanoseconds]
}

/** Types that the engine compares with none that has a zone. */
const coarse = /^timestamp_(?:s|ms)$/i

/** True where one day or time lies before another, whatever their types are. */
export function isEarlier(earlier: Instant, later: Instant, { orEqual = false } = {}): Sql {
  const operator = raw(orEqual ? '<=' : '<')
  const fine = [earlier, later].filter(({ column }) => column && hasNanoseconds(column))
  if (fine.length === 1) {
    const [[left, leftRest], [right, rightRest]] = [instantParts(earlier), instantParts(later)]
    return any([sql`${left} < ${right}`, all([sql`${left} = ${right}`, sql`${leftRest} ${operator} ${rightRest}`])])
  }
  const alike = earlier.column?.native === later.column?.native
  const plain = ({ value, column }: Instant): Sql =>
    !alike && column && coarse.test(column.native) ? sql`cast(${value} as timestamp)` : value
  return sql`${plain(earlier)} ${operator} ${plain(later)}`
}
