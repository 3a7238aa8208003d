import { raw, sql } from '../sql/sql.ts'
import { finiteOnly, measurable } from './finite.ts'
import { type QueryMetric, queryMetric } from './metric.ts'

/** Numbers of so many powers of two are added up together; times this an integer of theirs is below 2^87. */
const SPAN = 32
/** What makes an integer of the least of them, with its 53 digits, in powers of two. */
const DIGITS = 54
/** The least power; of what is smaller, the digits under 2^-950 are rounded. */
const LEAST = -896

/**
 * The sum of a column's doubles, rounded once: the same in whatever order they are read, where a sum that is rounded at each
 * step differs in its last digits. Missing values and those that are not finite are left out. Takes a scan of its own.
 */
export const exactSum = (column: string): QueryMetric<number | null> => ofExact('exactSum', column, () => 1n)

/** Their mean, rounded once. */
export const exactMean = (column: string): QueryMetric<number | null> => ofExact('exactMean', column, (count) => count)

function ofExact(name: string, column: string, divisor: (count: bigint) => bigint): QueryMetric<number | null> {
  const [span, least] = [raw(String(SPAN)), raw(String(LEAST))]
  return queryMetric<number | null>({
    name,
    columns: [column],
    query(context, from) {
      const value = finiteOnly(context, measurable(context, column, name, false))
      const power = sql`greatest(cast(floor(log2(abs(x)) / ${span}) * ${span} as integer), ${least})`
      const numbers = sql`select x, case when x = 0 then ${least} else ${power} end as p from (select ${value} as x from ${from})`
      const total = sql`sum(cast(x * power(2, ${raw(String(DIGITS))} - p) as hugeint))`
      return sql`select p, count(*), ${total} from (${numbers}) where x is not null group by p`
    },
    finish(rows) {
      if (rows.length === 0) return null
      const parts = rows.map(([power, , total]) => ({ power: Number(power), total: BigInt(total as bigint) }))
      const count = rows.reduce((sum, [, n]) => sum + BigInt(n as bigint), 0n)
      const least = Math.min(...parts.map(({ power }) => power))
      const whole = parts.reduce((sum, { power, total }) => sum + (total << BigInt(power - least)), 0n)
      return rounded(whole, divisor(count), least - DIGITS)
    },
  })
}

/** Enough digits, with one for all that follow them, for a number to be rounded as if all were there. */
const ENOUGH = 66

/** `whole / divisor * 2^power`, rounded to the nearest double. */
function rounded(whole: bigint, divisor: bigint, power: number): number {
  const size = whole < 0n ? -whole : whole
  const more = ENOUGH + lengthOf(divisor) - lengthOf(size)
  const dividend = more < 0 ? size >> BigInt(-more) : size << BigInt(more)
  const quotient = dividend / divisor
  const isWhole = quotient * divisor === dividend && (more >= 0 || dividend << BigInt(-more) === size)
  const nearest = Number(isWhole ? quotient : quotient | 1n)
  // In two steps: one power alone may be less than a double holds.
  const half = Math.trunc((power - more) / 2)
  return (whole < 0n ? -nearest : nearest) * 2 ** half * 2 ** (power - more - half)
}

const lengthOf = (number: bigint): number => number.toString(2).length
