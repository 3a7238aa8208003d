import { type JsonObject, pointer, shown, wrongSchema } from '../../schema/json.ts'
import { slipOf } from '../../schema/keywords.ts'

/** What a field says besides its constraints. */
const ofField = [
  'bareNumber',
  'categories',
  'categoriesOrdered',
  'constraints',
  'decimalChar',
  'delimiter',
  'description',
  'example',
  'examples',
  'falseValues',
  'format',
  'groupChar',
  'itemType',
  'missingValues',
  'name',
  'rdfType',
  'title',
  'trueValues',
  'type',
]
/** What a schema says. */
const ofSchema = [
  'description',
  'fields',
  'fieldsMatch',
  'foreignKeys',
  'missingValues',
  'name',
  'primaryKey',
  'title',
  'uniqueKeys',
]

/**
 * A field or a schema may say more than the standard knows; what is most likely a slip of the pen would ask nothing. Throws
 * AssayError `wrong-schema` with what was meant: a name of the standard, or the place of a constraint.
 */
export function refuseSlips(field: JsonObject, at: string, constraints: readonly string[]): void {
  for (const name of Object.keys(field)) {
    if (ofField.includes(name)) continue
    if (constraints.includes(name))
      throw wrongSchema(
        pointer(at, name),
        `a field says ${shown(name)} in its constraints`,
        `write "constraints": { ${shown(name)}: … }`,
      )
    refuseSlip(name, ofField, at)
  }
}

/** The same of a schema. */
export function refuseSchemaSlips(schema: JsonObject, at: string): void {
  for (const name of Object.keys(schema)) if (!ofSchema.includes(name)) refuseSlip(name, ofSchema, at)
}

function refuseSlip(name: string, known: readonly string[], at: string): void {
  const near = slipOf(name, known)
  if (near !== undefined)
    throw wrongSchema(pointer(at, name), `there is no ${shown(name)}`, `did you mean ${shown(near)}?`)
}
