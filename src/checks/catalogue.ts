import { AssayError, nearest } from '../errors.ts'
import type { CheckKind } from './definition.ts'
import * as kinds from './kinds/index.ts'

/** Kinds that users defined, shared by all copies of the package in this process. */
const key = Symbol.for('assay.checkKinds')
const holder = globalThis as unknown as Record<symbol, Map<string, CheckKind> | undefined>

const own: ReadonlyMap<string, CheckKind> = new Map(
  Object.values(kinds as unknown as Record<string, CheckKind>).map((kind) => [kind.kind, kind]),
)

/** The kinds of checks that come with the package, by name. */
export function catalogue(): readonly CheckKind[] {
  return [...own.values()]
}

/** The kinds that users defined. */
export function ownKinds(): readonly CheckKind[] {
  return [...(holder[key]?.values() ?? [])]
}

/** Adds a kind of a user's; a module that is loaded anew defines its kinds anew. */
export function register<K extends CheckKind>(kind: K): K {
  if (own.has(kind.kind))
    throw new AssayError('wrong-argument', `there is a check ${JSON.stringify(kind.kind)} already`, {
      hint: 'give yours another name',
    })
  holder[key] ??= new Map()
  holder[key].set(kind.kind, kind)
  return kind
}

/** The kind of that name. Throws AssayError `wrong-argument` with the nearest one when there is none. */
export function kindNamed(name: string): CheckKind {
  const named = own.get(name) ?? holder[key]?.get(name)
  if (named) return named
  const all = [...catalogue(), ...ownKinds()]
  const byMatcher = all.find(({ matcher }) => matcher === name)?.kind
  const near =
    byMatcher ??
    nearest(
      name,
      all.map(({ kind }) => kind),
    )
  throw new AssayError('wrong-argument', `there is no check ${JSON.stringify(name)}`, {
    hint:
      near === undefined
        ? 'docs/checks.md lists them; one of your own is known once the module that defines it was imported: by the test, by a setup file of vitest, or by --checks <module> on the command line'
        : `did you mean ${JSON.stringify(near)}?`,
  })
}
