import type { Column, Relation } from '../engine/engine.ts'
import { runStoppable } from '../engine/running.ts'
import { isHeldAsText } from './cell.ts'
import { decimalTypes } from './decimalTypes.ts'
import { isRereadable, retyped } from './retyped.ts'
import type { LogicalType } from '../sql/dialect.ts'

/**
 * The relation with its columns of text, and of values of several types, read as the types that are declared. Text files and
 * JSON were opened by them; values that have a type of their own keep it.
 */
export async function withTypes(
  relation: Relation,
  types: Readonly<Record<string, LogicalType>> = {},
): Promise<Relation> {
  const declaredOf = (column: Column): LogicalType | undefined => {
    const declared = Object.hasOwn(types, column.name) ? types[column.name] : undefined
    const isRead = declared !== undefined && !isHeldAsText(column) && column.rawName === undefined
    return isRead && column.type !== declared && isRereadable(column, declared) ? declared : undefined
  }
  const decimals = relation.columns.filter((column) => declaredOf(column) === 'decimal').map(({ name }) => name)
  const natives = await runStoppable((signal) => decimalTypes(relation, decimals, { signal }))
  const readings = relation.columns.map((column) => ({
    type: declaredOf(column) ?? column.type,
    native: natives.get(column.name),
    missing: [],
  }))
  return retyped(relation, readings)
}
