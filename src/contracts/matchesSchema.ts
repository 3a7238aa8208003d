import { aboutDataset, type CheckGroup } from '../checks/check.ts'
import { checkedDataset } from '../checks/receiver.ts'
import { allowEmpty, mostly, parsedOptions, type RowCheckOptions, severity } from '../checks/parameters/options.ts'
import { type Option, options as optionSet } from '../checks/parameters/parameter.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { checkPart, checkSource, type ReadOptions, readSchema, type SchemaSource } from '../languages/readSchema.ts'

/** What `matchesSchema` can be told. */
export type MatchesSchemaOptions = Pick<RowCheckOptions, 'mostly' | 'severity' | 'allowEmpty'> & ReadOptions

const part: Option<'part', string | undefined> = {
  name: 'part',
  role: 'asked',
  doc: 'the part of the schema that is meant',
  absent: undefined,
  type: 'string',
  example: "'orders'",
  parse(value, { asker }) {
    checkPart(value, asker)
    return value as string
  },
  toJSON: (name) => name,
}
const known = optionSet<MatchesSchemaOptions>(mostly, severity, allowEmpty, part)

/**
 * Every row holds to a schema. Asks one check per column and constraint, so that one broken constraint never hides
 * another; it passes when all of them pass. Missing values of optional columns hold; a dataset without rows is
 * `vacuous` unless `allowEmpty`. `mostly` and `severity` are for constraints that don't say their own. A schema that is
 * none becomes an `error` that names the place in the schema.
 */
export function matchesSchema(dataset: Dataset, schema: SchemaSource, options?: MatchesSchemaOptions): CheckGroup {
  checkedDataset(dataset, 'matchesSchema', "'orders.schema.json'")
  const { part, ...checkOptions } = parsedOptions(options, known, { asker: 'matchesSchema', dataset })
  checkSource(schema, 'matchesSchema')
  return {
    type: 'group',
    inputs: [dataset],
    kind: 'matchesSchema',
    family: 'schema',
    ...aboutDataset(dataset, [], {
      statement: { file: typeof schema === 'string' ? schema : undefined, part },
      limits: checkOptions,
    }),
    title: typeof schema === 'string' ? `rows that hold to ${schema}` : 'rows that hold to the schema',
    expected: 'every constraint of the schema',
    severity: checkOptions.severity,
    async expand() {
      const { tableChecks } = await import('../schema/tableChecks.ts')
      return tableChecks(dataset, await readSchema(schema, part === undefined ? {} : { part }), checkOptions)
    },
  }
}
