import { datasetOf, type Dataset } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { type Engine, type MemoryColumn, memoryTable } from '../../src/engine/engine.ts'
import type { LogicalType } from '../../src/sql/dialect.ts'
import { openPostgres } from '../helpers/pglite.ts'

export type Rows = readonly (readonly unknown[])[]
export type Columns = readonly { readonly name: string; readonly type: LogicalType }[]

export interface ConformingEngine {
  readonly name: string
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
