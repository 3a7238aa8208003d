import type { Dataset } from '../../dataset/dataset.ts'
import { REDACTED } from '../../dataset/personal.ts'
import { type QueryOptions, type Relation, ROW_NUMBER, type RowPlace, type Value } from '../../engine/engine.ts'
import type { Cell, RowsBlock } from '../../results/blocks/rows.ts'
import { id, join, raw, type Sql, sql } from '../../sql/sql.ts'
import type { FailingRows } from '../check.ts'
import { failingRows } from './failingRows.ts'
import { type FoundRows, placeColumns, placesOf } from './foundRows.ts'
import { type CommonValues, LONGEST_CELL, MOST_VALUES, type RowsWanted, shownCells } from './rowsWanted.ts'
import { SAMPLE_ROWS } from './sampleRows.ts'
import { type RepeatedRows, repeatedRows } from './repeatedRows.ts'

const SAMPLE_COLUMNS = 8
/** Failing rows that one check by itself counts the values of at most. */
const COUNTED_ROWS = 1_000_000

/**
 * The first failing rows in row order: key columns, the offending ones, then others up to eight; and where there are more
 * failing rows than shown, the commonest failing values.
 */
export async function sampleOf(
  dataset: Dataset,
  relation: Relation,
  failing: FailingRows,
  options: QueryOptions,
): Promise<RowsBlock> {
  const { repeated, where } = failing
  if (!repeated) return sampled(dataset, relation, failing, options)
  const rows = await repeatedRows(relation, repeated, where as Sql, options)
  return sampled(dataset, relation, { ...failing, where: rows.where }, options, rows)
}

async function sampled(
  dataset: Dataset,
  relation: Relation,
  { where, from, marked, total }: FailingRows,
  options: QueryOptions,
  repeated?: RepeatedRows,
): Promise<RowsBlock> {
  const names = relation.columns.map(({ name }) => name)
  const first = [...new Set([...dataset.key, ...marked])].filter((name) => names.includes(name))
  const shown = [...new Set([...first, ...names])].slice(0, Math.max(SAMPLE_COLUMNS, first.length))
  const { dialect } = relation.engine
  const offending = marked.filter((name) => shown.includes(name))
  const personal = new Set(dataset.pii)
  const secret = (name: string): boolean => personal.has(name)
  const counted = total > SAMPLE_ROWS && offending.length > 0 && !offending.some(secret) ? offending : []
  const wanted = { where, total, most: SAMPLE_ROWS, shown, counted }
  const together = Array.isArray(where) || (dialect.holds && from === undefined)
  // What is common among the first rows is not what is common among repeated ones.
  const everywhere = repeated !== undefined && counted.length > 0
  const failing =
    relation.numbered && together
      ? {
          ...(await failingRows(relation, everywhere ? { ...wanted, counted: [] } : wanted, options)),
          ...(everywhere ? { common: await commonRepeated(relation, where as Sql, wanted, options, repeated) } : {}),
        }
      : await failingAlone(relation, { ...wanted, where: where as Sql, from: from ?? ((table) => table) }, options)
  const { rows, common } = failing
  return {
    kind: 'rows',
    columns: shown,
    ...(relation.numbered ? { rowNumbers: rows.map(({ place }) => place.row) } : {}),
    ...(relation.files ? { files: rows.map(({ place }) => String(place.file)) } : {}),
    ...(relation.locate && relation.numbered ? { lines: rows.map(({ line }) => line as number) } : {}),
    rows: rows.map(({ cells }) => cells.map((value, i) => cell(value, secret(shown[i] as string)))),
    marked: offending.map((name) => shown.indexOf(name)),
    total,
    ...(common
      ? {
          values: common.values.map(({ cells, count }) => ({ cells: cells.map((one) => cell(one, false)), count })),
          ...(common.rows < total ? { counted: common.rows } : {}),
        }
      : {}),
  }
}

/** The failing rows of one check by queries of its own: where it looks elsewhere, or the rows have no order. */
async function failingAlone(
  relation: Relation,
  {
    where,
    from,
    total,
    most,
    shown,
    counted,
  }: RowsWanted & { readonly where: Sql; readonly from: (table: Sql) => Sql },
  options: QueryOptions,
): Promise<FoundRows> {
  const { engine, columns, numbered } = relation
  const cellOf = shownCells(columns, engine.dialect)
  const about = numbered ? placeColumns(relation) : []
  const selected = [...about.map((name) => id(name)), ...shown.map(cellOf)]
  const order = numbered ? id(ROW_NUMBER) : join(shown.map((name) => id(name)))
  const table = from(numbered ?? relation.from)
  const [rows, common] = await Promise.all([
    engine.query(sql`select ${join(selected)} from ${table} where ${where} order by ${order} limit ${most}`, options),
    counted.length > 0 ? commonValues(relation, where, { counted, total }, options, table) : undefined,
  ])
  const places = placesOf(relation, rows)
  const lines = numbered ? await relation.locate?.(places, options) : undefined
  return {
    rows: rows.map((row, i) => ({
      place: places[i] as RowPlace,
      line: lines?.[i],
      cells: row.slice(about.length),
    })),
    common,
  }
}

/** The commonest values among rows that share theirs. */
async function commonRepeated(
  relation: Relation,
  where: Sql,
  wanted: RowsWanted,
  options: QueryOptions,
  repeated: RepeatedRows,
): Promise<CommonValues | undefined> {
  const known = wanted.total <= COUNTED_ROWS ? await repeated.common(wanted.total) : undefined
  return known ?? commonValues(relation, where, wanted, options)
}

/** The commonest of the failing values with their counts; undefined where there is no failing row. */
async function commonValues(
  { engine, columns, numbered, from }: Relation,
  where: Sql,
  { counted, total }: Pick<RowsWanted, 'counted' | 'total'>,
  options: QueryOptions,
  table: Sql = numbered ?? from,
): Promise<CommonValues | undefined> {
  const names = counted.map((_, i) => id(`v${i}`))
  const cells = counted.map(shownCells(columns, engine.dialect))
  const selected = join(cells.map((value, i) => sql`${value} as ${names[i] as Sql}`))
  // A limit keeps the rows in order, which costs more than the rows it leaves out where those are none.
  const first = total > COUNTED_ROWS ? sql` limit ${raw(String(COUNTED_ROWS))}` : raw('')
  const grouped = join(names)
  const groups = await engine.query(
    sql`select ${grouped}, count(*) as n from (select ${selected} from ${table} where ${where}${first}) as failing group by ${grouped} order by n desc, ${grouped} limit ${MOST_VALUES}`,
    options,
  )
  const values = groups.map((row) => ({ cells: row.slice(0, -1), count: Number(row.at(-1)) }))
  return values.length > 0 ? { values, rows: Math.min(total, COUNTED_ROWS) } : undefined
}

function cell(value: Value | undefined, secret: boolean): Cell {
  if (value === null || value === undefined) return null
  if (secret) return REDACTED
  const text = String(value)
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text
}
