import type { ArrowData } from './arrowCells.ts'
import { isDictionary, kind } from './arrowTypes.ts'

/** Throws where a column is shorter than it says: a damaged file would read as what else lies in memory. */
export function checkWhole(data: ArrowData, rows: number, name: string): void {
  const { type, length, offset, nullCount, nullBitmap, values, valueOffsets, typeIds, children } = data
  const short = (what: string, found: number, wanted: number): void => {
    if (found < wanted)
      throw new RangeError(`column ${JSON.stringify(name)} says ${rows} rows, but has ${what} for ${found}`)
  }
  short('values', length, rows)
  if (nullCount > 0 && type.typeId !== kind.union && type.typeId !== kind.null)
    short('marks of missing values', 8 * (nullBitmap?.length ?? 0) - offset, rows)
  const list = values as ArrayLike<unknown> | undefined
  const width = widthOf(data)
  if (width > 0) short('values', Math.floor((list?.length ?? 0) / width), rows)
  if (type.typeId === kind.bool) short('values', 8 * (list?.length ?? 0) - offset, rows)
  if (typeIds && type.typeId === kind.union) short('types', typeIds.length, rows)
  if (hasOffsets(data)) {
    short('places', (valueOffsets?.length ?? 0) - 1, rows)
    const limit = children[0]?.length ?? list?.length ?? 0
    checkOffsets(valueOffsets as Int32Array, rows, limit, name)
    for (const child of children) checkWhole(child, child.length, name)
  } else if (type.typeId === kind.struct) for (const child of children) checkWhole(child, rows, name)
  else if (type.typeId === kind.fixedSizeList)
    for (const child of children) checkWhole(child, rows * (type.listSize ?? 0), name)
  else for (const child of children) checkWhole(child, child.length, name)
  for (const part of data.dictionary?.data ?? []) checkWhole(part, part.length, name)
  if (isDictionary(type)) checkPositions(data, rows, name)
}

/** Throws where a value that is not missing stands at a place that its dictionary does not have. */
function checkPositions(
  { values, offset, nullCount, nullBitmap, dictionary }: ArrowData,
  rows: number,
  name: string,
): void {
  const size = (dictionary?.data ?? []).reduce((sum, { length }) => sum + length, 0)
  const places = values as ArrayLike<number | bigint>
  const missing = (i: number): boolean =>
    nullCount > 0 && (((nullBitmap?.[(offset + i) >> 3] ?? 0) >> ((offset + i) & 7)) & 1) === 0
  for (let i = 0; i < rows; i++) {
    const place = Number(places[i])
    if ((place < 0 || place >= size) && !missing(i))
      throw new RangeError(
        `value ${i + 1} of column ${JSON.stringify(name)} is at place ${place} of a dictionary of ${size}`,
      )
  }
}

/** Elements of `values` to a row; 0 where their number depends on the values. */
function widthOf({ type }: ArrowData): number {
  if (isDictionary(type)) return 1
  switch (type.typeId) {
    case kind.int:
    case kind.float:
    case kind.date:
    case kind.time:
    case kind.timestamp:
    case kind.duration:
      return 1
    case kind.decimal:
      return (type.bitWidth ?? 128) / 32
    case kind.interval:
      return [1, 2, 4][type.unit ?? 0] as number
    case kind.fixedSizeBinary:
      return type.byteWidth ?? 0
    case kind.binaryView:
    case kind.utf8View:
      return 16
    default:
      return 0
  }
}

const withOffsets: readonly number[] = [
  kind.binary,
  kind.utf8,
  kind.largeBinary,
  kind.largeUtf8,
  kind.list,
  kind.largeList,
  kind.map,
]
const hasOffsets = ({ type }: ArrowData): boolean => withOffsets.includes(type.typeId)

function checkOffsets(offsets: Int32Array | BigInt64Array, rows: number, limit: number, name: string): void {
  if (rows === 0) return
  let before = Number(offsets[0])
  if (before < 0) throw new RangeError(`a value of column ${JSON.stringify(name)} lies before its bytes`)
  for (let i = 1; i <= rows; i++) {
    const next = Number(offsets[i])
    if (next < before || next > limit)
      throw new RangeError(`value ${i} of column ${JSON.stringify(name)} lies beyond its bytes`)
    before = next
  }
}
