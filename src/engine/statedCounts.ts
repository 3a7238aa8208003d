import type { QueryOptions, Relation } from './engine.ts'

/** In how many rows columns have a value, where the source says so of a column without its values being read. */
export type StatedCounts = (options: QueryOptions) => Promise<ReadonlyMap<string, number>>

// Not a property: a relation that is spread into another with other rows would hand it on.
const statements = new WeakMap<Relation, StatedCounts>()

/** Says what the source of a relation tells of its rows. */
export function stating(relation: Relation, counts: StatedCounts | undefined): Relation {
  if (counts) statements.set(relation, counts)
  return relation
}

/** What the source of a relation tells of exactly its rows; undefined where it tells nothing. */
export const statedCounts = (relation: Relation): StatedCounts | undefined => statements.get(relation)
