import { valueText } from '../checks/receiver.ts'
import { AssayError, nearestHint } from '../errors.ts'
import type { SchemaLanguage, WrittenSchema } from './language.ts'
import { languages } from './languages.ts'
import { type ReadOptions, readSchema, type SchemaSource } from './readSchema.ts'

/** The languages a schema can be written in. */
export const writtenLanguages: readonly string[] = languages.filter(({ write }) => write).map(({ name }) => name)

/** A language by its name, however its words are joined: `jsonSchema`, `json-schema`. */
export function languageNamed(name: string): SchemaLanguage | undefined {
  const bare = (text: string): string =>
    String(text)
      .replace(/[\s_-]/g, '')
      .toLowerCase()
  return languages.find((language) => bare(language.name) === bare(name))
}

/**
 * Writes a schema in another language: `jsonSchema`, `frictionless`, `arrow` (a `Schema` of the package apache-arrow) or
 * `table` (TypeScript). `lost` says, one sentence each, what the schema says and that language cannot. Throws AssayError
 * `wrong-schema` for a schema that is none, `wrong-argument` for a language that is not written.
 */
export async function convertSchema(
  source: SchemaSource,
  language: string,
  options?: ReadOptions,
): Promise<WrittenSchema> {
  const target = typeof language === 'string' ? languageNamed(language) : undefined
  if (!target?.write) {
    throw new AssayError(
      'wrong-argument',
      target
        ? `schemas are not written as ${language}`
        : `convertSchema does not know the language ${valueText(language)}`,
      { hint: nearestHint(language, writtenLanguages, `it writes ${writtenLanguages.join(', ')}`) },
    )
  }
  return target.write(await readSchema(source, options))
}
