import { nearest } from '../../errors.ts'
import { shown } from '../../schema/json.ts'
import { isJudging } from '../../schema/keywords.ts'
import { isPlainObject, type SchemaLanguage } from '../language.ts'
import { lostInJson, toJsonSchema } from '../../schema/tableSchema.ts'

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

/** JSON Schema of a row, as an object: draft-04 to draft-07, 2019-09 and 2020-12. */
export const jsonSchema: SchemaLanguage = {
  name: 'jsonSchema',
  reads: 'a JSON Schema of a row (draft-04 to draft-07, 2019-09 or 2020-12)',
  accepts(source) {
    if (!isPlainObject(source)) return false
    const { $schema, type, properties } = source
    if (typeof $schema === 'string') return !/datapackage\.org|frictionlessdata/.test($schema)
    const typed = type === undefined || [type].flat().some((one) => nearest(shown(one).replaceAll('"', ''), types))
    if (!typed && properties === undefined) return false
    const names = Object.keys(source)
    // A package.json has dependencies too.
    return names.length === 0 || names.some((name) => isJudging(name) && name !== 'dependencies')
  },
  read: async (source, place) => (await import('./read.ts')).readJsonSchema(source, place),
  write: (schema) => ({ schema: toJsonSchema(schema), lost: lostInJson(schema) }),
}
