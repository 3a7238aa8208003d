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
import type { Cell, Sample } from '../results/checkResult.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import type { FailingRows } from './check.ts'

/** Failing rows shown at most. */
export const SAMPLE_ROWS = 20
const SAMPLE_COLUMNS = 8
const LONGEST_CELL = 500

/** The first failing rows in row order: key columns, the offending ones, then others up to eight. */
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
  const cells = shown.map((name): Sql => {
    const column = relation.columns.find((candidate) => candidate.name === name)
    // One character more than is kept, so that a cut is seen.
    return sql`substr(${dialect.text(id(column?.cellName ?? column?.rawName ?? name))}, 1, ${raw(String(LONGEST_CELL + 1))})`
  })
  const numbered = relation.numbered !== undefined
  const about = numbered ? (relation.files ? [ROW_NUMBER, FILE_ROW, ROW_FILE] : [ROW_NUMBER]) : []
  const selected = [...about.map((name) => id(name)), ...cells]
  const order = numbered ? sql`order by ${id(ROW_NUMBER)}` : sql`order by ${join(shown.map((name) => id(name)))}`
  const rows = await relation.engine.query(
    sql`select ${join(selected)} from ${from(relation.numbered ?? relation.from)} where ${where} ${order} limit ${SAMPLE_ROWS}`,
    options,
  )
  const places = numbered ? rows.map((row) => placeOf(row, relation)) : []
  const lines = numbered ? await relation.locate?.(places, options) : undefined
  return {
    columns: shown,
    ...(numbered ? { rowNumbers: places.map(({ row }) => row) } : {}),
    ...(relation.files ? { files: places.map(({ file }) => String(file)) } : {}),
    ...(lines ? { lines } : {}),
    rows: rows.map((row) =>
      row.slice(about.length).map((value, i) => cell(value, dataset.pii.includes(shown[i] as string))),
    ),
    marked: marked.map((name) => shown.indexOf(name)).filter((i) => i >= 0),
    total,
  }
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
