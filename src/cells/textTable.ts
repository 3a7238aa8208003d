import type { Relation } from '../engine/engine.ts'
import type { Sql } from '../sql/sql.ts'

/** The texts that the cells of a relation are read of. */
export interface TextTable {
  /** Its columns, and those of files where there are several, in the order of the rows. */
  readonly names: readonly string[]
  /** A table expression of these columns, read in the way that is best for all of them at once. */
  readonly from: Sql
  /** The same as queries read it, and with the numbers of the rows besides. */
  readonly table: Sql
  readonly numbered: Sql
  /** The relation over others of the kind. */
  over(table: Sql, numbered: Sql): Relation
}

// Not a property: a relation that is spread into another with a table of its own would hand it on.
const tables = new WeakMap<Relation, TextTable>()

/** Says which texts the cells of a relation are read of. */
export function readOf(relation: Relation, table: TextTable): Relation {
  tables.set(relation, table)
  return relation
}

/** The texts that the cells of a relation are read of; undefined where it is read of no texts. */
export const textTableOf = (relation: Relation): TextTable | undefined => tables.get(relation)
