import { dataset, datasetOf, type Dataset } from '../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../src/dataset/datasetOptions.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { type Engine, type MemoryColumn, memoryTable } from '../../src/engine/engine.ts'
import type { LogicalType } from '../../src/sql/dialect.ts'
import { isDate } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'
import { openPostgres } from '../helpers/pglite.ts'

export type Rows = readonly (readonly unknown[])[]
export type Columns = readonly { readonly name: string; readonly type: LogicalType }[]

export interface ConformingEngine {
  readonly name: string
  /** Every cell is text, read as its column's type. */
  readonly textual?: true
  open(rows: Rows, columns: Columns): Promise<Dataset>
}

function conforming(name: string, engine: () => Promise<Engine>): ConformingEngine {
  return {
    name,
    async open(rows, columns) {
      const memory = columns.map((column, i): MemoryColumn => ({ ...column, values: rows.map((row) => row[i]) }))
      const relation = await (await engine()).load(memoryTable(memory, rows.length))
      return datasetOf(relation, { name: 'awkward', key: 'id' })
    },
  }
}

/** The first is the oracle for the others. One line for each engine. */
export const engines: readonly [ConformingEngine, ...ConformingEngine[]] = [
  conforming('DuckDB', sharedDuckDB),
  conforming('Postgres', openPostgres),
]

/** Tables drawn at random for an engine: the long suites draw three times as many. */
export const runs = ({ name }: ConformingEngine): number =>
  (name === 'DuckDB' ? 4 : 2) * (process.env.ASSAY_SUITE === 'all' ? 3 : 1)

const MISSING = '\\N'

function written(value: unknown, type: LogicalType): string {
  if (value === null || value === undefined) return MISSING
  if (isDate(value)) return value.toISOString().slice(0, type === 'date' ? 10 : -1)
  const text = Object.is(value, -0) ? '-0' : String(value as string | number)
  return quoted(text)
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** The same rows in a text file, whose columns are said to be of their types: held to the same truth. */
export const textFile: ConformingEngine = {
  name: 'a text file',
  textual: true,
  async open(rows, columns) {
    const lines = rows.map((row) => row.map((value, i) => written(value, (columns[i] as Columns[number]).type)))
    const header = columns.map(({ name }) => quoted(name))
    const text = [header, ...lines].map((cells) => `${cells.join(',')}\n`).join('')
    const types = Object.fromEntries(columns.map(({ name, type }) => [name, type])) as DatasetOptions['types'] & {}
    return dataset(await temporaryFile('awkward.csv', text), { name: 'awkward', key: 'id', types, missing: [MISSING] })
  },
}
