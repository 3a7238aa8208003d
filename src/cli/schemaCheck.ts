import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { type Command as Parser, Option } from 'commander'
import type { CheckGroup } from '../checks/check.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { contractCheck, contractPath, readContract } from '../contracts/contract.ts'
import { matchesSchema, type MatchesSchemaOptions } from '../contracts/matchesSchema.ts'
import { readSchema, readSchemaOf } from '../languages/readSchema.ts'
import type { DataOptions } from './dataOptions.ts'
import { visible } from '../words/text/visible.ts'
import { fileHere } from './files.ts'
import { share } from './list.ts'
import { declareOwnChecks } from './ownChecks.ts'
import { shellWord } from './shellWord.ts'

/** What data is held to. */
export interface SchemaOptions extends DataOptions {
  readonly schema?: string
  readonly contract?: string
  readonly mostly?: number
  readonly severity?: 'error' | 'warn'
  readonly allowEmpty?: boolean
  readonly allowExtra?: boolean
}

/** Declares the options that say what data is held to. */
export function declareSchema(parser: Parser): Parser {
  return declareOwnChecks(parser)
    .addOption(new Option('--schema <file>', 'the schema that every row holds to').conflicts('contract'))
    .option('--contract <file>', 'the contract; default: __contracts__/<name>.schema.json in this folder')
    .addOption(
      new Option('--mostly <share>', 'least share of rows that hold, where the schema says none').argParser(share),
    )
    .addOption(
      new Option('--severity <level>', 'what a broken constraint is, where the schema says none').choices([
        'error',
        'warn',
      ]),
    )
    .option('--allow-empty', 'data without rows holds')
    .option('--allow-extra', 'columns that the schema does not know are fine')
}

/** The check that holds a dataset to the schema or contract. Throws AssayError when there is none, or it is wrong. */
export async function schemaCheck(dataset: Dataset, options: SchemaOptions): Promise<CheckGroup> {
  return options.schema === undefined
    ? heldToContract(dataset, options)
    : heldToSchema(dataset, options.schema, options)
}

async function heldToSchema(dataset: Dataset, schema: string, options: SchemaOptions): Promise<CheckGroup> {
  const check = matchesSchema(dataset, schema, { ...rowOptions(options), ...extraOption(options) })
  await readSchema(schema)
  return check
}

async function heldToContract(dataset: Dataset, options: SchemaOptions): Promise<CheckGroup> {
  if (Object.keys(rowOptions(options)).length > 0)
    throw new AssayError(
      'wrong-argument',
      '--mostly, --severity and --allow-empty go with --schema: a contract says its own',
      {
        hint: 'write it into the contract, or pass the file as --schema',
      },
    )
  const file = options.contract ?? path.relative(process.cwd(), contractPath(fileHere(), dataset.name))
  const contract = await readContract(file)
  if (contract !== undefined) {
    await readSchemaOf(contract, file)
    return contractCheck(dataset, contract, file, extraOption(options))
  }
  throw new AssayError('missing-file', `there is no contract ${JSON.stringify(file)} for ${dataset.name}`, {
    hint: `write one from the data with: assay init ${shellWord(dataset.source)}\n  or name ${presentContracts()} with --contract <file>, or a schema with --schema <file>`,
  })
}

/** The contracts beside which another one was looked for, in words. */
function presentContracts(): string {
  const folder = path.dirname(path.relative(process.cwd(), contractPath(fileHere(), 'x')))
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(json|ya?ml)$/i.test(name)) : []
  if (files.length === 0) return 'one'
  const shown = files
    .sort()
    .slice(0, 5)
    .map((name) => visible(JSON.stringify(path.join(folder, name))))
  return `${shown.join(', ')}${files.length > 5 ? ` or one of ${files.length - 5} more` : ''}`
}

const extraOption = ({ allowExtra }: SchemaOptions): Pick<MatchesSchemaOptions, 'allowExtra'> =>
  allowExtra === undefined ? {} : { allowExtra }

function rowOptions({ mostly, severity, allowEmpty }: SchemaOptions): MatchesSchemaOptions {
  return {
    ...(mostly === undefined ? {} : { mostly }),
    ...(severity === undefined ? {} : { severity }),
    ...(allowEmpty === undefined ? {} : { allowEmpty }),
  }
}
