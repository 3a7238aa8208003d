import { AssayError, nearest } from '../errors.ts'
import { isObject, shown } from '../schema/json.ts'
import { judgingKeywords } from '../schema/keywords.ts'
import type { SchemaLanguage } from './language.ts'
import { arrowSchema } from './arrow/arrowSchema.ts'
import { frictionless } from './frictionless/frictionless.ts'
import { jsonSchema } from './jsonSchema/jsonSchema.ts'
import { standardSchema } from './standardSchema/standardSchema.ts'
import { table } from './table/table.ts'

/** Every language schemas are read from. */
export const languages: readonly SchemaLanguage[] = [jsonSchema, table, standardSchema, arrowSchema, frictionless]

/** The language of a schema, by its content. Throws AssayError `wrong-schema` when it is of none, or of several. */
export function languageOf(source: unknown, asker: string): SchemaLanguage {
  const matches = languages.filter((language) => language.accepts(source))
  if (matches.length === 1) return matches[0] as SchemaLanguage
  if (matches.length > 1) {
    throw new AssayError(
      'wrong-schema',
      `${asker} what could be ${matches.map(({ reads }) => reads).join(', or ')}: it has the marks of each`,
      { hint: 'say which with "$schema", or leave out what belongs to the other' },
    )
  }
  throw new AssayError('wrong-schema', `${asker} ${described(source)}, which is no schema that is read`, {
    hint: `${likely(source)}${taken()}`,
  })
}

/** What is taken for a schema, in words. */
export function taken(): string {
  return `it takes ${languages.map(({ reads }) => reads).join(', ')}, or the path of a JSON or YAML file of one`
}

function described(source: unknown): string {
  if (Array.isArray(source)) return 'an array'
  if (typeof source === 'function') return 'a function'
  if (!isObject(source)) return shown(source)
  const prototype: unknown = Object.getPrototypeOf(source)
  if (prototype !== null && prototype !== Object.prototype) return `a ${source.constructor?.name ?? 'object'}`
  const names = Object.keys(source)
  return `an object with ${names.slice(0, 5).map(shown).join(', ')}${names.length > 5 ? ', …' : ''}`
}

function likely(source: unknown): string {
  if (!isObject(source)) return ''
  for (const name of Object.keys(source).slice(0, 100)) {
    const near = judgingKeywords.includes(name) ? undefined : nearest(name, judgingKeywords)
    if (near) return `did you mean ${shown(near)} for ${shown(name)}? `
  }
  return ''
}
