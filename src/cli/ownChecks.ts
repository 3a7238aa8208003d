import { type Command as Parser, Option } from 'commander'
import { ownKinds } from '../checks/catalogue.ts'
import { AssayError } from '../errors.ts'
import { importModule } from './importModule.ts'

/** The option that names modules with checks of the user's own. */
export interface OwnChecksOptions {
  readonly checks?: readonly string[]
}

/** Declares the option that names modules with checks of the user's own. */
export function declareOwnChecks(parser: Parser): Parser {
  return parser.addOption(
    new Option(
      '--checks <module>',
      'a module that defines checks of your own (defineCheck), which contracts then may name; once for each',
    ).argParser((module, before: readonly string[] | undefined) => [...(before ?? []), module]),
  )
}

/** Imports the modules, so that their checks are known. Throws AssayError where they define none. */
export async function importOwnChecks({ checks = [] }: OwnChecksOptions): Promise<void> {
  for (const module of checks) await importModule(module)
  if (checks.length === 0 || ownKinds().length > 0) return
  const modules = checks.map((module) => JSON.stringify(module)).join(', ')
  throw new AssayError('wrong-argument', `no check is defined in ${modules}`, {
    hint: 'defineCheck.row, .aggregate and .run define one, from the same package as this command',
  })
}
