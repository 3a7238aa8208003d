import { AssayError } from '../errors.ts'
import { derivationOf } from './derivation.ts'
import type { Relation } from './engine.ts'

interface Kept {
  readonly value: Promise<unknown>
  release(): Promise<void>
}

/** What is kept of relations made of one base, by what it is, and how many work with them. */
interface Work {
  users: number
  readonly kept: Map<Relation, Map<string, Kept>>
}

const under = new WeakMap<Relation, Work>()

/** While this goes on, what somebody makes of the rows of a relation is kept for others who look at the same source. */
export async function workingWith<T>(relation: Relation, work: () => Promise<T>): Promise<T> {
  const { base } = derivationOf(relation)
  const own = under.get(base) ?? { users: 0, kept: new Map<Relation, Map<string, Kept>>() }
  under.set(base, own)
  own.users++
  try {
    return await work()
  } finally {
    if (--own.users === 0) {
      under.delete(base)
      for (const { release } of [...own.kept.values()].flatMap((all) => [...all.values()])) await release()
    }
  }
}

/** Whether somebody works with the rows, so that something may be kept. */
export function isWorkedWith(relation: Relation): boolean {
  return under.has(derivationOf(relation).base)
}

/**
 * What is made once of a relation while somebody works with it, and given back when nobody does any more; what could not
 * be made is tried anew. At any other time it is given back at once, and who asks hears that nobody works any more.
 */
export function meanwhile<T>(
  relation: Relation,
  what: string,
  make: () => Promise<T>,
  giveBack: (value: T) => Promise<unknown>,
): Promise<T> {
  const all = under.get(derivationOf(relation).base)?.kept
  if (!all) return nobodyWorks(make, giveBack)
  const kept = all.get(relation) ?? new Map<string, Kept>()
  all.set(relation, kept)
  const known = kept.get(what)
  if (known) return known.value as Promise<T>
  const value = make()
  const one: Kept = { value, release: () => value.then(giveBack).then(nothing, nothing) }
  kept.set(what, one)
  value.catch(() => kept.get(what) === one && kept.delete(what))
  return value
}

/** What was made of a relation meanwhile; undefined where nobody has made it. */
export async function madeMeanwhile<T>(relation: Relation, what: string): Promise<T | undefined> {
  return (await under.get(derivationOf(relation).base)?.kept.get(relation)?.get(what)?.value) as T | undefined
}

/** Whoever asked has been stopped while what it needs was made. */
async function nobodyWorks<T>(make: () => Promise<T>, giveBack: (value: T) => Promise<unknown>): Promise<never> {
  await giveBack(await make())
  throw new AssayError('aborted', 'stopped: nobody works with these rows any more')
}

const nothing = (): void => {}
