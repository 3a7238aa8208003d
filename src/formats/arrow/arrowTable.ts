import type { MemoryBatch, MemoryTable, ValidBits } from '../../engine/engine.ts'
import { type ExactType, logicalOf } from '../../engine/exactType.ts'
import { AssayError, firstLine } from '../../errors.ts'
import { arrowCells, type ArrowData, dictionaryCells } from './arrowCells.ts'
import { type ArrowField, type ArrowType, exactOfArrow, isDictionary, kind, unitOf } from './arrowTypes.ts'
import { checkWhole } from './arrowWhole.ts'
import { type OwnName, ownNames } from '../ownNames.ts'

/** What is read of a record batch. */
export interface ArrowBatch {
  readonly schema: ArrowSchema
  readonly numRows: number
  readonly data: {
    readonly children: readonly ArrowData[]
    readonly type?: { readonly children?: readonly ArrowField[] }
  }
}

export interface ArrowSchema {
  readonly fields: readonly ArrowField[]
}

/** Rows converted at a time where they are not copied whole. */
const SLICE = 65_536
/** Rows that a batch may have without a bit for each. */
const UNBACKED = 2 ** 24
/** Dictionaries up to this size stay dictionaries. */
const LARGEST_DICTIONARY = 20_000

/**
 * Record batches as a table for the engine. Dictionaries of text stay dictionaries as far as `known` batches (all of
 * a table, the first of a file) show their values; others are read as their values. `names` says what of the names is
 * not the fields' own.
 */
export function arrowTable(
  schema: ArrowSchema,
  batches: Iterable<ArrowBatch> | AsyncIterable<ArrowBatch>,
  known: readonly ArrowBatch[],
  of: string,
): MemoryTable & { readonly names: readonly OwnName[] } {
  const fields = known[0] ? fieldsOf(known[0]) : schema.fields
  const names = ownNames(
    fields.map(({ name }) => name),
    of,
  )
  const exact = fields.map(({ type, name }, i) =>
    orDamaged(of, () => dictionaryOf(type, known, i, name) ?? exactOfArrow(type)),
  )
  const columns = names.map(({ name }, i) => {
    const type = exact[i] as ExactType
    return { name, type: logicalOf(type), exact: type }
  })
  // A table is loaded into each engine that asks for it, and again where that was stopped.
  return { columns, batches: { [Symbol.asyncIterator]: () => converted(fields, exact, batches, of) }, names }
}

/** What goes wrong while a batch is read is a damaged batch. */
async function* converted(...[fields, exact, batches, of]: Parameters<typeof unchecked>): AsyncGenerator<MemoryBatch> {
  try {
    yield* unchecked(fields, exact, batches, of)
  } catch (cause) {
    throw damaged(of, cause)
  }
}

/** What goes wrong while something is looked at is that it is damaged. */
export function orDamaged<T>(of: string, look: () => T): T {
  try {
    return look()
  } catch (cause) {
    throw damaged(of, cause)
  }
}

/** Says of what is read that it is damaged, in our words. */
function damaged(of: string, cause: unknown): AssayError {
  if (cause instanceof AssayError) return cause
  return new AssayError('unreadable-file', `${of} cannot be read as Arrow: ${firstLine(cause)}`, {
    hint: 'it is damaged or cut off; get it again, or write it anew',
    cause,
  })
}

async function* unchecked(
  fields: readonly ArrowField[],
  exact: readonly ExactType[],
  batches: Iterable<ArrowBatch> | AsyncIterable<ArrowBatch>,
  of: string,
): AsyncGenerator<MemoryBatch> {
  const expected = fields.map(fieldText)
  let number = 0
  for await (const batch of batches) {
    const { numRows, data } = batch
    number++
    const actual = fieldsOf(batch).map(fieldText)
    const wrong = expected.findIndex((field, i) => field !== actual[i])
    if (wrong >= 0 || actual.length !== expected.length) {
      const at = wrong >= 0 ? wrong : expected.length
      throw new AssayError(
        'unreadable-file',
        `batch ${number} of ${of} has ${actual[at] ?? 'no more columns'} where the first has ${expected[at] ?? 'no more columns'}`,
        { hint: 'batches of one dataset have the same columns in the same order' },
      )
    }
    if (numRows === 0) continue
    checkBacked(data.children, numRows)
    data.children.forEach((child, i) => checkWhole(child, numRows, fields[i]?.name ?? ''))
    const readers = exact.map((type, i) => columnReader(type, data.children[i] as ArrowData))
    for (let start = 0; start < numRows; start += SLICE) {
      const end = Math.min(start + SLICE, numRows)
      const parts = readers.map((read) => read(start, end))
      yield {
        rowCount: end - start,
        values: parts.map(({ values }) => values),
        valid: parts.map(({ valid }) => valid),
      }
    }
  }
}

