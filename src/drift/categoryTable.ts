import type { Sizes } from '../stats/shareDifference.ts'
import type { CategoryCounts } from './categoryCounts.ts'

/** One category with its rows on both sides. */
export interface Category {
  /** As text shows it: a value in quotes, or `(missing)`. */
  readonly name: string
  /** As a chart shows it: without quotes. */
  readonly label: string
  readonly current: number
  readonly reference: number
}

interface Counted {
  readonly missing: number
  readonly values: { readonly counts: CategoryCounts }
}

/** All categories of both sides, commonest first. Missing values and unreadable cells are categories of their own. */
export function categoryTable(current: Counted, reference: Counted): readonly Category[] {
  const here = current.values.counts
  const there = reference.values.counts
  const keys = [...new Set([...here.counts.keys(), ...there.counts.keys()])]
  const rows = keys.map((key): Category => {
    const shown = key.length > 60 ? `${key.slice(0, 59)}…` : key
    const name = JSON.stringify(shown)
    const label = special.has(key) ? name : shown
    return { name, label, current: here.counts.get(key) ?? 0, reference: there.counts.get(key) ?? 0 }
  })
  const add = (name: string, mine: number, theirs: number) => {
    if (mine + theirs > 0) rows.push({ name, label: name, current: mine, reference: theirs })
  }
  add(MISSING, current.missing, reference.missing)
  add(UNREADABLE, here.unreadable, there.unreadable)
  return rows.sort((a, b) => b.current + b.reference - (a.current + a.reference) || (a.name < b.name ? -1 : 1))
}

const MISSING = '(missing)'
const UNREADABLE = '(unreadable)'
/** How a chart names the categories it folds. */
export const OTHERS = '(others)'
const special: ReadonlySet<string> = new Set([MISSING, UNREADABLE, OTHERS])

/** The categories as two lists of shares. */
export function sharesOf(table: readonly Category[]): (category: Category) => { current: number; reference: number } {
  const total = (side: 'current' | 'reference') => table.reduce((sum, category) => sum + category[side], 0)
  return sharesIn({ n: total('current'), m: total('reference') })
}

/** Shares of so many rows. */
export function sharesIn({ n, m }: Sizes): (category: Category) => { current: number; reference: number } {
  return ({ current, reference }) => ({ current: current / n, reference: reference / m })
}
