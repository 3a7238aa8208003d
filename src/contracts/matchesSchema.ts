import { aboutDataset, type CheckGroup } from '../checks/check.ts'
import { checkedDataset } from '../checks/receiver.ts'
import {
  allowEmpty,
  choice,
  mostly,
  parsedOptions,
  type RowCheckOptions,
  severity,
} from '../checks/parameters/options.ts'
import { type Option, options as optionSet } from '../checks/parameters/parameter.ts'
import type { Dataset } from '../dataset/dataset.ts'
import {
  checkPart,
  checkSource,
  type ReadOptions,
  readSchema,
  readSchemaOf,
  type SchemaSource,
} from '../languages/readSchema.ts'

/** What `matchesSchema` can be told. */
export interface MatchesSchemaOptions extends Pick<RowCheckOptions, 'mostly' | 'severity' | 'allowEmpty'>, ReadOptions {
  /**
   * Columns that the schema does not know hold to it, though it says that there are none. A check of its own that says
   * so, `onlyColumns` in `x-assay.checks`, is asked all the same.
   * @example { allowExtra: true }
   */
  readonly allowExtra?: boolean
}

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
const allowExtra = choice('allowExtra', [true, false], {
  doc: 'columns that the schema does not know hold to it',
  absent: false,
  example: true,
})
const known = optionSet<MatchesSchemaOptions>(mostly, severity, allowEmpty, allowExtra, part)

/**
 * Every row holds to a schema. Asks one check per column and constraint, so that one broken constraint never hides
 * another; it passes when all of them pass. Missing values of optional columns hold; a dataset without rows is
 * `vacuous` unless `allowEmpty`. `mostly` and `severity` are for constraints that don't say their own. A schema that is
 * none becomes an `error` that names the place in the schema.
 */
export function matchesSchema(dataset: Dataset, schema: SchemaSource, options?: MatchesSchemaOptions): CheckGroup {
  return schemaGroup(dataset, schema, options)
}

/** The same of a schema that was read from a file already: paths in it count from that file's folder. */
export function schemaGroup(
  dataset: Dataset,
  schema: SchemaSource,
  options: MatchesSchemaOptions | undefined,
  readFrom?: string,
): CheckGroup {
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
      const place = part === undefined ? {} : { part }
      const table = await (readFrom === undefined ? readSchema(schema, place) : readSchemaOf(schema, readFrom))
      return tableChecks(dataset, table, checkOptions)
    },
  }
}
