import type { ArrowData } from '../arrow/arrowCells.ts'
import type { ArrowType } from '../arrow/arrowTypes.ts'
import { isPlain } from './shape.ts'

/** Values by the name of their column. */
export type Columns = Readonly<Record<string, ArrayLike<unknown>>>

/** Whether a value is an object of columns. */
export function isColumns(source: unknown): boolean {
  if (typeof source !== 'object' || source === null || Array.isArray(source) || !isPlain(source)) return false
  return Object.values(source).every(isColumn)
}

/** Whether a value holds those of a column. */
export const isColumn = (values: unknown): values is ArrayLike<unknown> =>
  Array.isArray(values) || isTyped(values) || isVector(values)

export const isTyped = (values: unknown): values is NodeJS.TypedArray =>
  ArrayBuffer.isView(values) && !(values instanceof DataView)

/** An Arrow vector, told by its shape. */
export interface ArrowVectorLike {
  readonly type: object
  readonly length: number
  readonly data: readonly object[]
}

export interface ArrowVector {
  readonly type: ArrowType
  readonly length: number
  readonly data: readonly ArrowData[]
}

export function isVector(value: unknown): value is ArrowVector {
  if (typeof value !== 'object' || value === null || !('data' in value) || !Array.isArray(value.data)) return false
  const { type } = value as { type?: { typeId?: unknown } }
  return 'length' in value && typeof type?.typeId === 'number'
}
