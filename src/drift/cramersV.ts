import { numberText } from '../words/text/numbers.ts'
import { isNumeric } from '../metrics/metric.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { chiSquare } from '../stats/chiSquare.ts'
import { balancedV, balancedVDetectable, balancedVInterval, balancedVRows } from '../stats/balancedV.ts'
import { categoryCounts, MOST_CATEGORIES } from './categoryCounts.ts'
import { categoryTable } from './categoryTable.ts'
import { categoryChart } from './charts.ts'
import { type DriftMethod, type DriftSide, driftMethod, type NotComparable } from './drift.ts'
import { categoriesMoved } from './moved.ts'

type Side = DriftSide<{ counts: ReturnType<typeof categoryCounts> }>

/**
 * Cramér's V for text and booleans, and for numbers when asked by name. Missing values are a category, new and lost
 * ones are too, and so are the cells of a text file that are not of their column's type. V is that of two sides
 * of equal weight, so it does not depend on how many rows each has; p is that of the chi-square test of homogeneity. Rare categories are not merged: they add less to V than chance allows for, and the
 * interval counts on that. A column that is mostly unique on both sides, or has more than 10,000 values, has no
 * categories to compare.
 */
export const cramersV: DriftMethod = driftMethod({
  name: 'cramersV',
  unit: 'V',
  effect: "Cramér's V of the shares, both sides weighing the same",
  limit: 0.1,
  accepts: (current, reference) => kindOf(current) !== undefined && kindOf(current) === kindOf(reference),
  suits: (current, reference) => current === reference && ['string', 'boolean', 'mixed'].includes(current),
  metrics: (column) => ({ counts: categoryCounts(column) }),
  compare(current, reference, { limit, confidence }) {
    const none = noCategories(current, reference)
    if (none) return none
    const table = categoryTable(current, reference)
    const [here, there] = [table.map((category) => category.current), table.map((category) => category.reference)]
    const found = balancedV(here, there)
    const rows = balancedVRows(found.v, found.df, limit, confidence)
    return {
      effect: found.v,
      interval: balancedVInterval(found, confidence),
      p: chiSquare(here, there).p,
      leastDetectable: balancedVDetectable(found, limit, confidence),
      ...(rows === undefined ? {} : { rowsToDecide: rows }),
      moved: categoriesMoved(table, false),
      discreetlyMoved: categoriesMoved(table, true),
      charts: [categoryChart(table)],
    }
  },
})

function kindOf(type: LogicalType): string | undefined {
  if (isNumeric({ name: '', native: '', type })) return 'numbers'
  return ['string', 'boolean', 'mixed'].includes(type) ? type : undefined
}

/**
 * Why a column has no categories to compare. A small sample of many categories is mostly unique too, so both sides
 * must be.
 */
function noCategories(current: Side, reference: Side): NotComparable | undefined {
  const unique = [current, reference].every(({ rows, missing, values: { counts } }) => {
    const distinct = counts.counts.size
    return distinct > 50 && distinct > (rows - missing) / 2
  })
  const long = [current, reference].find(({ values: { counts } }) => counts.truncated)
  if (!unique && !long) return undefined
  const { column, rows, missing, values } = long ?? current
  const many = long ? `more than ${numberText(MOST_CATEGORIES)}` : numberText(values.counts.counts.size)
  return {
    reason: `column ${JSON.stringify(column.name)} has ${many} different values in ${numberText(rows - missing)} rows, so it holds identifiers or free text rather than categories`,
    hint: 'name it in `except`, or compare a column made from it that has fewer values',
  }
}
