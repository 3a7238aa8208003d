import { derivationOf } from '../engine/derivation.ts'
import type { Relation } from '../engine/engine.ts'
import { columnNamed } from './metric.ts'
import type { MetricRequest } from './metricRequest.ts'

/** Rows from which on counting them by value costs less than judging each. */
const LEAST_ROWS = 100_000
/** So many different values, or fewer, are looked for in each row. */
const FEW = 64
/** Metrics of a column that cost more than finding the place of its value. */
const LEAST_METRICS = 3

/** By relation, the texts that columns of few values hold at the front. */
export type FrontValues = ReadonlyMap<Relation, ReadonlyMap<string, readonly string[]>>

/**
 * The texts of columns with few of them, of text files, where several metrics ask for the column: its rows are then counted
 * by value, and only those with another value are judged one by one. What the front tells wrong about the rest costs time,
 * and changes no number.
 */
export function frontValues(asks: readonly MetricRequest[]): FrontValues {
  const counts = new Map<Relation, Map<string, number>>()
  for (const { metric, relation, by } of asks) {
    const [name] = metric.columns
    if (by !== undefined || metric.pass !== 'scan' || name === undefined || metric.columns.length > 1) continue
    if (!isCountable(relation) || columnNamed(relation.columns, name).type !== 'string') continue
    const own = counts.get(relation) ?? new Map<string, number>()
    counts.set(relation, own.set(name, (own.get(name) ?? 0) + 1))
  }
  return new Map(
    [...counts].map(([relation, own]) => [
      relation,
      new Map(
        [...own].flatMap(([name, count]) => {
          const texts = count >= LEAST_METRICS ? fewTexts(relation.frontTexts?.(name) ?? []) : []
          return texts.length > 0 ? [[name, texts] as const] : []
        }),
      ),
    ]),
  )
}

const isCountable = (relation: Relation): boolean =>
  relation.scanCost === 'high' &&
  relation.engine.dialect.unnests === true &&
  (relation.mostRows ?? 0) >= LEAST_ROWS &&
  derivationOf(relation).steps.length === 0

/** The different texts; none where there are too many. */
function fewTexts(texts: Iterable<string>): readonly string[] {
  const different = new Set<string>()
  for (const text of texts) if (different.add(text).size > FEW) return []
  return [...different]
}
