import { isTableBuilder, type TableBuilder } from './builder.ts'
import type { SchemaLanguage } from '../language.ts'

/** The builder of this package. */
export const table: SchemaLanguage = {
  name: 'table',
  reads: 'a table({…})',
  accepts: isTableBuilder,
  read: (source) => (source as TableBuilder).schema,
  write: async (schema) => (await import('./tableSource.ts')).tableSource(schema),
}
