import { type CheckGroup, datasetSubject } from '../checks/check.ts'
import { knownOptions, type RowCheckOptions } from '../checks/rowCheck.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { isTableBuilder, type TableBuilder } from './builder.ts'
import { isObject, shown } from './json.ts'
import { readJsonSchema } from './jsonSchema.ts'
import { readSchemaFile } from './schemaFile.ts'
import { tableChecks } from './tableChecks.ts'
import type { TableSchema } from './tableSchema.ts'

/** What `matchesSchema` takes: a JSON Schema of a row, a `table({…})`, or the path of a `.json` file. */
export type SchemaSource = TableBuilder | Readonly<Record<string, unknown>> | string

/** What `matchesSchema` can be told. */
export type MatchesSchemaOptions = Pick<RowCheckOptions, 'mostly' | 'severity' | 'allowEmpty'>

/**
 * Every row holds to a schema. Asks one check per column and constraint, so that one broken constraint never hides
 * another; it passes when all of them pass. Missing values of optional columns hold; a dataset without rows is
 * `vacuous` unless `allowEmpty`. `mostly` and `severity` are for constraints that don't say their own. A schema that is
 * none becomes an `error` that names the place in the schema.
 */
export function matchesSchema(dataset: Dataset, schema: SchemaSource, options: MatchesSchemaOptions = {}): CheckGroup {
  const {
    mostly = 1,
    severity = 'error',
    allowEmpty = false,
  } = knownOptions(options, 'matchesSchema', ['mostly', 'severity', 'allowEmpty'])
  checkSource(schema)
  return {
    type: 'group',
    kind: 'matchesSchema',
    family: 'schema',
    subject: datasetSubject(dataset),
    title: typeof schema === 'string' ? `rows that hold to ${schema}` : 'rows that hold to the schema',
    expected: 'every constraint of the schema',
    severity,
    expand: async ({ relation }) => {
      const read = await readSchema(schema)
      return tableChecks(dataset, await relation(dataset), read, { mostly, severity, allowEmpty })
    },
  }
}

/** Reads a schema of any kind that `matchesSchema` takes. Throws AssayError `wrong-schema` or `missing-file`. */
export async function readSchema(schema: SchemaSource): Promise<TableSchema> {
  if (isTableBuilder(schema)) return schema.schema
  return readJsonSchema(typeof schema === 'string' ? await readSchemaFile(schema) : schema)
}

function checkSource(schema: unknown): void {
  if (isTableBuilder(schema)) return
  const hint = 'it takes a JSON Schema of a row as an object, a table({…}), or the path of a .json file'
  const refuse = (found: string): never => {
    throw new AssayError('wrong-schema', `matchesSchema got ${found} as schema`, { hint })
  }
  if (typeof schema === 'string') {
    if (!/\.json$/i.test(schema)) refuse(`the text ${shown(schema)}, which is no path of a .json file,`)
    return
  }
  if (schema === undefined) {
    throw new AssayError('wrong-schema', 'matchesSchema got undefined as schema, most often a misspelled name', {
      hint: `${hint}; for the contract file beside the test, call toMatchSchema() with no argument at all`,
    })
  }
  if (Array.isArray(schema)) refuse('an array')
  if (!isObject(schema)) refuse(typeof schema === 'function' ? 'a function' : shown(schema))
  if (![Object.prototype, null].includes(Object.getPrototypeOf(schema)))
    refuse(`a ${(schema as object).constructor.name}`)
}
