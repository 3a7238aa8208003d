import { isNumeric } from '../metrics/metric.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { numberText } from '../words/text/numbers.ts'
import { type categoryCounts, MOST_CATEGORIES } from './categoryCounts.ts'
import type { DriftSide, NotComparable } from './drift.ts'

/** A side whose values are counted. */
export type CategorySide = DriftSide<{ counts: ReturnType<typeof categoryCounts> }>

/** Whether both columns have categories of one kind; numbers have when asked. */
export function haveCategories(current: LogicalType, reference: LogicalType): boolean {
  return kindOf(current) !== undefined && kindOf(current) === kindOf(reference)
}

function kindOf(type: LogicalType): string | undefined {
  if (isNumeric({ name: '', native: '', type })) return 'numbers'
  return ['string', 'boolean', 'mixed'].includes(type) ? type : undefined
}

/**
 * Why a column has no categories to compare: it is mostly unique on both sides (a small sample of many categories is
 * mostly unique too), has more values than are counted, or has many values of few rows each that are all others than the
 * reference's, in any spelling of case.
 */
export function noCategories(current: CategorySide, reference: CategorySide): NotComparable | undefined {
  const unique = [current, reference].every(({ rows, missing, values: { counts } }) => {
    const distinct = counts.counts.size
    return distinct > 50 && distinct > (rows - missing) / 2
  })
  const long = [current, reference].find(({ values: { counts } }) => counts.truncated)
  if (!unique && !long && !disjoint(current, reference)) return undefined
  const { column, rows, missing, values } = long ?? current
  const many = long ? `more than ${numberText(MOST_CATEGORIES)}` : numberText(values.counts.counts.size)
  return {
    reason: `column ${JSON.stringify(column.name)} has ${many} different values in ${numberText(rows - missing)} rows, so it holds identifiers or free text rather than categories`,
    hint: 'name it in `except`, or compare a column made from it that has fewer values',
    apart: 'identifiers or free text',
  }
}

function disjoint(current: CategorySide, reference: CategorySide): boolean {
  const many = [current, reference].every(({ rows, missing, values: { counts } }) => {
    const distinct = counts.counts.size
    return distinct > 50 && distinct > (rows - missing) / 20
  })
  if (!many) return false
  const folded = new Set([...reference.values.counts.counts.keys()].map((key) => key.trim().toLowerCase()))
  return ![...current.values.counts.counts.keys()].some((key) => folded.has(key.trim().toLowerCase()))
}
