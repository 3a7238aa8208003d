import type { Dataset } from '../dataset/dataset.ts'
import { REDACTED } from '../dataset/personal.ts'
import {
  FILE_ROW,
  type QueryOptions,
  type Relation,
  ROW_FILE,
  ROW_NUMBER,
  type RowPlace,
  type Value,
} from '../engine/engine.ts'
import type { Cell, Sample, ValueCount } from '../results/checkResult.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import type { FailingRows } from './check.ts'

/** Failing rows shown at most. */
export const SAMPLE_ROWS = 20
const SAMPLE_COLUMNS = 8
const LONGEST_CELL = 500
/** Different failing values told at most, and failing rows that are counted for it at most. */
const SAMPLE_VALUES = 8
const COUNTED_ROWS = 1_000_000

/**
 * The first failing rows in row order: key columns, the offending ones, then others up to eight; and where there are more
 * failing rows than shown, the commonest failing values.
 */
export async function sampleOf(
  dataset: Dataset,
  relation: Relation,
  { where, from = (table) => table, marked, total }: FailingRows,
  options: QueryOptions,
): Promise<Sample> {
  const names = relation.columns.map(({ name }) => name)
  const first = [...new Set([...dataset.key, ...marked])].filter((name) => names.includes(name))
  const shown = [...new Set([...first, ...names])].slice(0, Math.max(SAMPLE_COLUMNS, first.length))
  const { dialect } = relation.engine
  const cellOf = (name: string): Sql => {
    const column = relation.columns.find((candidate) => candidate.name === name)
    // One character more than is kept, so that a cut is seen.
    return sql`substr(${dialect.text(id(column?.cellName ?? column?.rawName ?? name))}, 1, ${raw(String(LONGEST_CELL + 1))})`
  }
  const cells = shown.map(cellOf)
  const numbered = relation.numbered !== undefined
  const about = numbered ? (relation.files ? [ROW_NUMBER, FILE_ROW, ROW_FILE] : [ROW_NUMBER]) : []
  const selected = [...about.map((name) => id(name)), ...cells]
  const order = numbered ? sql`order by ${id(ROW_NUMBER)}` : sql`order by ${join(shown.map((name) => id(name)))}`
  const offending = marked.filter((name) => shown.includes(name))
  const personal = new Set(dataset.pii)
  const secret = (name: string): boolean => personal.has(name)
  const counted = total > SAMPLE_ROWS && offending.length > 0 && !offending.some(secret)
  const [rows, groups] = await Promise.all([
    relation.engine.query(
      sql`select ${join(selected)} from ${from(relation.numbered ?? relation.from)} where ${where} ${order} limit ${SAMPLE_ROWS}`,
      options,
    ),
    counted
      ? relation.engine.query(
          commonest(offending.map(cellOf), sql`${from(relation.numbered ?? relation.from)} where ${where}`),
          options,
        )
      : [],
  ])
  const places = numbered ? rows.map((row) => placeOf(row, relation)) : []
  const lines = numbered ? await relation.locate?.(places, options) : undefined
  return {
    columns: shown,
    ...(numbered ? { rowNumbers: places.map(({ row }) => row) } : {}),
    ...(relation.files ? { files: places.map(({ file }) => String(file)) } : {}),
    ...(lines ? { lines } : {}),
    rows: rows.map((row) => row.slice(about.length).map((value, i) => cell(value, secret(shown[i] as string)))),
    marked: offending.map((name) => shown.indexOf(name)),
    total,
    ...(groups.length > 0
      ? { values: groups.map(valueCount), ...(total > COUNTED_ROWS ? { counted: COUNTED_ROWS } : {}) }
      : {}),
  }
}

/** The commonest of the failing values with their counts. */
function commonest(cells: readonly Sql[], failing: Sql): Sql {
  const names = cells.map((_, i) => id(`v${i}`))
  const selected = join(cells.map((value, i) => sql`${value} as ${names[i] as Sql}`))
  const grouped = join(names)
  return sql`select ${grouped}, count(*) as n from (select ${selected} from ${failing} limit ${raw(String(COUNTED_ROWS))}) as failing group by ${grouped} order by n desc, ${grouped} limit ${SAMPLE_VALUES}`
}

function valueCount(row: readonly Value[]): ValueCount {
  return { cells: row.slice(0, -1).map((value) => cell(value, false)), count: Number(row.at(-1)) }
}

function placeOf([row, fileRow, file]: readonly Value[], { files }: Relation): RowPlace {
  return files ? { row: Number(fileRow), file: String(file) } : { row: Number(row) }
}

function cell(value: Value | undefined, secret: boolean): Cell {
  if (value === null || value === undefined) return null
  if (secret) return REDACTED
  const text = String(value)
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text
}
