import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import type { CategoryCount } from './categoryCounts.ts'
import { binOf } from './histogram.ts'
import { asDouble, columnNamed, isFloating, isNumeric, isTime, type QueryMetric, queryMetric } from './metric.ts'

/** The shares at which quantiles are told, in percent. */
export const PERCENTS = [5, 25, 50, 75, 95] as const

/** What one pass over the different values of a column tells; missing values are left out. */
export interface ValueSummary {
  /** Different values; NaN is one. */
  readonly distinct: number
  /** The most frequent values, most frequent first, of equally frequent ones the smaller first. */
  readonly top: readonly CategoryCount[]
  /** For numbers and times: smallest, quantiles at `PERCENTS`, largest. A quantile is the smallest value that this share of the finite values does not exceed. */
  readonly ordered?: { readonly min: string; readonly quantiles: readonly string[]; readonly max: string }
  /** For numbers and times with edges: how many finite values lie in each bin. */
  readonly bins?: readonly number[]
  /** For text: rows with the empty text, and lengths in code points. */
  readonly text?: { readonly empty: number; readonly min: number; readonly max: number; readonly mean: number }
  /** For text: how values are built, most frequent first (see `shapeOf`), and how many ways there are. */
  readonly shapes?: { readonly top: readonly CategoryCount[]; readonly distinct: number }
}

export interface SummaryOptions {
  /** How many frequent values to tell. */
  readonly top: number
  /** Rising edges of bins that hold every finite value, times in milliseconds since the epoch. */
  readonly edges?: readonly number[] | undefined
}

const SHAPES = 6
const SHAPE_LENGTH = 40

/**
 * Distinct and frequent values, exact extent and quantiles, histogram, lengths and shapes of a column from a single
 * GROUP BY: what is true of each value is worked out once per different value, not once per row. Numbers and times in
 * `ordered` are exact, as the engine's own text for integers and decimals.
 */
