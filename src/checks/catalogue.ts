import { AssayError, nearest } from '../errors.ts'
import type { CheckKind } from './definition.ts'
import * as kinds from './kinds.ts'

const own: ReadonlyMap<string, CheckKind> = new Map(
  Object.values(kinds as unknown as Record<string, CheckKind>).map((kind) => [kind.kind, kind]),
)

/** The kinds of checks that come with the package, by name. */
export function catalogue(): readonly CheckKind[] {
  return [...own.values()]
}

/** The kind of that name. Throws AssayError `wrong-argument` with the nearest one when there is none. */
export function kindNamed(name: string): CheckKind {
  const found = own.get(name)
  if (found) return found
  const all = catalogue()
  const byMatcher = all.find(({ matcher }) => matcher === name)?.kind
  const near =
    byMatcher ??
    nearest(
      name,
      all.map(({ kind }) => kind),
    )
  throw new AssayError('wrong-argument', `there is no check ${JSON.stringify(name)}`, {
    hint: near === undefined ? 'docs/checks.md lists them' : `did you mean ${JSON.stringify(near)}?`,
  })
}
