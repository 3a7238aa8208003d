import type { ExactType, TimeUnit } from '../../engine/exactType.ts'

/**
 * What is read of an Arrow type, whichever copy or version of the package made it. `typeId` is the number of Arrow's
 * own format.
 */
export interface ArrowType {
  readonly typeId: number
  readonly bitWidth?: number
  readonly isSigned?: boolean
  readonly precision?: number
  readonly scale?: number
  readonly unit?: number
  readonly timezone?: string | null
  readonly byteWidth?: number
  readonly listSize?: number
  readonly children?: readonly ArrowField[] | null
  readonly dictionary?: ArrowType
  toString(): string
}

export interface ArrowField {
  readonly name: string
  readonly type: ArrowType
  readonly metadata?: ReadonlyMap<string, string>
}

/** Numbers of Arrow's types. */
export const kind = {
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  interval: 11,
  list: 12,
  struct: 13,
  union: 14,
  fixedSizeBinary: 15,
  fixedSizeList: 16,
  map: 17,
  duration: 18,
  largeBinary: 19,
  largeUtf8: 20,
  largeList: 21,
  binaryView: 23,
  utf8View: 24,
} as const

const DICTIONARY = -1
/** Units of time by their numbers in Arrow. */
export const timeUnits: readonly TimeUnit[] = ['s', 'ms', 'us', 'ns']

/** Whether the type's values are positions in a dictionary. */
export const isDictionary = (type: ArrowType): boolean => type.typeId === DICTIONARY

type Enumerated = 'bitWidth' | 'precision' | 'unit'

/** What types count in, and the numbers that Arrow's format has for it. */
const enumerated: Readonly<Record<number, readonly [Enumerated, readonly number[]]>> = {
  [kind.int]: ['bitWidth', [8, 16, 32, 64]],
  [kind.float]: ['precision', [0, 1, 2]],
  [kind.decimal]: ['bitWidth', [32, 64, 128, 256]],
  [kind.date]: ['unit', [0, 1]],
  [kind.time]: ['unit', [0, 1, 2, 3]],
  [kind.timestamp]: ['unit', [0, 1, 2, 3]],
  [kind.interval]: ['unit', [0, 1, 2]],
  [kind.duration]: ['unit', [0, 1, 2, 3]],
}

/** Throws where a type counts in what Arrow does not have: its values would be read as something that they are not. */
function checkEnumerated(type: ArrowType): void {
  const [name, numbers] = enumerated[type.typeId] ?? []
  const number = name && type[name]
  if (number === undefined || numbers?.includes(number)) return
  throw new RangeError(`a column's type says ${name} ${number}, which is none of ${numbers?.join(', ')}`)
}

/** The unit of a timestamp, time or duration. */
export const unitOf = (type: ArrowType): TimeUnit => timeUnits[type.unit ?? 0] as TimeUnit

/**
 * How values of an Arrow type are stored. Dictionaries are read as their values (see `arrowTable` for those kept).
 * Zoned timestamps are microseconds, the engine's only unit for them; unions, and decimals of more than 38 digits, are
 * text; durations are counts of their unit, as Parquet has them. Throws for a type that Arrow does not have.
 */
export function exactOfArrow(type: ArrowType): ExactType {
  const { typeId, bitWidth = 64, children } = type
  const child = (i: number): ExactType => exactOfArrow((children as readonly ArrowField[])[i]?.type as ArrowType)
  if (isDictionary(type)) return exactOfArrow(type.dictionary as ArrowType)
  checkEnumerated(type)
  switch (typeId) {
    case kind.int:
      return { kind: 'integer', bits: bitWidth as 64, signed: type.isSigned ?? true }
    case kind.duration:
      return { kind: 'integer', bits: 64, signed: true }
    case kind.float:
      return { kind: type.precision === 2 ? 'double' : 'float' }
    case kind.bool:
      return { kind: 'boolean' }
    case kind.decimal: {
      const { precision = 38, scale = 0 } = type
      const fits = precision <= 38 && scale >= 0 && scale <= precision
      return fits ? { kind: 'decimal', precision, scale } : { kind: 'json', logical: 'unknown' }
    }
    case kind.date:
      return { kind: 'date' }
    case kind.time:
      return { kind: 'time', unit: unitOf(type) === 'ns' ? 'ns' : 'us' }
    case kind.timestamp:
      return type.timezone
        ? { kind: 'timestamp', unit: 'us', zoned: true }
        : { kind: 'timestamp', unit: unitOf(type), zoned: false }
    case kind.interval:
      return { kind: 'interval' }
    case kind.binary:
    case kind.largeBinary:
    case kind.binaryView:
    case kind.fixedSizeBinary:
      return { kind: 'binary' }
    case kind.list:
    case kind.largeList:
    case kind.fixedSizeList:
      return { kind: 'list', item: child(0) }
    case kind.struct:
      return structOf(children ?? [])
    case kind.map: {
      const [key, value] = children?.[0]?.type.children ?? []
      return {
        kind: 'map',
        key: exactOfArrow((key as ArrowField).type),
        value: exactOfArrow((value as ArrowField).type),
      }
    }
    case kind.union:
      return { kind: 'json', logical: 'mixed' }
    default:
      return { kind: 'text' }
  }
}

/** A struct without fields, or whose names the engine would take for one or lose, is kept as JSON text. */
function structOf(fields: readonly ArrowField[]): ExactType {
  const names = new Set(fields.map(({ name }) => name.toLowerCase()))
  if (names.size === 0 || names.size < fields.length || names.has('') || names.has('__proto__'))
    return { kind: 'json', logical: 'struct' }
  return { kind: 'struct', fields: fields.map(({ name, type }) => ({ name, type: exactOfArrow(type) })) }
}
