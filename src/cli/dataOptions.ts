import { type Command as Parser, InvalidArgumentError } from 'commander'
import { type DatasetOptions, datasetOptionNames, declaredOptions } from '../dataset/datasetOptions.ts'
import type { SourceOption } from '../formats/option.ts'
import { list, number } from './list.ts'

/** Options of every command that reads data: those of `dataset()`. */
export type DataOptions = DatasetOptions & { readonly key?: readonly string[]; readonly pii?: readonly string[] }

/** Declares options of data, as the sources declare theirs: all of them, or those that are named. */
export function declareData(parser: Parser, names: readonly string[] = datasetOptionNames): Parser {
  for (const [name, { flag, help }] of Object.entries(declaredOptions)) {
    if (!names.includes(name)) continue
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    if (flag.as === 'on') parser.option(`--${kebab}`, help)
    else if (flag.as === 'off') parser.option(`--no-${kebab}`, help)
    else if (flag.as === 'text') parser.option(`--${kebab} <${flag.value}>`, help)
    else
      parser.option(`--${kebab} <${flag.value}>`, help, readers[flag.as] as (text: string, before: unknown) => unknown)
  }
  return parser
}

/** What of a command's options are options of data. */
export function givenOptions(options: DataOptions): DatasetOptions {
  const taken: Record<string, unknown> = {}
  for (const [name, { flag }] of Object.entries(declaredOptions as Readonly<Record<string, SourceOption<unknown>>>)) {
    const value = (options as Readonly<Record<string, unknown>>)[name]
    // The parser sets what has a flag `--no-…` where that was not taken.
    if (value !== undefined && !(flag.as === 'off' && value === true)) taken[name] = value
  }
  return taken
}

const readers: Readonly<Record<'list' | 'number' | 'pairs' | 'place', (text: string, before: never) => unknown>> = {
  list,
  number,
  /** A number, or a name; one of digits stands in double quotes. */
  place: (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text.replace(/^"(\d+)"$/, '$1')),
  pairs: (text: string, before?: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
    const pairs = list(text).map((pair) => {
      const at = pair.lastIndexOf('=')
      if (at <= 0) throw new InvalidArgumentError('Each is a name, "=" and a value, parted by commas: a=string,b=date')
      return [pair.slice(0, at), pair.slice(at + 1)]
    })
    return { ...before, ...(Object.fromEntries(pairs) as Record<string, string>) }
  },
}
