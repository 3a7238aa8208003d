import type { Relation } from './engine.ts'

/** Columns from which on no query reads all of them: what planning one costs grows with the square. */
export const MANY_COLUMNS = 500

// Not a property: a relation that is spread into another with a table of its own would hand it on.
const ways = new WeakMap<Relation, (names: ReadonlySet<string>) => Relation>()

/** Says how a relation is read with some of its columns only, where the others would cost something to plan. */
export function narrowable(relation: Relation, narrow: (names: ReadonlySet<string>) => Relation): Relation {
  ways.set(relation, narrow)
  return relation
}

/** Whether some columns of a relation cost less than all of them. */
export function isNarrowable(relation: Relation): boolean {
  return ways.has(relation)
}

/** Whether a relation has so many such columns that they are read in parts. */
export function isWide(relation: Relation): boolean {
  return isNarrowable(relation) && relation.columns.length >= MANY_COLUMNS
}

/**
 * The same rows with these columns, and maybe others, of a relation whose other columns would cost something; the
 * relation itself where they cost nothing.
 */
export function narrowed(relation: Relation, names: Iterable<string>): Relation {
  const narrow = ways.get(relation)
  if (!narrow) return relation
  const asked = new Set(names)
  // A table needs a column.
  const [first] = relation.columns
  return narrow(asked.size > 0 || !first ? asked : new Set([first.name]))
}

/**
 * A relation made of another in a way that holds for any of its columns: with some of them it is made of those, and of
 * those that the way itself `reads`.
 */
export function remade(
  relation: Relation,
  make: (relation: Relation) => Relation,
  reads: readonly string[] = [],
): Relation {
  const made = make(relation)
  return isNarrowable(relation) ? narrowable(made, (names) => make(narrowed(relation, [...names, ...reads]))) : made
}

/** The columns of a relation in parts, each of which one query reads at a cost that the others do not add to. */
export function columnParts<T>(relation: Relation, columns: readonly T[]): readonly (readonly T[])[] {
  if (!isWide(relation)) return [columns]
  // A part costs what naming all columns costs, and planning it the square of its own: that is least in between.
  const size = Math.max(MANY_COLUMNS, Math.ceil(10 * Math.sqrt(columns.length)))
  const count = Math.ceil(columns.length / size)
  return Array.from({ length: count }, (_, i) => columns.slice(i * size, (i + 1) * size))
}
