import { cellOf, isHeldAsText } from '../../cells/cell.ts'
import { type Column, type Relation, ROW_TEXT, type Value } from '../../engine/engine.ts'
import { keyPath } from '../../formats/json/jsonTypes.ts'
import { asBits, hasBit } from '../../sql/bits.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { define, type JsonObject } from '../json.ts'
import { judgeReadings, jsReadings } from '../jsReading.ts'
import { valueReader } from '../nestedValue.ts'
import { cellReader, isJson, jsonValue, selected, textTypeOf } from '../reading.ts'
import type { RowValidator } from '../rowValidator.ts'
import { PAGE } from './pages.ts'
import type { JudgedRow } from './tally.ts'

export type Row = Readonly<Record<string, unknown>>
/** A row as it is read: its number, then the cells that were selected. */
export type PageRow = readonly Value[]

/** A column of a row and what its rules say of how a cell of text reads. */
export interface WantedColumn {
  readonly name: string
  readonly rules: JsonObject
}

/** How the rows of a relation are read: what to select, and the values that come of it. */
export interface Readings {
  /** What to select, of all that was asked for. */
  readonly cells: readonly Sql[]
  /** The row's JSON values, of those columns that are there and not missing; of others too where that costs nothing. */
  json(columns: readonly WantedColumn[], nullIsMissing: boolean): (row: PageRow) => Row
  /** The rows, where nothing has to be selected of them: their numbers are all there is to say. */
  pages?(signal: AbortSignal | undefined): Promise<Iterable<readonly PageRow[]> | undefined>
  /** Judges the row's JavaScript values. */
  js(columns: readonly WantedColumn[], judge: RowValidator['judge']): (row: PageRow) => JudgedRow | Promise<JudgedRow>
}

/** The readings of a relation; records are read from the originals, less what was declared missing. */
export function readingsOf(relation: Relation, records: readonly Row[] | undefined): Readings {
  if (records) return ofRecords(relation, records)
  return relation.jsonRows ? ofJson(relation) : ofCells(relation)
}

/** Cells that are selected once each, whoever asks; a place counts the row's number. */
class Selection {
  readonly cells: Sql[] = []
  private readonly places = new Map<string, number>()

  place(key: string, cell: () => Sql): number {
    const known = this.places.get(key)
    if (known !== undefined) return known
    const place = this.cells.push(cell())
    this.places.set(key, place)
    return place
  }
}

/** Of each record only which of its columns are missing is read: as bits of few numbers. */
function ofRecords(relation: Relation, records: readonly Row[]): Readings {
  const names: string[] = []
  const bitOf = (name: string): number => {
    const known = names.indexOf(name)
    return known >= 0 ? known : names.push(name) - 1
  }
  const recordOf = (row: PageRow): Row => records[Number(row[0]) - 1] as Row
  const flags = (columns: readonly WantedColumn[]) =>
    known(columns, relation).map(({ column: { name } }) => {
      const bit = bitOf(name)
      return { name, isNull: (row: PageRow): boolean => hasBit(row, 1, bit) }
    })
  return {
    get cells() {
      return asBits(names.map((name) => sql`${id(name)} is null`))
    },
    async pages(signal) {
      const counts = [sql`count(*)`, ...names.map((name) => sql`count(${id(name)})`)]
      const [found = []] = await relation.engine.query(sql`select ${join(counts)} from ${relation.from}`, { signal })
      const [all, ...present] = found.map(Number)
      const declared = names.some((name, i) => present[i] !== records.filter((record) => record[name] != null).length)
      return all !== records.length || declared ? undefined : numbers(records.length)
    },
    json(columns, nullIsMissing) {
      const wanted = flags(columns)
      const asItIs = (record: Row, row: PageRow): boolean =>
        isJson(record) &&
        wanted.every(({ name, isNull }) => {
          const value = record[name]
          if (value === null) return !nullIsMissing
          return value === undefined || !isNull(row)
        })
      return (row) => {
        const record = recordOf(row)
        if (asItIs(record, row)) return record
        const values: Record<string, unknown> = {}
        for (const { name, isNull } of wanted) {
          const value = Object.hasOwn(record, name) ? record[name] : undefined
          if (value === undefined || (value === null && nullIsMissing)) continue
          if (value === null || !isNull(row)) define(values, name, jsonValue(value))
        }
        return values
      }
    },
    js(columns, judge) {
      const wanted = flags(columns)
      return (row) => {
        const record = recordOf(row)
        const missing = wanted
          .filter(({ name, isNull }) => isNull(row) && Object.hasOwn(record, name))
          .filter(({ name }) => (record[name] ?? null) !== null)
          .map(({ name }) => name)
        // The record as it was handed over, unless some of its values were declared missing.
        if (missing.length === 0) return judge(record)
        return judge(Object.fromEntries(Object.entries(record).filter(([name]) => !missing.includes(name))))
      }
    },
  }
}

