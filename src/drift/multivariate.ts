import { sampled } from '../dataset/sampled.ts'
import type { Column, Relation } from '../engine/engine.ts'
import { asDouble, columnNamed, isNumeric, isTime } from '../metrics/metric.ts'
import { domainClassifier } from '../stats/domainClassifier.ts'
import { id, join, sql } from '../sql/sql.ts'
import { decimal, numberText, shareText } from '../words/text/numbers.ts'
import { approximately, spreadOf } from './approximately.ts'
import type { Uncorrected } from './comparePairs.ts'
import type { DriftMeasure } from './drift.ts'
import type { DriftOptions } from './options.ts'
import type { Pair } from './pairs.ts'

/** Rows of a side that are looked at, and cells. */
const MOST_ROWS = 5000
const MOST_CELLS = 1_000_000
const LEAST_ROWS = 100
/** Bins of numbers, and categories that are told apart; one more is for missing values, and one for the others. */
const BINS = 32

/** How well the sides are told apart by all columns together. */
export const together: DriftMeasure = {
  name: 'multivariate',
  unit: 'AUC − ½',
  effect: 'how much better than by chance a classifier tells from all columns of which side a row is',
  limit: 0.07,
  most: 0.5,
}

/** The limit that is asked of all columns together. */
export const limitTogether = ({ multivariate }: DriftOptions): number =>
  typeof multivariate === 'object' ? multivariate.limit : together.limit

/**
 * Compares all columns together: a change of how they go with each other is seen where each by itself is as it was. A
 * classifier learns from a sample of up to 5,000 rows of each side, and is measured on those it has not learned from. What
 * it cannot tell apart another might: a pass says that this one cannot.
 */
export async function comparedTogether(
  pairs: readonly Pair[],
  { current, reference }: { readonly current: Relation; readonly reference: Relation },
  options: DriftOptions,
): Promise<Uncorrected> {
  // Instants move on, and of values without a type that can be compared nothing is learned.
  const able = pairs.filter((pair) => !isTime(pair.current) && !isTime(pair.reference))
  const names = able.map((pair) => pair.current.name)
  const size = Math.min(MOST_ROWS, Math.floor(MOST_CELLS / Math.max(1, able.length)))
  const [mine, theirs] = await Promise.all([
    cellsOf(
      current,
      able.map((pair) => pair.current),
      able,
      size,
    ),
    cellsOf(
      reference,
      able.map((pair) => pair.reference),
      able,
      size,
    ),
  ])
  const [n, m] = [mine.length, theirs.length]
  if (able.length === 0 || Math.min(n, m) < LEAST_ROWS)
    return {
      kind: 'undecided',
      why: {
        reason:
          able.length === 0
            ? 'no column is left to learn from'
            : `a classifier learns from ${LEAST_ROWS} rows of each side at least`,
        hint: 'leave multivariate out',
      },
      sql: [],
    }
  const rows = [...mine, ...theirs]
  const features = able.map((_, i) => binsOf(rows.map((row) => row[i] ?? null)))
  const { auc, error, parts } = domainClassifier(features, n, m)
  const by = parts
    .map((part, i) => ({ part, name: names[i] as string }))
    .toSorted((a, b) => b.part - a.part)
    .slice(0, 4)
    .filter(({ part }) => part >= 0.05)
    .map(({ part, name }) => `${JSON.stringify(name)} ${shareText(part)}`)
  const words = `AUC ${decimal(auc)} over ${numberText(n)} and ${numberText(m)} rows, learned from ${by.join(', ')}`
  return {
    kind: 'compared',
    method: together,
    limit: limitTogether(options),
    comparison: {
      ...approximately({ effect: Math.max(0, auc - 0.5), error }, { spread: spreadOf(n, m), most: together.most }),
      p: approximately({ effect: auc - 0.5, error }, { spread: spreadOf(n, m), most: together.most }).over(0),
      moved: words,
      discreetlyMoved: words,
      charts: [],
    },
    current: { rows: n, missing: 0 },
    reference: { rows: m, missing: 0 },
    sql: [],
    events: { cuts: [], keys: [] },
  }
}

type Cell = number | string | null

/** Cells of a sample of rows: numbers, or what else they hold as text. */
async function cellsOf(
  relation: Relation,
  columns: readonly Column[],
  pairs: readonly Pair[],
  size: number,
): Promise<readonly (readonly Cell[])[]> {
  if (columns.length === 0) return []
  const some = await sampled(relation, size, 1)
  const context = { dialect: some.engine.dialect, columns: some.columns }
  const cells = columns.map(({ name }, i) => {
    const { current, reference } = pairs[i] as Pair
    return isNumeric(current) && isNumeric(reference)
      ? asDouble(context, columnNamed(some.columns, name))
      : context.dialect.text(id(name))
  })
  const rows = await some.engine.query(sql`select ${join(cells)} from ${some.from}`)
  return rows.map((row) => row.map((cell) => (cell === null || typeof cell === 'string' ? cell : Number(cell))))
}

/** A bin for each cell: 0 without a value, numbers by their order, texts by how common they are. */
function binsOf(cells: readonly Cell[]): Uint8Array {
  const numbers = Float64Array.from(
    cells.filter((cell) => typeof cell === 'number' && Number.isFinite(cell)) as number[],
  ).sort()
  const edges = [
    ...new Set(Array.from({ length: BINS - 1 }, (_, i) => numbers[Math.floor(((i + 1) * numbers.length) / BINS)])),
  ].filter((edge) => edge !== undefined)
  const counts = new Map<string, number>()
  for (const cell of cells) if (typeof cell === 'string') counts.set(cell, (counts.get(cell) ?? 0) + 1)
  const commonest = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, BINS)
  const places = new Map(commonest.map(([text], i) => [text, i + 1]))
  return Uint8Array.from(cells, (cell) => {
    if (cell === null) return 0
    if (typeof cell === 'string') return places.get(cell) ?? BINS + 1
    if (!Number.isFinite(cell)) return BINS + 1
    let [low, high] = [0, edges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((edges[middle] as number) <= cell) low = middle + 1
      else high = middle
    }
    return low + 1
  })
}
