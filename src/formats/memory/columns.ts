import { type MemoryColumn, memoryTable } from '../../engine/engine.ts'
import { type ExactType, logicalOf } from '../../engine/exactType.ts'
import { AssayError } from '../../errors.ts'
import { type ArrowData, arrowCells } from '../arrow/arrowCells.ts'
import { type ArrowType, exactOfArrow } from '../arrow/arrowTypes.ts'
import { damaged } from '../arrow/arrowTable.ts'
import { checkWhole } from '../arrow/arrowWhole.ts'
import { columnsSnapshot } from './changes.ts'
import { nameFindings, type OwnName, ownNames, withFindings } from '../ownNames.ts'
import { datesAsInstants, memoryColumn } from './records.ts'
import { isPlain } from './shape.ts'
import type { SourceKind } from '../source.ts'
import { countText } from '../../words/text/numbers.ts'

type Columns = Readonly<Record<string, ArrayLike<unknown>>>

/** An object of columns: arrays, typed arrays or Arrow vectors of one length. Typed arrays keep their width. */
export const columns: SourceKind = {
  name: 'columns',
  options: {},
  reads: 'objects of columns',
  accepts: (source) => isColumns(source),
  identity: { words: 'columns' },
  label: (source) => countText(Object.keys(source as Columns).length, 'column'),
  files: () => [],
  snapshot: (source) => columnsSnapshot(source as object),
  async open(source) {
    const entries = Object.entries(source as Columns)
    const names = ownNames(
      entries.map(([name]) => name),
      'the columns',
    )
    const [first] = entries
    const other = entries.find(([, values]) => values.length !== first?.[1].length)
    if (first && other) {
      const lengthText = ([name, { length }]: (typeof entries)[number]) =>
        `${JSON.stringify(name)} has ${countText(length, 'value')}`
      throw new AssayError(
        'unsupported-source',
        `columns differ in length: ${lengthText(first)}, ${lengthText(other)}`,
        {
          hint: 'a column has a value for every row; null stands for a missing one',
        },
      )
    }
    const table = memoryTable(
      entries.map(([, values], i) => columnOf((names[i] as OwnName).name, values)),
      first?.[1].length ?? 0,
    )
    const findings = nameFindings(names, { file: 'the columns' })
    return { relation: async (engine, options) => withFindings(await engine.load(table, options), findings) }
  },
}

function isColumns(source: unknown): boolean {
  if (typeof source !== 'object' || source === null || Array.isArray(source) || !isPlain(source)) return false
  return Object.values(source).every((values) => Array.isArray(values) || isTyped(values) || isVector(values))
}

const isTyped = (values: unknown): values is NodeJS.TypedArray =>
  ArrayBuffer.isView(values) && !(values instanceof DataView)

/** An Arrow vector, told by its shape. */
export interface ArrowVectorLike {
  readonly type: object
  readonly length: number
  readonly data: readonly object[]
}

interface ArrowVector {
  readonly type: ArrowType
  readonly length: number
  readonly data: readonly ArrowData[]
}

function isVector(value: unknown): value is ArrowVector {
  if (typeof value !== 'object' || value === null || !('data' in value) || !Array.isArray(value.data)) return false
  const { type } = value as { type?: { typeId?: unknown } }
  return 'length' in value && typeof type?.typeId === 'number'
}

function columnOf(name: string, values: ArrayLike<unknown>): MemoryColumn {
  if (isTyped(values)) {
    const exact = typedArrays.find(([type]) => values instanceof type)?.[1]
    if (exact) return { name, type: logicalOf(exact), exact, values }
  }
  if (isVector(values)) {
    const exact = exactOfArrow(values.type)
    return { name, type: logicalOf(exact), exact, values: vectorValues(name, values) }
  }
  return datesAsInstants(memoryColumn(name, values, (index) => `${JSON.stringify(name)} of row ${index + 1}`))
}

function vectorValues(name: string, { data }: ArrowVector): unknown[] {
  try {
    for (const part of data) checkWhole(part, part.length, name)
  } catch (cause) {
    throw damaged('the object of columns', cause)
  }
  return data.flatMap((part) => Array.from({ length: part.length }, (_, i) => i).map(arrowCells(part)))
}

const integer = (bits: 8 | 16 | 32 | 64, signed: boolean): ExactType => ({ kind: 'integer', bits, signed })
const typedArrays: readonly (readonly [abstract new (...args: never[]) => NodeJS.TypedArray, ExactType])[] = [
  [Float64Array, { kind: 'double' }],
  [Float32Array, { kind: 'float' }],
  [Int8Array, integer(8, true)],
  [Int16Array, integer(16, true)],
  [Int32Array, integer(32, true)],
  [BigInt64Array, integer(64, true)],
  [Uint8Array, integer(8, false)],
  [Uint8ClampedArray, integer(8, false)],
  [Uint16Array, integer(16, false)],
  [Uint32Array, integer(32, false)],
  [BigUint64Array, integer(64, false)],
]