export function valueSummary(column: string, { top, edges }: SummaryOptions): QueryMetric<ValueSummary> {
  return queryMetric<ValueSummary>({
    name: 'valueSummary',
    columns: [column],
    detail: [top, edges],
    query: (context, from) => {
      const found = columnNamed(context.columns, column)
      const { dialect } = context
      const [name, v] = [id(column), raw('v')]
      const text = isFloating(found) ? raw('cast(null as varchar)') : dialect.text(v)
      const double = isNumeric(found) || isTime(found) ? asDouble(context, { ...found, name: 'v' }) : none
      const parts = [
        sql`select 'all' as part, ${noText} as a, count(*) as b, ${none} as x, ${none} as y from g`,
        sql`select 'top', ${text}, n, ${dialect.double(raw('r'))}, ${isFloating(found) ? double : none}
          from (select v, n, row_number() over (order by n desc, v) as r from g) as t where r <= ${raw(String(top))}`,
      ]
      const tables = [
        sql`g as materialized (select ${name} as v, count(*) as n from ${from} where ${name} is not null group by ${name})`,
      ]
      if (isNumeric(found) || isTime(found)) {
        const finite = isFloating(found) ? sql`where ${dialect.isFinite(v)}` : sql``
        tables.push(
          sql`f as materialized (select v, n, ${double} as x, sum(n) over (order by v) as upto, sum(n) over () as total from g ${finite})`,
        )
        const value = (which: Sql, label: Sql, where: Sql) =>
          sql`select 'at', ${isFloating(found) ? noText : dialect.text(sql`${which}(v)`)}, count(*), ${label}, ${which}(x) from f ${where}`
        parts.push(
          value(raw('min'), dialect.double(raw('0')), sql``),
          ...PERCENTS.map((percent) => {
            const share = raw(String(percent))
            return value(raw('min'), dialect.double(share), sql`where upto * 100 >= ${share} * total`)
          }),
          value(raw('max'), dialect.double(raw('100')), sql``),
        )
        if (edges)
          parts.push(
            sql`select 'bin', ${noText}, cast(sum(n) as bigint), ${dialect.double(raw('bin'))}, ${none} from (select ${binOf(edges)} as bin, n from f) as h group by bin`,
          )
      }
      if (found.type === 'string') {
        const written = dialect.text(v)
        const length = dialect.codePoints(written)
        tables.push(
          sql`l as (select ${length} as l, n from g)`,
          sql`s as (select s, cast(sum(n) as bigint) as n, row_number() over (order by sum(n) desc, s) as r
            from (select ${shapeOf(written, dialect.codePoints)} as s, n from g) as w group by s)`,
        )
        parts.push(
          sql`select 'text', 'empty', cast(coalesce(sum(n), 0) as bigint), ${none}, ${none} from l where l = 0`,
          sql`select 'text', 'min', cast(min(l) as bigint), ${none}, ${none} from l`,
          sql`select 'text', 'max', cast(max(l) as bigint), ${none}, ${none} from l`,
          sql`select 'text', 'mean', cast(null as bigint), ${none}, ${dialect.double(sql`sum(l * n)`)} / nullif(sum(n), 0) from l`,
          sql`select 'shape', s, n, ${dialect.double(raw('r'))}, ${none} from s where r <= ${raw(String(SHAPES))}`,
          sql`select 'shapes', ${noText}, count(*), ${none}, ${none} from s`,
        )
      }
      return sql`with ${join(tables)} ${join(parts, ' union all ')}`
    },
    finish: (rows) => {
      const of = (part: string) => rows.filter((row) => row[0] === part).map(([, a, b, x, y]) => ({ a, b, x, y }))
      const ranked = (part: string): readonly CategoryCount[] =>
        of(part)
          .sort((one, other) => Number(one.x) - Number(other.x))
          .map(({ a, b, y }) => ({ value: a === null ? String(y) : String(a), count: Number(b) }))
      const ordered = of('at').sort((one, other) => Number(one.x) - Number(other.x))
      const at = ordered.map(({ a, y }) => (a === null ? String(y) : String(a)))
      const bins = of('bin')
      const text = new Map(of('text').map(({ a, b, y }) => [String(a), b ?? y]))
      const shapes = ranked('shape')
      const present = ordered.length > 0 && Number(ordered[0]?.b) > 0
      return {
        distinct: Number(of('all')[0]?.b ?? 0),
        top: ranked('top'),
        ...(present ? { ordered: { min: at[0] as string, quantiles: at.slice(1, -1), max: at.at(-1) as string } } : {}),
        ...(edges ? { bins: edges.slice(1).map((_, i) => Number(bins.find(({ x }) => Number(x) === i)?.b ?? 0)) } : {}),
        ...(text.get('min') === undefined || text.get('min') === null
          ? {}
          : {
              text: {
                empty: Number(text.get('empty')),
                min: Number(text.get('min')),
                max: Number(text.get('max')),
                mean: Number(text.get('mean')),
              },
              shapes: { top: shapes, distinct: Number(of('shapes')[0]?.b) },
            }),
      }
    },
  })
}

const none = raw('cast(null as double precision)')
const noText = raw('cast(null as varchar)')
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const from = `${UPPER}${UPPER.toLowerCase()}0123456789`
const to = `${'A'.repeat(26)}${'a'.repeat(26)}${'9'.repeat(10)}`

/** How a text is built: `A` for a capital, `a` for a small letter, `9` for a digit, `·` for what is not ASCII, the rest as it is. */
function shapeOf(text: Sql, codePoints: (text: Sql) => Sql): Sql {
  const most = raw(String(SHAPE_LENGTH))
  const cut = sql`case when ${codePoints(text)} > ${most} then substr(${text}, 1, ${most}) || '…' else ${text} end`
  return sql`regexp_replace(translate(${cut}, ${from}, ${to}), '[^ -~…]', '·', 'g')`
}
