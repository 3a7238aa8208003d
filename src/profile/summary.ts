import { held } from '../cells/held.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { fingerprintOf, relationOf } from '../dataset/opened.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { distinctCount, missingCount, rowCount } from '../metrics/index.ts'
import { valueAtHand } from '../metrics/answers.ts'
import { runMetrics } from '../metrics/run.ts'
import type { ColumnProfile, DatasetSummary } from '../results/runDocument.ts'
import { raw, sql } from '../sql/sql.ts'
import { describedColumns } from './describedColumns.ts'
import { withProvenTypes } from './textTypes.ts'

/** A table of so many rows, and cells, is described whole: fewer rows of wide tables. */
const MOST_ROWS = 5_000
const MOST_CELLS = 1_000_000
/** Rows of a larger one that are looked at. */
const FIRST_ROWS = 2_000
/** Columns that are looked at: no page shows more. */
const MOST_COLUMNS = 400
const TOP = 8

/**
 * What is in a dataset at next to no cost, for a report beside its checks: the columns as its first 2,000 rows show them,
 * with what the checks have counted of all rows. A table of fewer than 5,000 rows, or a million cells, is described whole,
 * as `profile` does. Of a wide table the first 400 columns are described.
 */
export async function summary(dataset: Dataset, options: QueryOptions = {}): Promise<DatasetSummary> {
  const [whole, fingerprint] = await Promise.all([relationOf(dataset), fingerprintOf(dataset)])
  const relation = { ...whole, columns: whole.columns.slice(0, MOST_COLUMNS) }
  const most = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / Math.max(1, relation.columns.length))))
  const front = await frontOf(relation, most, options)
  try {
    const isWhole = (await rowsOf(front, options)) < most
    const looked = isWhole ? front : firstOf(front, Math.min(most, FIRST_ROWS))
    const described = await describedColumns(await withProvenTypes(looked, options), {
      secret: dataset.pii,
      top: TOP,
      exactUpTo: Number.POSITIVE_INFINITY,
      ...options,
    })
    const more = whole.columns.length - relation.columns.length
    const about = {
      name: dataset.name,
      source: dataset.identity.source,
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(more > 0 ? { moreColumns: more } : {}),
    }
    const rows = isWhole ? described.rows : await rowsOf(whole, options)
    if (rows <= described.rows) return { ...about, ...described }
    const columns = await Promise.all(described.columns.map((column) => withCounted(column, described.rows, whole)))
    return { ...about, rows, sample: described.rows, columns }
  } finally {
    await front.release?.()
  }
}

/** The first rows: in a table of their own, since each question would read the source again. */
async function frontOf(relation: Relation, first: number, options: QueryOptions): Promise<Relation> {
  if (!relation.engine.dialect.holds) return firstOf(relation, first)
  // What reads a file of columns in a cheap way looks in vain at a table of the engine.
  const { columnar: _, ...front } = await held(relation, { first, bare: true, ...options })
  return front
}

function firstOf({ release: _, numbered: __, ...relation }: Relation, first: number): Relation {
  return { ...relation, from: sql`(select * from ${relation.from} limit ${raw(String(first))}) as t` }
}

async function rowsOf(relation: Relation, options: QueryOptions): Promise<number> {
  const found = (await runMetrics([rowCount()], relation, options)).get(rowCount().key)
  if (!found?.ok) throw found?.error
  return found.value as number
}

/** What is true of the first rows only is not said of all; what was counted of all stands instead of it. */
async function withCounted(
  { constant: _, ...column }: ColumnProfile,
  rows: number,
  relation: Relation,
): Promise<ColumnProfile> {
  const [missing, distinct] = await Promise.all([
    valueAtHand(missingCount(column.name), relation),
    valueAtHand(distinctCount(column.name), relation),
  ])
  const whole = [
    ...(missing === undefined ? [] : ['missing' as const]),
    ...(distinct === undefined ? [] : ['distinct' as const]),
  ]
  return {
    ...column,
    among: rows - column.missing,
    missing: missing ?? column.missing,
    ...(distinct === undefined ? {} : { distinct }),
    ...(whole.length > 0 ? { whole } : {}),
  }
}
