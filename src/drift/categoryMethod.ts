import type { LogicalType } from '../sql/dialect.ts'
import type { Sizes } from '../stats/shareDifference.ts'
import { haveCategories, noCategories } from './categories.ts'
import { categoryCounts } from './categoryCounts.ts'
import { categoryFindings } from './categoryFindings.ts'
import { type Category, categoryTable } from './categoryTable.ts'
import { categoryChart } from './charts.ts'
import { type DriftComparison, type DriftMethod, driftMethod } from './drift.ts'
import type { DriftFinding } from './finding.ts'
import { categoriesMoved } from './moved.ts'

/** The rows of each category on both sides. */
export interface CategoryRows {
  readonly here: readonly number[]
  readonly there: readonly number[]
  readonly sizes: Sizes
}

type Measurement = Pick<DriftComparison, 'effect' | 'over' | 'under' | 'p' | 'leastDetectable' | 'spreadToDecide'>

interface CategoryMethod extends Pick<DriftMethod, 'name' | 'unit' | 'effect' | 'limit' | 'most'> {
  /** Whether it is the method of choice; default: of none. */
  suits?(current: LogicalType, reference: LogicalType): boolean
  /** Undefined where it compares two categories and there are others. */
  measure(rows: CategoryRows): Measurement | undefined
  /** What it looks for beside what is looked for in all categories. */
  findings?(table: readonly Category[]): readonly DriftFinding[]
}

/**
 * A method that compares how often each category occurs, of text, booleans, and numbers when asked by name. Missing values
 * are a category, new and lost ones are too, and so are the cells of a text file that are not of their column's type. A
 * column that is mostly unique on both sides, or has more than 10,000 values, has no categories to compare.
 */
export function categoryMethod({ measure, suits, findings, ...about }: CategoryMethod): DriftMethod {
  return driftMethod({
    ...about,
    accepts: haveCategories,
    suits: suits ?? (() => false),
    metrics: (column) => ({ counts: categoryCounts(column) }),
    compare(current, reference) {
      const none = noCategories(current, reference)
      if (none) return none
      const table = categoryTable(current, reference)
      const sizes = { n: current.rows, m: reference.rows }
      const measured = measure({
        here: table.map((category) => category.current),
        there: table.map((category) => category.reference),
        sizes,
      })
      if (!measured) {
        const name = JSON.stringify(current.column.name)
        return {
          reason: `column ${name} has ${table.length} categories, missing values among them, and ${about.name} compares two`,
          hint: 'use largestShare, or leave the method out',
        }
      }
      return {
        ...measured,
        moved: categoriesMoved(table, false),
        discreetlyMoved: categoriesMoved(table, true),
        charts: [categoryChart(table)],
        findings: [...categoryFindings(table, sizes), ...(findings?.(table) ?? [])],
      }
    },
  })
}

/** Two categories at most, the second without rows where there is one. */
export function twoCategories({ here, there }: CategoryRows) {
  return here.length > 2 ? undefined : { here: here[0] ?? 0, there: there[0] ?? 0 }
}
