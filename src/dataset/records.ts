import { type MemoryColumn, memoryTable } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import type { LogicalType } from '../sql/dialect.ts'
import type { SourceKind } from './source.ts'

type Row = Readonly<Record<string, unknown>>

/** Arrays of records. Columns are the union of the records' keys, in the order they first appear. */
export const records: SourceKind = {
  name: 'records',
  reads: 'arrays of records',
  accepts: (source) => Array.isArray(source),
  label: (source) => `${(source as unknown[]).length.toLocaleString('en-US')} records`,
  files: () => [],
  async open(source) {
    const rows = source as readonly Row[]
    const names = new Set<string>()
    let previous = ''
    rows.forEach((row, i) => {
      if (typeof row !== 'object' || row === null || Array.isArray(row)) {
        const found = row === null ? 'null' : Array.isArray(row) ? 'an array' : `a ${typeof row}`
        throw new AssayError('unsupported-source', `record ${i + 1} is ${found}, not an object with named values`)
      }
      const keys = Object.keys(row)
      const shape = keys.length > 32 ? '' : keys.join('\0')
      if (shape !== '' && shape === previous) return
      previous = shape
      for (const name of keys) names.add(name)
    })
    const columns = [...names].map((name) => memoryColumn(name, rows))
    const table = memoryTable(columns, rows.length)
    return { relation: (engine, options) => engine.load(table, options), records: rows }
  },
}

function memoryColumn(name: string, rows: readonly Row[]): MemoryColumn {
  if (name.includes('\0')) {
    throw new AssayError('unsupported-source', `the column name ${JSON.stringify(name)} holds a NUL character`, {
      hint: 'rename it',
    })
  }
  // Every object inherits some names, e.g. constructor: they are no values of the record.
  const inherited = name in Object.prototype
  const values = rows.map((row) => (inherited && !Object.hasOwn(row, name) ? undefined : row[name]))
  const type = typeOfValues(values)
  return { name, type, values }
}

/** The logical type that holds all present values; `mixed` when they have several types, `string` when none is present. */
export function typeOfValues(values: ArrayLike<unknown>): LogicalType {
  let type: LogicalType | undefined
  for (let i = 0; i < values.length; i++) {
    const found = typeOfValue(values[i])
    if (found === undefined || found === type) continue
    if (type === undefined) type = found
    else if ((type === 'number' || type === 'integer') && (found === 'number' || found === 'integer')) type = 'number'
    else return 'mixed'
  }
  return type ?? 'string'
}

function typeOfValue(value: unknown): LogicalType | undefined {
  if (value === null || value === undefined) return undefined
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'number'
    case 'bigint':
      return value >= -(2n ** 63n) && value < 2n ** 63n ? 'integer' : 'mixed'
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    default:
      if (value instanceof Date) return 'timestamp'
      return Array.isArray(value) ? 'list' : 'struct'
  }
}
