import type { Relation } from '../engine/engine.ts'
import type { Listed } from './cellLists.ts'
import type { Sql } from '../sql/sql.ts'

/** What is copied of a relation where all of its rows are held in the engine, and how they are read from the copy. */
export interface Copyable {
  /** What the table expressions hold. */
  readonly names: readonly string[]
  /** How all of it is read, where it is text of many columns: what is read off it is kept beside it, in lists. */
  readonly texts?: readonly Listed[]
  /** What they hold of rows besides: the files where there are several. */
  readonly rowNames?: readonly string[]
  /** These columns in the order of the rows, read in the way that is best for all of them at once. */
  readonly from: Sql
  /** The same as queries read it, and with the numbers of the rows besides. */
  readonly table: Sql
  readonly numbered: Sql
  /** A column that only `numbered` has and no copy holds, because it weighs as much as all others. */
  readonly uncopied?: string
  /** The relation over others of the kind, that hold some of the columns, and what is read off them where they are `valued`. */
  over(table: Sql, numbered: Sql, names: ReadonlySet<string>, valued: boolean): Relation
}

// Not a property: a relation that is spread into another with a table of its own would hand it on.
const ways = new WeakMap<Relation, Copyable>()

/** Says what is copied of a relation where it is held. */
export function copiedBy(relation: Relation, way: Copyable): Relation {
  ways.set(relation, way)
  return relation
}

/** What is copied of a relation; undefined where nothing is known but its values. */
export const copyableOf = (relation: Relation): Copyable | undefined => ways.get(relation)
