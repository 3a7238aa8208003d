import { type MemoryColumn, memoryTable } from '../../engine/engine.ts'
import { logicalOf } from '../../engine/exactType.ts'
import { AssayError } from '../../errors.ts'
import { nameFindings, type OwnName, ownNames, withFindings } from '../ownNames.ts'
import { equal, isRecord, type RecordRow, type RecordsCopy } from './recordsCopy.ts'
import { Nesting } from './nesting.ts'
import { exactOfShape, isPlain, shapeOf } from './shape.ts'
import type { OpenedSource } from '../source.ts'
import { unreadable } from './unreadable.ts'

/** Opens records as they were seen. */
export function openRecords(seen: RecordsCopy): OpenedSource {
  const { records, rowCount, isOwn } = seen
  for (const [row, record] of seen.nameless) checkRecord(record, row + 1)
  const keys = [...seen.columns.keys()]
  const names = ownNames(keys, 'the records')
  const columns = [...seen.columns.values()].map(({ values, held }, i) => {
    const where = (row: number): string => `${JSON.stringify(keys[i])} of record ${row + 1}`
    const { name } = names[i] as OwnName
    // Where no value is an object but dates, what they are held as is the values themselves.
    return datesAsInstants(held.size === 0 ? columnOf(name, values, where) : memoryColumn(name, values, where))
  })
  const table = memoryTable(columns, rowCount, { isFixed: isOwn })
  const findings = nameFindings(names, { file: 'the records' })
  const renamed = new Map(keys.map((key, i) => [key, (names[i] as OwnName).name]))
  return {
    relation: async (engine, options) => withFindings(await engine.load(table, options), findings),
    values: { columns, rowCount },
    records: findings.length > 0 ? records.map((row) => underNames(row, renamed)) : records,
  }
}

const underNames = (row: RecordRow, names: ReadonlyMap<string, string>): RecordRow =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [names.get(key) ?? key, value]))

/** The names of all values, in the order they first appear. `before` is the number of the record before these. */
export function columnNames(rows: readonly unknown[], before = 0): string[] {
  const names = new Set<string>()
  let previous: readonly string[] = []
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]
    const keys = isRecord(row) ? Object.keys(row) : []
    if (keys.length === 0) checkRecord(row, before + i + 1)
    if (equal(keys, previous)) continue
    previous = keys
    for (const name of keys) names.add(name)
  }
  return [...names]
}

/** Throws for what has no names, but for an empty record. */
function checkRecord(row: unknown, number: number): void {
  if (isRecord(row) && isPlain(row)) return
  const what = row as { constructor?: { name?: string } } | null | undefined
  const description =
    row === null || row === undefined
      ? String(row)
      : Array.isArray(row)
        ? 'an array'
        : `a ${typeof row === 'object' ? (what?.constructor?.name ?? 'object') : typeof row}`
  throw new AssayError('unsupported-source', `record ${number} is ${description}, not an object with named values`)
}

/** The column's value of each record. Names that every object inherits, `__proto__` among them, are read with care. */
export function cells(rows: readonly RecordRow[], name: string): unknown[] {
  return name in Object.prototype
    ? rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined))
    : rows.map((row) => row[name])
}

/** A column of JavaScript values, of the type that holds them all; `where` says where a value stands, for errors. */
export function memoryColumn(name: string, values: ArrayLike<unknown>, where: (index: number) => string): MemoryColumn {
  const isOwn = holdsOwnJson(values, where)
  return columnOf(name, isOwn ? Array.from(values, (value, i) => plainAt(value, i, where)) : values, where)
}

function columnOf(name: string, values: ArrayLike<unknown>, where: (index: number) => string): MemoryColumn {
  const exact = exactOfShape(shapeOf(values, where))
  return { name, type: logicalOf(exact), exact, values }
}

/** A column of JavaScript's dates, which are instants, told from one of timestamps without zone. */
export function datesAsInstants<C extends Omit<MemoryColumn, 'values'>>(column: C): C {
  return column.type === 'timestamp' ? { ...column, instants: true } : column
}

/** Whether values say themselves how they read as JSON (decimals, dates and addresses of libraries do). */
function holdsOwnJson(values: ArrayLike<unknown>, where: (index: number) => string): boolean {
  if (ArrayBuffer.isView(values)) return false
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (typeof value === 'object' && value !== null && isForJson(value, i, where)) return true
  }
  return false
}

const isForJson = (value: object, index: number, where: (index: number) => string): boolean =>
  needsPlain(value, new Nesting<boolean>(() => where(index)))

function needsPlain(value: object, nesting: Nesting<boolean>): boolean {
  if (value instanceof Date || ArrayBuffer.isView(value)) return value instanceof DataView
  if (isOwnJson(value) || value instanceof ArrayBuffer) return true
  return nesting.of(value, () => {
    const inner = value instanceof Map || value instanceof Set ? value.values() : Object.values(value)
    let needs = false
    for (const one of inner) if (typeof one === 'object' && one !== null && needsPlain(one, nesting)) needs = true
    return needs
  })
}

const isOwnJson = (value: object): value is { toJSON(): unknown } =>
  'toJSON' in value && typeof value.toJSON === 'function'

function plainAt(value: unknown, index: number, where: (index: number) => string): unknown {
  try {
    return plain(value)
  } catch (cause) {
    throw unreadable(where(index), cause)
  }
}

function plain(value: unknown, made = new Map<object, unknown>()): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (!made.has(value))
    made.set(
      value,
      plainObject(value, (inner) => plain(inner, made)),
    )
  return made.get(value)
}

function plainObject(value: object, inner: (value: unknown) => unknown): unknown {
  if (value instanceof DataView) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  if (ArrayBuffer.isView(value)) return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (isOwnJson(value)) return inner(value.toJSON())
  if (Array.isArray(value)) return value.map(inner)
  if (value instanceof Set) return Array.from(value, inner)
  if (value instanceof Map) return new Map(Array.from(value, ([key, one]) => [inner(key), inner(one)]))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one)]))
}
