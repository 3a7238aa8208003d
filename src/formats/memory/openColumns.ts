import { type MemoryColumn, memoryTable } from '../../engine/engine.ts'
import { type ExactType, logicalOf } from '../../engine/exactType.ts'
import { AssayError, kindOf } from '../../errors.ts'
import { arrowCells } from '../arrow/arrowCells.ts'
import { exactOfArrow } from '../arrow/arrowTypes.ts'
import { orDamaged } from '../arrow/arrowTable.ts'
import { checkWhole } from '../arrow/arrowWhole.ts'
import { nameFindings, type OwnName, ownNames, withFindings } from '../ownNames.ts'
import { datesAsInstants, memoryColumn } from './openRecords.ts'
import { countText } from '../../words/text/numbers.ts'
import type { OpenedSource } from '../source.ts'
import { type ArrowVector, type Columns, isColumn, isTyped, isVector } from './columnValues.ts'

const COLUMNS = 'the object of columns'

/** Opens an object of columns. */
export async function openColumns(source: Columns): Promise<OpenedSource> {
  const entries = Object.entries(source)
  const names = ownNames(
    entries.map(([name]) => name),
    'the columns',
  )
  const wrong = entries.find(([, values]) => !isColumn(values))
  if (wrong)
    throw new AssayError(
      'unsupported-source',
      `column ${JSON.stringify(wrong[0])} is ${kindOf(wrong[1])}, not an array, typed array or Arrow vector`,
      { hint: 'a column has a value for every row; leave out what is none' },
    )
  const [first] = entries
  const other = entries.find(([, values]) => values.length !== first?.[1].length)
  if (first && other) {
    const lengthText = ([name, { length }]: (typeof entries)[number]) =>
      `${JSON.stringify(name)} has ${countText(length, 'value')}`
    throw new AssayError('unsupported-source', `columns differ in length: ${lengthText(first)}, ${lengthText(other)}`, {
      hint: 'a column has a value for every row; null stands for a missing one',
    })
  }
  const columns = entries.map(([, values], i) => columnOf((names[i] as OwnName).name, values))
  const rowCount = first?.[1].length ?? 0
  const table = memoryTable(columns, rowCount)
  const findings = nameFindings(names, { file: 'the columns' })
  return {
    relation: async (engine, options) => withFindings(await engine.load(table, options), findings),
    // Those of a vector are counts of its units.
    ...(entries.some(([, values]) => isVector(values)) ? {} : { values: { columns, rowCount } }),
  }
}

function columnOf(name: string, values: ArrayLike<unknown>): MemoryColumn {
  if (isTyped(values)) {
    const exact = typedArrays.find(([type]) => values instanceof type)?.[1]
    if (exact) return { name, type: logicalOf(exact), exact, values }
  }
  if (isVector(values)) {
    const exact = orDamaged(COLUMNS, () => exactOfArrow(values.type))
    return { name, type: logicalOf(exact), exact, values: vectorValues(name, values) }
  }
  return datesAsInstants(memoryColumn(name, values, (index) => `${JSON.stringify(name)} of row ${index + 1}`))
}

function vectorValues(name: string, { data }: ArrowVector): unknown[] {
  orDamaged(COLUMNS, () => {
    for (const part of data) checkWhole(part, part.length, name)
  })
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
