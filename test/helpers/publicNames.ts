import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'rolldown/utils'

/** Where a name that users can import is declared. */
export interface PublicName {
  readonly name: string
  readonly file: string
  /** The comment that stands right before it; '' where there is none. */
  readonly doc: string
}

interface Declared {
  readonly id?: { readonly name: string }
  readonly declarations?: readonly { readonly id: { readonly name: string } }[]
}

interface Statement {
  readonly type: string
  readonly start: number
  readonly source?: { readonly value: string } | null
  readonly exported?: unknown
  readonly declaration?: Declared | null
  readonly specifiers?: readonly {
    readonly local: { readonly name: string }
    readonly exported: { readonly name: string }
  }[]
}

/** The names that a file exports, by what they are called there: its own and those of others that it hands on. */
export function publicNames(file: string): ReadonlyMap<string, PublicName> {
  const text = readFileSync(file, 'utf8')
  const names = new Map<string, PublicName>()
  for (const statement of parseSync(file, text).program.body as unknown as readonly Statement[]) {
    const { type, source, declaration, specifiers = [] } = statement
    const others =
      source?.value.startsWith('.') && type.startsWith('Export')
        ? path.join(path.dirname(file), source.value)
        : undefined
    if (others !== undefined) {
      const all = publicNames(others)
      if (type === 'ExportAllDeclaration' && !statement.exported)
        for (const [name, found] of all) names.set(name, found)
      for (const { local, exported } of specifiers) {
        const found = all.get(local.name)
        if (found) names.set(exported.name, { ...found, name: exported.name })
      }
      continue
    }
    if (type !== 'ExportNamedDeclaration' || !declaration) continue
    const [doc = ''] = /\/\*\*(?:(?!\*\/)[^])*\*\/\s*$/.exec(text.slice(0, statement.start)) ?? []
    const ids = declaration.id ? [declaration.id] : (declaration.declarations ?? []).map(({ id }) => id)
    // Of a function with several signatures the first says what it does.
    for (const { name } of ids) if (!names.has(name)) names.set(name, { name, file, doc })
  }
  return names
}
