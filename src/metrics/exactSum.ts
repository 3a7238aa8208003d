import { type DecimalType, decimalOf } from '../cells/decimals.ts'
import type { Column, Value } from '../engine/engine.ts'
import { id, raw, type Sql, sql } from '../sql/sql.ts'
import { extremeValue, finiteOnly, measurable } from './finite.ts'
import { type MetricContext, type QueryMetric, queryMetric } from './metric.ts'
import { roundedRatio } from './roundedRatio.ts'

/** Numbers of so many powers of two are added up together; times this an integer of theirs is below 2^87. */
const SPAN = 32
/** What makes an integer of the least of them, with its 53 digits, in powers of two. */
const DIGITS = 54
/** The least power; of what is smaller, the digits under 2^-950 are rounded. */
const LEAST = -896

/**
 * The sum of a column's numbers, rounded once: the same in whatever order they are read, where a sum that is rounded at each
 * step differs in its last digits. Of decimals it is that of their digits, which doubles do not hold: 0.10 and 0.20 are 0.3.
 * Missing values and those that are not finite are left out. Takes a scan of its own.
 */
export const exactSum = (column: string): QueryMetric<number | bigint | null> =>
  ofExact('exactSum', column, ({ whole, unit, power }) =>
    whole % unit === 0n && power === 0 ? extremeValue(whole / unit) : roundedRatio(whole, unit, power),
  )

/** Their mean, rounded once. */
export const exactMean = (column: string): QueryMetric<number | bigint | null> =>
  ofExact('exactMean', column, ({ whole, unit, power, count }) => roundedRatio(whole, unit * count, power))

/** A sum: `whole / unit * 2^power`. */
interface Total {
  readonly count: bigint
  readonly whole: bigint
  readonly unit: bigint
  readonly power: number
}

function ofExact(
  name: string,
  column: string,
  value: (total: Total) => number | bigint | null,
): QueryMetric<number | bigint | null> {
  return queryMetric<number | bigint | null>({
    name,
    columns: [column],
    query(context, from) {
      const measured = measurable(context, column, name, false)
      const decimal = decimalOf(measured.native)
      return decimal ? decimalParts(measured, decimal, from) : doubleParts(context, measured, from)
    },
    finish(rows) {
      const [first] = rows
      if (first === undefined) return null
      const total = first.length > DOUBLE_PARTS ? ofDecimals(first) : ofDoubles(rows)
      return total.count === 0n ? null : value(total)
    },
  })
}

/** The columns of `doubleParts`; `decimalParts` has more. */
const DOUBLE_PARTS = 3

function doubleParts(context: MetricContext, column: Column, from: Sql): Sql {
  const [span, least] = [raw(String(SPAN)), raw(String(LEAST))]
  const value = finiteOnly(context, column)
  const power = sql`greatest(cast(floor(log2(abs(x)) / ${span}) * ${span} as integer), ${least})`
  const numbers = sql`select x, case when x = 0 then ${least} else ${power} end as p from (select ${value} as x from ${from})`
  const total = sql`sum(cast(x * power(2, ${raw(String(DIGITS))} - p) as hugeint))`
  return sql`select p, count(*), ${total} from (${numbers}) where x is not null group by p`
}

function ofDoubles(rows: readonly (readonly Value[])[]): Total {
  const parts = rows.map(([power, , total]) => ({ power: Number(power), total: BigInt(total as bigint) }))
  const count = rows.reduce((sum, [, n]) => sum + BigInt(n as bigint), 0n)
  const least = Math.min(...parts.map(({ power }) => power))
  const whole = parts.reduce((sum, { power, total }) => sum + (total << BigInt(power - least)), 0n)
  return { count, whole, unit: 1n, power: least - DIGITS }
}

/** Decimals of so many digits have a sum that their type holds, however many there are. */
const SUMMED = 18
/** What longer ones are divided by, so that neither part is more than an integer holds. */
const HALF = 10n ** 19n

function decimalParts({ name }: Column, { precision, scale }: DecimalType, from: Sql): Sql {
  const [value, digits, half] = [id(name), raw(String(scale)), raw(String(HALF))]
  if (precision <= SUMMED) return sql`select count(${value}), sum(${value}), 0, ${digits} from ${from}`
  const whole = sql`select cast(replace(cast(${value} as varchar), '.', '') as hugeint) as x from ${from}`
  return sql`select count(x), sum(x % ${half}), sum(x // ${half}), ${digits} from (${whole})`
}

function ofDecimals([count, low, high, digits]: readonly Value[]): Total {
  const parts = [low, high].map((part) => BigInt(String(part ?? 0).replace('.', '')))
  const [lower = 0n, higher = 0n] = parts
  return { count: BigInt(Number(count)), whole: lower + higher * HALF, unit: 10n ** BigInt(Number(digits)), power: 0 }
}
