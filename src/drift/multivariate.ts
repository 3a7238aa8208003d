import { sampled } from '../dataset/sampled.ts'
import type { Column, Relation } from '../engine/engine.ts'
import { asDouble, columnNamed, isNumeric, isTime } from '../metrics/metric.ts'
import { domainClassifier } from '../stats/domainClassifier.ts'
import { id, join, sql } from '../sql/sql.ts'
import { decimal, numberText, shareText } from '../words/text/numbers.ts'
import { approximately, spreadOf } from './approximately.ts'
import { type LearnedCell, featuresOf } from './learned.ts'
import type { Uncorrected } from './compared.ts'
import type { DriftMeasure } from './drift.ts'
import type { DriftOptions } from './options.ts'
import type { ColumnPair } from './pairs.ts'

/** Rows of a side that are looked at, and cells. */
const MOST_ROWS = 5000
const MOST_CELLS = 1_000_000
const LEAST_ROWS = 100

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
  pairs: readonly ColumnPair[],
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
  const features = able.flatMap((_, i) =>
    featuresOf(rows.map((row) => row[i] ?? null)).map(({ of, bins }) => ({
      name: `${JSON.stringify(names[i])}${of === undefined ? '' : ` (${of})`}`,
      bins,
    })),
  )
  const { auc, error, parts } = domainClassifier(
    features.map(({ bins }) => bins),
    n,
    m,
  )
  const learned = new Map<string, number>()
  for (const [i, { name }] of features.entries()) learned.set(name, (learned.get(name) ?? 0) + (parts[i] as number))
  const by = [...learned]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 4)
    .filter(([, part]) => part >= 0.05)
    .map(([name, part]) => `${name} ${shareText(part)}`)
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

/** Cells of a sample of rows: numbers, or what else they hold as text. */
async function cellsOf(
  relation: Relation,
  columns: readonly Column[],
  pairs: readonly ColumnPair[],
  size: number,
): Promise<readonly (readonly LearnedCell[])[]> {
  if (columns.length === 0) return []
  const some = await sampled(relation, size, 1)
  const context = { dialect: some.engine.dialect, columns: some.columns }
  const cells = columns.map(({ name }, i) => {
    const { current, reference } = pairs[i] as ColumnPair
    return isNumeric(current) && isNumeric(reference)
      ? asDouble(context, columnNamed(some.columns, name))
      : context.dialect.text(id(name))
  })
  const rows = await some.engine.query(sql`select ${join(cells)} from ${some.from}`)
  return rows.map((row) => row.map((cell) => (cell === null || typeof cell === 'string' ? cell : Number(cell))))
}
