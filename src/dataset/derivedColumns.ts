import { namedIn } from './personal.ts'

/** The columns of a dataset that was made of others. */
export interface DerivedColumns {
  readonly all: readonly string[]
  /** Those that are no column of what it was made of: they may hold anything of it. */
  readonly made: readonly string[]
}

/**
 * Which columns of a query are personal because these columns of its inputs are: those called alike and those that it
 * made; all of them where its SQL names one of those, which may then be called anything.
 */
export function derivedPersonal(
  text: string,
  { all, made }: DerivedColumns,
  personal: readonly string[],
): readonly string[] {
  if (personal.length === 0) return []
  if (namedIn(text, personal) !== undefined) return all
  return all.filter((name) => personal.includes(name) || made.includes(name))
}