/** Rows of which nothing but the number is read. */
function* numbers(count: number): Generator<readonly PageRow[]> {
  for (let from = 0; from < count; from += PAGE)
    yield Array.from({ length: Math.min(PAGE, count - from) }, (_, i) => [from + i + 1])
}

function ofJson(relation: Relation): Readings {
  const selection = new Selection()
  const reader = (columns: readonly WantedColumn[], nullIsMissing: boolean) => {
    const wanted = known(columns, relation).map(({ column }) => ({
      name: column.name,
      place: selection.place(column.name, () => jsonCell(column, relation)),
    }))
    return (row: PageRow): Row => {
      const values: Record<string, unknown> = {}
      for (const { name, place } of wanted) {
        const cell = row[place] as Value
        if (cell !== null && !(nullIsMissing && cell === 'null')) define(values, name, JSON.parse(String(cell)))
      }
      return values
    }
  }
  return {
    cells: selection.cells,
    json: reader,
    js(columns, judge) {
      const read = reader(columns, false)
      return (row) => judge(read(row))
    },
  }
}

/** The JSON text of a record's value; null where it is absent, or declared missing. */
function jsonCell(column: Column, { engine }: Relation): Sql {
  const { name, key = name } = column
  const path = literal(keyPath(key))
  const record = id(ROW_TEXT)
  return sql`case when not ${cellOf(column, engine.dialect).missing} or json_type(${record}, ${path}) = 'NULL'
    then cast(json_extract(${record}, ${path}) as varchar) end`
}

function ofCells(relation: Relation): Readings {
  const selection = new Selection()
  const { dialect } = relation.engine
  const text = (column: Column): Sql => cellOf(column, dialect).text
  return {
    cells: selection.cells,
    json(columns) {
      const wanted = known(columns, relation).map(({ column, rules }) => {
        const { name, type } = column
        if (!isHeldAsText(column)) {
          const place = selection.place(`json ${name}`, () => selected(column, dialect))
          return { name, place, read: valueReader(column) }
        }
        const read = cellReader(rules, textTypeOf(rules, type))
        const place = selection.place(`text ${name}`, () => text(column))
        return { name, place, read: (value: Value) => read(String(value)) }
      })
      return (row) => {
        const values: Record<string, unknown> = {}
        for (const { name, place, read } of wanted) {
          const cell = row[place] as Value
          const value = cell === null ? undefined : read(cell)
          if (value !== undefined) define(values, name, value)
        }
        return values
      }
    },
    js(columns, judge) {
      const wanted = known(columns, relation).map(({ column }) => column)
      const places = wanted.map((column) => {
        if (isHeldAsText(column)) return selection.place(`text ${column.name}`, () => text(column))
        return column.type === 'decimal'
          ? selection.place(`digits ${column.name}`, () => dialect.text(id(column.name)))
          : selection.place(`json ${column.name}`, () => selected(column, dialect))
      })
      const read = judgeReadings(
        wanted.map(({ name }) => name),
        wanted.map((column) => jsReadings(column)),
        judge,
      )
      return (row) => read(places.map((place) => row[place] as Value))
    },
  }
}

function known(columns: readonly WantedColumn[], relation: Relation) {
  return columns.flatMap(({ name, rules }) => {
    const column = relation.columns.find((candidate) => candidate.name === name)
    return column ? [{ column, rules }] : []
  })
}
