import { PGlite } from '@electric-sql/pglite'
import {
  type Engine,
  type MemoryTable,
  type QueryOptions,
  type Relation,
  ROW_NUMBER,
  type Value,
} from '../../src/engine/engine.ts'
import { AssayError, firstLine } from '../../src/errors.ts'
import type { LogicalType } from '../../src/sql/dialect.ts'
import { postgres as dialect } from '../../src/sql/dialects/postgres.ts'
import { render } from '../../src/sql/render.ts'
import { id, join, raw, type Sql, sql } from '../../src/sql/sql.ts'

let shared: Promise<Engine> | undefined

/** The Postgres of this test file, inside the process. */
export function openPostgres(): Promise<Engine> {
  shared ??= start()
  return shared
}

async function start(): Promise<Engine> {
  const database = await PGlite.create()
  await database.exec(`set timezone = 'UTC'`)
  return new Postgres(database)
}

const natives: Partial<Record<LogicalType, string>> = {
  boolean: 'boolean',
  integer: 'bigint',
  number: 'double precision',
  timestamp: 'timestamp without time zone',
  date: 'date',
}

// Oids of the types whose values a query hands over: the rest is text.
const BOOL = 16
const INT8 = 20
const INT2 = 21
const INT4 = 23
const FLOAT4 = 700
const FLOAT8 = 701
const NUMERIC = 1700

class Postgres implements Engine {
  readonly dialect = dialect
  readonly version = 'postgres (PGlite)'
  private readonly database: PGlite
  private tables = 0

  constructor(database: PGlite) {
    this.database = database
  }

  relation(): Promise<Relation> {
    return Promise.reject(new AssayError('unsupported-source', 'tables of this test come from load()'))
  }

  async load({ columns, batches }: MemoryTable): Promise<Relation> {
    const name = `rows_${++this.tables}`
    const native = columns.map(({ type }) => natives[type] ?? 'text')
    const definitions = columns.map((column, i) => sql`, ${id(column.name)} ${raw(native[i] as string)}`)
    const plain = (query: Sql) => render(query, { quote: dialect.quote, param: dialect.param })
    await this.database.exec(
      plain(sql`create table ${id(name)} (${id(ROW_NUMBER)} bigint${join(definitions, '')})`).text,
    )
    let number = 0
    for await (const { rowCount, values } of batches) {
      for (let row = 0; row < rowCount; row++) {
        const cells = columns.map(
          ({ type }, i) => sql`, cast(cast(${textOf(type, values[i]?.[row])} as text) as ${raw(native[i] as string)})`,
        )
        const { text, params } = plain(sql`insert into ${id(name)} values (${++number}${join(cells, '')})`)
        await this.database.query(text, [...params])
      }
    }
    const listed = join(columns.map((column) => id(column.name)))
    return {
      engine: this,
      columns: columns.map(({ name: column, type }, i) => ({ name: column, type, native: native[i] as string })),
      from: sql`(select ${listed} from ${id(name)}) as t`,
      numbered: sql`${id(name)} as t`,
      scanCost: 'low',
    }
  }

  async query(query: Sql, { signal }: QueryOptions = {}): Promise<readonly (readonly Value[])[]> {
    const { text, params } = render(query, dialect)
    if (signal?.aborted) throw new AssayError('aborted', `stopped: ${firstLine(signal.reason)}`)
    try {
      const result = await this.database.query<unknown[]>(text, [...params], { rowMode: 'array', parsers })
      return result.rows as Value[][]
    } catch (cause) {
      throw new AssayError('query-failed', `the engine could not run the query: ${firstLine(cause)}\n  sql: ${text}`, {
        cause,
      })
    }
  }

  async numbers(query: Sql, options: QueryOptions = {}): Promise<Float64Array> {
    const rows = await this.query(query, options)
    return Float64Array.from(rows, ([value]) => Number(value))
  }

  async close(): Promise<void> {
    await this.database.close()
  }
}

const parsers: Record<number, (text: string) => Value> = {
  [BOOL]: (text) => text === 't' || text === 'true',
  [INT2]: BigInt,
  [INT4]: BigInt,
  [INT8]: BigInt,
  [FLOAT4]: Number,
  [FLOAT8]: Number,
  // Sums of bigints are numeric; they fit a bigint when they have no fraction.
  [NUMERIC]: (text) => (/^-?\d+$/.test(text) ? BigInt(text) : Number(text)),
  1082: String,
  1114: String,
  1184: String,
}

function textOf(type: LogicalType, value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date)
    return type === 'date' ? value.toISOString().slice(0, 10) : value.toISOString().replace('Z', '')
  if (typeof value === 'object') return JSON.stringify(value)
  return Object.is(value, -0) ? '-0' : String(value as string | number | bigint | boolean)
}
