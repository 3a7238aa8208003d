import { isObject } from '../../schema/json.ts'
import type { SchemaLanguage } from '../language.ts'

/** An Arrow `Schema`, of any copy of the package: known by its shape. */
export const arrowSchema: SchemaLanguage = {
  name: 'arrow',
  reads: 'an Arrow Schema',
  accepts(source) {
    if (!isObject(source)) return false
    const { fields, metadata } = source as { fields?: unknown; metadata?: unknown }
    return (
      Array.isArray(fields) &&
      metadata instanceof Map &&
      fields.every((field) => isObject(field) && isObject(field.type) && 'typeId' in field.type)
    )
  },
  read: async (source) => (await import('./read.ts')).readArrow(source),
  write: async (schema) => (await import('./write.ts')).writeArrow(schema),
}
