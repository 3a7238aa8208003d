import { type SchemaLanguage, isPlainObject } from '../language.ts'

const isTable = (value: unknown): boolean => isPlainObject(value) && Array.isArray(value.fields)

/** Table Schema, Data Resource and Data Package of the Data Package (Frictionless) standard, versions 1 and 2. */
export const frictionless: SchemaLanguage = {
  name: 'frictionless',
  reads: 'a Frictionless Table Schema or Data Package',
  parts: true,
  accepts(source) {
    if (!isPlainObject(source)) return false
    const { $schema, resources, schema, path, data } = source
    if (typeof $schema === 'string' && !/datapackage\.org|frictionlessdata/.test($schema)) return false
    return (
      isTable(source) ||
      Array.isArray(resources) ||
      (isTable(schema) && (path !== undefined || data !== undefined)) ||
      (typeof schema === 'string' && path !== undefined)
    )
  },
  read: async (source, place) => (await import('./read.ts')).readFrictionless(source, place),
  write: async (schema) => (await import('./write.ts')).writeFrictionless(schema),
}
