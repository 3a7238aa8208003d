import { Command as Parser } from 'commander'
import { commands } from '../commands/index.ts'
import { declared } from '../parser.ts'

/** An option as a shell completes it. */
export interface OptionWords {
  readonly flags: readonly string[]
  readonly description: string
  /** What follows it: nothing, a path, or text. */
  readonly value: 'none' | 'path' | 'text'
  /** The values it can have; empty where they are not a few. */
  readonly choices: readonly string[]
}

/** A command as a shell completes it. */
export interface CommandWords {
  readonly name: string
  readonly summary: string
  readonly options: readonly OptionWords[]
  /** The values its argument can have; empty for files. */
  readonly choices: readonly string[]
}

/** What can be written after `assay`, read off the commands themselves. */
export async function commandWords(): Promise<readonly CommandWords[]> {
  return Promise.all(
    commands.map(async (entry) => {
      const parser = new Parser(entry.name).helpOption('-h, --help', 'print help')
      await declared(entry, parser)
      const help = { flags: ['-h', '--help'], description: 'print help', value: 'none' as const, choices: [] }
      const options = parser.options.map(({ short, long, flags, description, argChoices }) => ({
        flags: [short, long].filter((flag) => flag !== undefined),
        description,
        value: valueOf(flags),
        choices: argChoices ?? [],
      }))
      const choices = parser.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
      return { name: entry.name, summary: entry.summary, options: [...options, help], choices }
    }),
  )
}

/** What the placeholder of an option's flags stands for: `--report <folder>`. */
function valueOf(flags: string): OptionWords['value'] {
  const placeholder = /[<[](\w+)/.exec(flags)?.[1]
  if (placeholder === undefined) return 'none'
  return ['file', 'folder', 'module'].includes(placeholder) ? 'path' : 'text'
}