/** Rows of nothing but missing values take no bytes: a damaged batch can say that it has 2^50 of them. */
function checkBacked(columns: readonly ArrowData[], rows: number): void {
  const most = Math.max(UNBACKED, 8 * bytesOf(columns))
  const over = (parts: readonly ArrowData[]): boolean =>
    parts.some(({ length, children }) => length > most || over(children))
  if (rows > most || over(columns))
    throw new RangeError(`a batch says that it has ${rows} rows, and holds no bytes for them`)
}

const bytesOf = (parts: readonly ArrowData[]): number =>
  parts.reduce((sum, { values, nullBitmap, valueOffsets, typeIds, children }) => {
    const own = [values as Uint8Array | undefined, nullBitmap, valueOffsets, typeIds]
    return sum + own.reduce((bytes, one) => bytes + (one?.byteLength ?? 0), 0) + bytesOf(children)
  }, 0)

/** A batch's own schema says of columns with one name that all of them are as the last. */
export const fieldsOf = ({ schema, data }: ArrowBatch): readonly ArrowField[] => data.type?.children ?? schema.fields

const fieldText = ({ name, type }: ArrowField): string => `${JSON.stringify(name)} (${String(type)})`

type Part = { readonly values: ArrayLike<unknown>; readonly valid?: ValidBits }

/** Reads a stretch of a column: typed arrays as they are, others value by value. */
function columnReader(type: ExactType, data: ArrowData): (start: number, end: number) => Part {
  const whole = type.kind === 'dictionary' ? codes(type.values, data) : copiedWhole(data)
  if (whole) {
    const { nullBitmap, offset } = data
    const bytes = data.nullCount > 0 && nullBitmap ? nullBitmap : undefined
    return (start, end) => ({
      values: whole.subarray(start, end),
      ...(bytes ? { valid: { bytes, offset: offset + start } } : {}),
    })
  }
  const read = arrowCells(data)
  return (start, end) => ({ values: Array.from({ length: end - start }, (_, i) => read(start + i)) })
}

/** The column's own array, where the engine's column has the same layout. */
function copiedWhole({ type, values }: ArrowData): NodeJS.TypedArray | undefined {
  const same =
    type.typeId === kind.int ||
    type.typeId === kind.duration ||
    (type.typeId === kind.float && type.precision !== 0) ||
    (type.typeId === kind.date && type.unit === 0) ||
    (type.typeId === kind.time && type.bitWidth === 64) ||
    (type.typeId === kind.timestamp && (!type.timezone || unitOf(type) === 'us'))
  return same ? (values as NodeJS.TypedArray) : undefined
}

/** The dictionary that all batches' values of a column of text are in; undefined where there is no use in one. */
function dictionaryOf(
  type: ArrowType,
  batches: readonly ArrowBatch[],
  column: number,
  name: string,
): ExactType | undefined {
  const inner = type.dictionary?.typeId
  if (!isDictionary(type) || (inner !== kind.utf8 && inner !== kind.largeUtf8 && inner !== kind.utf8View))
    return undefined
  const values = new Set<string>()
  const seen = new Set<unknown>()
  for (const { data, numRows } of batches) {
    if (numRows === 0) continue
    const part = data.children[column] as ArrowData
    checkWhole(part, numRows, name)
    if (seen.has(part.dictionary)) continue
    seen.add(part.dictionary)
    if (sizeOf(part) > LARGEST_DICTIONARY) return undefined
    const read = dictionaryCells(part)
    for (let i = 0; i < sizeOf(part); i++) {
      const value = read(i)
      // The engine's own dictionaries hold neither nulls nor NUL characters.
      if (typeof value !== 'string' || value.includes('\0')) return undefined
      values.add(value)
    }
  }
  if (values.size === 0 || values.size > LARGEST_DICTIONARY) return undefined
  return { kind: 'dictionary', values: [...values] }
}

const sizeOf = ({ dictionary }: ArrowData): number =>
  (dictionary?.data ?? []).reduce((sum, { length }) => sum + length, 0)

/** A column's positions in the dictionary of the whole table. */
function codes(values: readonly string[], data: ArrowData): NodeJS.TypedArray {
  const size = sizeOf(data)
  const read = dictionaryCells(data)
  const own = Array.from({ length: size }, (_, i) => read(i) as string)
  const indices = data.values as NodeJS.TypedArray
  const plain =
    indices instanceof BigInt64Array || indices instanceof BigUint64Array ? Int32Array.from(indices, Number) : indices
  if (own.every((value, i) => value === values[i])) return plain
  const positions = new Map(values.map((value, i) => [value, i]))
  const moved = Uint32Array.from(own, (value) => positions.get(value) ?? values.length)
  return Uint32Array.from(plain as Int32Array, (code) => moved[code] ?? values.length)
}
