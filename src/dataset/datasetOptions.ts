import { AssayError } from '../errors.ts'
import { ownOptions } from '../options.ts'
import { shownValue } from '../cells/cellValue.ts'
import { type CommonOptions, commonOptions } from '../formats/commonOptions.ts'
import type { Options, AllMembers } from '../formats/option.ts'
import type { SourceKind } from '../formats/source.ts'
import { sources } from './sources.ts'

type OwnOptions = (typeof sources)[number] extends infer K ? (K extends SourceKind<infer O> ? O : never) : never

/** Options of `dataset()`: those of every source, and those that a source has of its own. */
export interface DatasetOptions extends CommonOptions, AllMembers<OwnOptions> {}

/** All options of a dataset, as their sources declare them. */
export const declaredOptions: Options = Object.assign({}, commonOptions, ...sources.map(({ options }) => options))

/** The names of all options of a dataset. */
export const datasetOptionNames: readonly string[] = Object.keys(declaredOptions)

/** The options of a dataset; an AssayError for one that no dataset has, and for a value that it cannot have. */
export function checkedOptions(what: string, options: DatasetOptions | undefined): DatasetOptions {
  const own = ownOptions(what, options, datasetOptionNames)
  for (const [name, value] of Object.entries(own)) {
    const { fits, takes, check } = declaredOptions[name] as Options[string]
    if (value === undefined) continue
    if (!fits(value))
      throw new AssayError('wrong-argument', `${what}: ${name} is ${shownValue(value)}`, { hint: `it takes ${takes}` })
    check?.(value as never, what)
  }
  return own.types ? { ...own, types: Object.assign(Object.create(null), own.types) } : own
}
