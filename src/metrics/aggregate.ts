import type { Value } from '../engine/engine.ts'
import type { Dialect } from '../sql/dialect.ts'
import { fingerprintSql } from '../sql/render.ts'
import { join, raw, type Sql, sql } from '../sql/sql.ts'
import { histogramSql, type Threshold } from './bins.ts'

/**
 * A number that a scan computes over its rows, described: the planner writes the SQL, for all rows or for groups of
 * them. Values that are null are left out. Of no rows, what counts is 0, and everything else null.
 */
export type Aggregate =
  /** How many rows there are. */
  | { readonly fn: 'rows' }
  /** For how many rows a condition is true. */
  | { readonly fn: 'rowsWhere'; readonly of: Sql }
  /** How many different combinations of expressions there are in the rows where a condition is true. */
  | { readonly fn: 'combinations'; readonly of: readonly Sql[]; readonly where: Sql }
  /** How many different ones of the integers from 0 to `most` an expression has; any other makes the query fail. */
  | { readonly fn: 'marked'; readonly of: Sql; readonly most: number }
  /** Of an expression: how many values, about how many different ones, their extent and sum, the mean of doubles. */
  | { readonly fn: 'count' | 'approximateDistinct' | 'min' | 'max' | 'sum' | 'mean'; readonly of: Sql }
  /** Sample standard deviation, of doubles of those below `SQUARABLE`; null under two of them. */
  | { readonly fn: 'deviation'; readonly of: Sql; readonly floating: boolean }
  /** The quantile of an expression at a share of its values, between two of them interpolated: the engine holds them all. */
  | { readonly fn: 'quantile'; readonly of: Sql; readonly share: number }
  /** About the quantiles of an expression, at shares of its values, as text with spaces between. */
  | { readonly fn: 'approximateQuantiles'; readonly of: Sql; readonly shares: readonly number[] }
  /** How many values of a double lie up to each of rising thresholds and above the last, as text with spaces between; see `histogramSql`. */
  | { readonly fn: 'bins'; readonly of: Sql; readonly thresholds: readonly Threshold[] }
  /** A number that is known without looking. */
  | { readonly fn: 'constant'; readonly value: number }

const functions = {
  count: 'count',
  min: 'min',
  max: 'max',
  sum: 'sum',
} as const

/** The aggregate in SQL. */
export function aggregateSql(aggregate: Aggregate, dialect: Dialect): Sql {
  switch (aggregate.fn) {
    case 'rows':
      return raw('count(*)')
    case 'rowsWhere':
      return dialect.countIf(aggregate.of)
    case 'combinations': {
      const [first, ...others] = aggregate.of
      const values = others.length === 0 ? first : sql`row(${join(aggregate.of)})`
      return sql`count(distinct case when ${aggregate.where} then ${values as Sql} end)`
    }
    case 'marked':
      return sql`coalesce(bit_count(bitstring_agg(${aggregate.of}, 0::bigint, ${raw(String(aggregate.most))}::bigint)), 0)`
    case 'approximateDistinct':
      return sql`approx_count_distinct(${aggregate.of})`
    case 'quantile':
      return sql`percentile_cont(${raw(String(aggregate.share))}) within group (order by ${aggregate.of})`
    case 'approximateQuantiles':
      return sql`array_to_string(approx_quantile(${aggregate.of}, ${raw(`[${aggregate.shares.join(', ')}]`)}), ' ')`
    case 'bins':
      return sql`array_to_string(map_values(${histogramSql(aggregate.of, aggregate.thresholds)}), ' ')`
    case 'mean':
      return dialect.mean(aggregate.of)
    case 'deviation':
      return dialect.stddev(aggregate.of, aggregate.floating)
    case 'constant':
      return raw(String(aggregate.value))
    default:
      return sql`${raw(functions[aggregate.fn])}(${aggregate.of})`
  }
}

/** What it is of no rows. */
export function ofNoRows(aggregate: Aggregate): Value {
  if (aggregate.fn === 'constant') return aggregate.value
  return ['rows', 'rowsWhere', 'combinations', 'marked', 'count', 'approximateDistinct'].includes(aggregate.fn)
    ? 0
    : null
}

/** A text that is the same for the same aggregate. */
export function aggregateKey(aggregate: Aggregate): string {
  const { fn } = aggregate
  if (fn === 'rows') return fn
  if (fn === 'quantile') return `${fn} ${aggregate.share} ${fingerprintSql(aggregate.of)}`
  if (fn === 'approximateQuantiles') return `${fn} ${aggregate.shares.join(' ')} ${fingerprintSql(aggregate.of)}`
  if (fn === 'bins') return `${fn} ${JSON.stringify(aggregate.thresholds)} ${fingerprintSql(aggregate.of)}`
  if (fn === 'combinations') return `${fn} ${fingerprintSql(join([...aggregate.of, aggregate.where]))}`
  return fn === 'constant' ? `${fn} ${aggregate.value}` : `${fn} ${fingerprintSql(aggregate.of)}`
}
