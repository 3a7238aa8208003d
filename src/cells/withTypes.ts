import type { Relation } from '../engine/engine.ts'
import { isHeldAsText } from './cell.ts'
import { isRereadable, retyped } from './retyped.ts'
import type { LogicalType } from '../sql/dialect.ts'

/**
 * The relation with its columns of text, and of values of several types, read as the types that are declared. Text files and
 * JSON were opened by them; values that have a type of their own keep it.
 */
export function withTypes(relation: Relation, types: Readonly<Record<string, LogicalType>> = {}): Relation {
  const readings = relation.columns.map((column) => {
    const declared = Object.hasOwn(types, column.name) ? types[column.name] : undefined
    const isRead = declared !== undefined && !isHeldAsText(column) && column.rawName === undefined
    return { type: isRead && isRereadable(column, declared) ? declared : column.type, missing: [] }
  })
  return retyped(relation, readings)
}
