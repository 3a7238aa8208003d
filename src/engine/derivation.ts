import type { Column, Relation } from './engine.ts'
import { fingerprintSql } from '../sql/render.ts'
import { join, type Sql } from '../sql/sql.ts'

/** What makes one relation of another: some of its rows, or other cells of the same rows. */
export type Step =
  | {
      readonly kind: 'filter'
      readonly condition: Sql
      /** The columns that the condition reads, and nothing else; absent where nobody knows. */
      readonly reads?: readonly string[]
      /** The condition is that an expression is a text, or null: neighbors are told apart by the expression alone. */
      readonly segment?: { readonly of: Sql; readonly label: string | null }
    }
  | { readonly kind: 'cells'; readonly cells: readonly Sql[]; readonly columns: readonly Column[] }

/** A relation as what was done to another one. */
export interface Derivation {
  readonly base: Relation
  readonly steps: readonly Step[]
}

// Not a property: a relation that is spread into another with a table of its own would hand it on.
const derivations = new WeakMap<Relation, Derivation>()

/** Says how a relation was made, so that whoever reads several of one base can read it once. */
export function derivedFrom(relation: Relation, from: Relation, step: Step): Relation {
  const { base, steps } = derivationOf(from)
  derivations.set(relation, { base, steps: [...steps, step] })
  return relation
}

/** How the relation was made; of one that was made of no other, itself. */
export function derivationOf(relation: Relation): Derivation {
  return derivations.get(relation) ?? { base: relation, steps: [] }
}

const cuts = new WeakMap<Relation, Set<Promise<unknown>>>()

/** Says that rows are being cut from a relation, so that whoever reads its base waits for those who will ask of them. */
export function beingCut<T>(from: Relation, cut: Promise<T>): Promise<T> {
  const { base } = derivationOf(from)
  const open = cuts.get(base) ?? new Set()
  cuts.set(base, open)
  open.add(cut)
  const done = () => void open.delete(cut)
  cut.then(done, done)
  return cut
}

/** Resolves once nothing is being cut from the base; at once where nothing is. */
export async function allCut(base: Relation): Promise<boolean> {
  const open = cuts.get(base)
  if (!open || open.size === 0) return false
  await Promise.allSettled(open)
  return true
}

const readings = new WeakMap<Relation, string>()

/** A text that is the same for relations that read the cells of one base alike, whichever of its rows they hold. */
export function readingKey(relation: Relation): string {
  const known = readings.get(relation)
  if (known !== undefined) return known
  const cells = derivationOf(relation).steps.flatMap((step) => (step.kind === 'cells' ? [join(step.cells)] : []))
  const key = cells.map(fingerprintSql).join('\n')
  readings.set(relation, key)
  return key
}
