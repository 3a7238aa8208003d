import type { Column, Value } from '../../engine/engine.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { id, join, literal, raw, type Sql, sql } from '../../sql/sql.ts'
import type { CategoryCount } from './topValues.ts'
import { binOf } from '../bins.ts'
import {
  asDouble,
  columnNamed,
  isFloating,
  isMeasured,
  type MetricContext,
  type QueryMetric,
  queryMetric,
} from '../metric.ts'

/** The shares at which quantiles are told, in percent. */
export const PERCENTS = [5, 25, 50, 75, 95] as const

/** What one pass over the different values of a column tells; missing values are left out. */
export interface ValueSummary {
  /** Values that are there. */
  readonly values: number
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

/** Ways in which texts are built, and characters of one, that are told. */
export const SHAPES = 6
export const SHAPE_LENGTH = 40

/** A column, and the bins that its values are counted in. */
export interface Summarized {
  readonly name: string
  /** Rising edges of bins that hold every finite value, times in milliseconds since the epoch. */
  readonly edges?: readonly number[] | undefined
}

/**
 * Distinct and frequent values, exact extent and quantiles, histogram, lengths and shapes of a column from a single
 * GROUP BY: what is true of each value is worked out once per different value, not once per row. Numbers and times in
 * `ordered` are exact, as the engine's own text for integers and decimals.
 */
export function valueSummary(column: string, { top, edges }: SummaryOptions): QueryMetric<ValueSummary> {
  const all = valueSummaries([{ name: column, edges }], top)
  return { ...all, finish: (rows) => all.finish(rows)[0] as ValueSummary }
}

/** `valueSummary` of several columns of one type from a single query, in their order. */
export function valueSummaries(columns: readonly Summarized[], top: number): QueryMetric<readonly ValueSummary[]> {
  return queryMetric<readonly ValueSummary[]>({
    name: 'valueSummary',
    columns: columns.map(({ name }) => name),
    detail: [top, columns.map(({ edges }) => edges)],
    query: (context, from) => summaryQuery(context, from, columns, top),
    finish: (rows) => {
      const own: (readonly Value[])[][] = columns.map(() => [])
      for (const row of rows) own[Number(row[0])]?.push(row.slice(1))
      return own.map((some, i) => summaryOf(some, columns[i]?.edges))
    },
  })
}

function summaryQuery(context: MetricContext, from: Sql, columns: readonly Summarized[], top: number): Sql {
  const { dialect } = context
  const [first] = columns.map(({ name }) => columnNamed(context.columns, name)) as [Column]
  const v = raw('v')
  const text = isFloating(first) ? noText : dialect.text(v)
  const measured = isMeasured(first)
  const double = measured ? asDouble(context, { ...first, name: 'v' }) : none
  const parts = [
    sql`select c, 'all' as part, ${noText} as a, count(*) as b, ${none} as x, ${dialect.double(sql`sum(n)`)} as y from g group by c`,
    sql`select c, 'top', ${text}, n, ${dialect.double(raw('r'))}, ${isFloating(first) ? double : none}
      from (select c, v, n, row_number() over (partition by c order by n desc, v) as r from ${commonest(dialect, top)}) as t where r <= ${raw(String(top))}`,
  ]
  const tables = [sql`g as materialized (${counted(columns, from)})`]
  if (measured) {
    const finite = isFloating(first) ? sql`where ${dialect.isFinite(v)}` : sql``
    tables.push(
      sql`f as materialized (select c, v, n, ${double} as x, sum(n) over (partition by c order by v) as upto, sum(n) over (partition by c) as total from g ${finite})`,
    )
    const atLeast = (share: number) => sql`case when upto * 100 >= ${raw(String(share))} * total then`
    const shares = [0, ...PERCENTS, 100]
    const shown = (share: number) => (isFloating(first) ? noText : dialect.text(sql`min(${atLeast(share)} v end)`))
    const lines = shares.map((share) => ({ share, a: shown(share), y: sql`min(${atLeast(share)} x end)` }))
    parts.push(
      ofEach(
        'at',
        raw('f'),
        lines.map(({ share, a, y }) => ({ a, b: sql`count(*)`, x: dialect.double(raw(String(share))), y })),
      ),
    )
    if (columns.some(({ edges }) => edges))
      parts.push(
        sql`select c, 'bin', ${noText}, cast(sum(n) as bigint), ${dialect.double(raw('bin'))}, ${none} from (${binned(columns)}) as h group by c, bin`,
      )
  }
  if (first.type === 'string') {
    const written = dialect.text(v)
    const length = dialect.codePoints(written)
    tables.push(
      sql`l as (select c, ${length} as l, n from g)`,
      // Texts that differ in their digits only are one before letters, which cost most, are looked at.
      sql`d as (select c, d, sum(n) as n from (select c, ${withoutDigits(written, dialect.codePoints)} as d, n from g) as w group by c, d)`,
      sql`s as materialized (select c, s, cast(sum(n) as bigint) as n, row_number() over (partition by c order by sum(n) desc, s) as r
        from (select c, ${withoutLetters(raw('d'))} as s, n from d) as w group by c, s)`,
    )
    parts.push(
      ofEach('text', raw('l'), [
        { a: raw("'empty'"), b: sql`cast(sum(case when l = 0 then n else 0 end) as bigint)`, x: none, y: none },
        { a: raw("'min'"), b: sql`cast(min(l) as bigint)`, x: none, y: none },
        { a: raw("'max'"), b: sql`cast(max(l) as bigint)`, x: none, y: none },
        { a: raw("'mean'"), b: noCount, x: none, y: sql`${dialect.double(sql`sum(l * n)`)} / sum(n)` },
      ]),
      sql`select c, 'shape', s, n, ${dialect.double(raw('r'))}, ${none} from s where r <= ${raw(String(SHAPES))}`,
      sql`select c, 'shapes', ${noText}, count(*), ${none}, ${none} from s group by c`,
    )
  }
  return sql`with ${join(tables)} ${join(parts, ' union all ')}`
}

/** A line of the answer, as aggregates. */
interface Line {
  readonly a: Sql
  readonly b: Sql
  readonly x: Sql
  readonly y: Sql
}

/** Lines of each column of a table, which is read once for all of them. */
function ofEach(part: string, table: Sql, lines: readonly Line[]): Sql {
  const cells = (['a', 'b', 'x', 'y'] as const).map((name) => ({
    own: lines.map((line, i) => sql`${line[name]} as ${raw(`${name}${i}`)}`),
    told: sql`case i ${join(
      lines.map((_, i) => raw(`when ${i} then ${name}${i}`)),
      ' ',
    )} end`,
  }))
  const numbers = join(lines.map((_, i) => raw(`(${i})`)))
  return sql`select c, ${raw(`'${part}'`)}, ${join(cells.map(({ told }) => told))}
    from (select c, ${join(cells.flatMap(({ own }) => own))} from ${table} group by c) as w cross join (values ${numbers}) as line(i)`
}

/** How often each value `v` of the columns, by place `c`, occurs: `n`. */
function counted(columns: readonly Summarized[], from: Sql): Sql {
  const [first, ...others] = columns.map(({ name }) => id(name)) as [Sql, ...Sql[]]
  if (others.length === 0)
    return sql`select 0 as c, ${first} as v, count(*) as n from ${from} where ${first} is not null group by ${first}`
  const places = raw(`range(${columns.length})`)
  return sql`select c, v, count(*) as n from (select unnest(${places}) as c, unnest([${join([first, ...others])}]) as v from ${from}) as u
    where v is not null group by c, v`
}

/** The bin of each finite value. */
function binned(columns: readonly Summarized[]): Sql {
  const [only, ...others] = columns as [Summarized, ...Summarized[]]
  if (others.length === 0 && only.edges) return sql`select c, ${binOf(only.edges)} as bin, n from f`
  const lists = columns.flatMap(({ edges }, c) =>
    // As one text: of a wide table there are hundreds of thousands of edges.
    edges ? [sql`(${raw(String(c))}, ${literal(`[${edges.slice(0, -1).join(', ')}]`)}::double[])`] : [],
  )
  return sql`select f.c, len(list_filter(edges, lambda edge: edge <= x)) - 1 as bin, n from f join (values ${join(lists)}) as e(c, edges) on f.c = e.c`
}

function summaryOf(rows: readonly (readonly Value[])[], edges: readonly number[] | undefined): ValueSummary {
  const parts = new Map<string, { a: Value; b: Value; x: Value; y: Value }[]>()
  for (const [part, a = null, b = null, x = null, y = null] of rows) {
    const list = parts.get(String(part)) ?? []
    list.push({ a, b, x, y })
    parts.set(String(part), list)
  }
  const of = (part: string) => parts.get(part) ?? []
  const ranked = (part: string): readonly CategoryCount[] =>
    [...of(part)]
      .sort((one, other) => Number(one.x) - Number(other.x))
      .map(({ a, b, y }) => ({ value: a === null ? String(y) : String(a), count: Number(b) }))
  const ordered = [...of('at')].sort((one, other) => Number(one.x) - Number(other.x))
  const at = ordered.map(({ a, y }) => (a === null ? String(y) : String(a)))
  const bins = new Map(of('bin').map(({ b, x }) => [Number(x), Number(b)]))
  const text = new Map(of('text').map(({ a, b, y }) => [String(a), Number(b ?? y)]))
  const lengths = text.size > 0
  return {
    values: Number(of('all')[0]?.y ?? 0),
    distinct: Number(of('all')[0]?.b ?? 0),
    top: ranked('top'),
    ...(ordered.length > 0
      ? { ordered: { min: at[0] as string, quantiles: at.slice(1, -1), max: at.at(-1) as string } }
      : {}),
    ...(edges ? { bins: edges.slice(1).map((_, i) => bins.get(i) ?? 0) } : {}),
    ...(lengths
      ? {
          text: {
            empty: text.get('empty') as number,
            min: text.get('min') as number,
            max: text.get('max') as number,
            mean: text.get('mean') as number,
          },
          shapes: { top: ranked('shape'), distinct: Number(of('shapes')[0]?.b) },
        }
      : {}),
  }
}

const none = raw('cast(null as double precision)')
const noText = raw('cast(null as varchar)')
const noCount = raw('cast(null as bigint)')
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = UPPER.toLowerCase()
const DIGITS = '0123456789'

/**
 * How a text is built: `A` for a capital, `a` for a small letter, `9` for a digit, `·` for what is not ASCII, the rest as
 * it is. First its digits, of its first characters.
 */
function withoutDigits(text: Sql, codePoints: (text: Sql) => Sql): Sql {
  const most = raw(String(SHAPE_LENGTH))
  const cut = sql`case when ${codePoints(text)} > ${most} then substr(${text}, 1, ${most}) || '…' else ${text} end`
  return sql`translate(${cut}, ${DIGITS}, ${'9'.repeat(DIGITS.length)})`
}

/** Then its letters, and all else that is not ASCII. */
function withoutLetters(text: Sql): Sql {
  const letters = sql`translate(${text}, ${UPPER + LOWER}, ${'A'.repeat(UPPER.length) + 'a'.repeat(LOWER.length)})`
  return sql`regexp_replace(${letters}, '[^ -~…]', '·', 'g')`
}

/** The values of `g` among which the most frequent of each column are: an engine that lists them need not rank all. */
function commonest({ unnests }: Dialect, top: number): Sql {
  if (!unnests) return raw('g')
  return sql`(select c, t.v as v, -t.m as n from (select c, unnest(min({'m': -n, 'v': v}, ${raw(String(top))})) as t from g group by c) as u) as g`
}
