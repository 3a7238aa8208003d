import type { DuckDBType } from '@duckdb/node-api'
import { duckdb as dialect } from '../sql/dialects/duckdb.ts'
import { id, join, literal, quoted, raw, type Sql, sql } from '../sql/sql.ts'
import type { ExactType } from './exactType.ts'

type Api = typeof import('@duckdb/node-api')

/** The engine's type of a column of an exact type. */
export function duckdbType(type: ExactType, api: Api): DuckDBType {
  switch (type.kind) {
    case 'boolean':
      return api.BOOLEAN
    case 'double':
      return api.DOUBLE
    case 'float':
      return api.FLOAT
    case 'binary':
      return api.BLOB
    case 'date':
      return api.DATE
    case 'interval':
      return api.INTERVAL
    case 'integer':
      return integerType(type.bits, type.signed, api)
    case 'decimal':
      return api.DECIMAL(type.precision, type.scale)
    case 'timestamp':
      if (type.zoned) return api.TIMESTAMPTZ
      return { s: api.TIMESTAMP_S, ms: api.TIMESTAMP_MS, us: api.TIMESTAMP, ns: api.TIMESTAMP_NS }[type.unit]
    case 'time':
      return type.unit === 'ns' ? api.TIME_NS : api.TIME
    case 'dictionary':
      return api.ENUM(type.values)
    case 'list':
      return api.LIST(duckdbType(type.item, api))
    case 'struct':
      return new api.DuckDBStructType(
        type.fields.map(({ name }) => name),
        type.fields.map((field) => duckdbType(field.type, api)),
      )
    case 'map':
      return api.MAP(duckdbType(type.key, api), duckdbType(type.value, api))
    default:
      return api.VARCHAR
  }
}

function integerType(bits: 8 | 16 | 32 | 64 | 128, signed: boolean, api: Api): DuckDBType {
  const types = signed
    ? { 8: api.TINYINT, 16: api.SMALLINT, 32: api.INTEGER, 64: api.BIGINT, 128: api.HUGEINT }
    : { 8: api.UTINYINT, 16: api.USMALLINT, 32: api.UINTEGER, 64: api.UBIGINT, 128: api.UHUGEINT }
  return types[bits]
}

/** The type as SQL: names and values of it are data, so they are quoted. */
export function typeSql(type: ExactType): Sql {
  switch (type.kind) {
    case 'list':
      return sql`${typeSql(type.item)}[]`
    case 'struct':
      return sql`struct(${join(type.fields.map((field) => sql`${id(field.name)} ${typeSql(field.type)}`))})`
    case 'map':
      return sql`map(${typeSql(type.key)}, ${typeSql(type.value)})`
    case 'dictionary':
      return sql`enum(${join(type.values.map(literal))})`
    default:
      return raw(fullName(type))
  }
}

/** The engine's name of the type, for people. */
export const typeName = (type: ExactType): string => (type.kind === 'dictionary' ? 'ENUM' : fullName(type))

/** What the engine calls the type, told without it. */
function fullName(type: ExactType): string {
  switch (type.kind) {
    case 'dictionary':
      return `ENUM(${type.values.map(quoted).join(', ')})`
    case 'boolean':
    case 'double':
    case 'float':
    case 'date':
    case 'interval':
      return type.kind.toUpperCase()
    case 'binary':
      return 'BLOB'
    case 'integer':
      return `${type.signed ? '' : 'U'}${{ 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT', 128: 'HUGEINT' }[type.bits]}`
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`
    case 'timestamp':
      return type.zoned
        ? 'TIMESTAMP WITH TIME ZONE'
        : { s: 'TIMESTAMP_S', ms: 'TIMESTAMP_MS', us: 'TIMESTAMP', ns: 'TIMESTAMP_NS' }[type.unit]
    case 'time':
      return type.unit === 'ns' ? 'TIME_NS' : 'TIME'
    case 'list':
      return `${fullName(type.item)}[]`
    case 'struct':
      return `STRUCT(${type.fields.map((field) => `${dialect.quote(field.name)} ${fullName(field.type)}`).join(', ')})`
    case 'map':
      return `MAP(${fullName(type.key)}, ${fullName(type.value)})`
    default:
      return 'VARCHAR'
  }
}
