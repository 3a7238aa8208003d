import { Command as Parser } from 'commander'
import { commands } from '../commands/index.ts'
import { declared } from '../parser.ts'

/** An option as a shell completes it. */
export interface OptionWords {
  readonly flags: readonly string[]
  readonly description: string
  /** It is followed by a value. */
  readonly value: boolean
  /** The values it can have; empty for a value of any kind. */
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
      const help = { flags: ['-h', '--help'], description: 'print help', value: false, choices: [] }
      const options = parser.options.map(({ short, long, description, required, optional, argChoices }) => ({
        flags: [short, long].filter((flag) => flag !== undefined),
        description,
        value: required || optional,
        choices: argChoices ?? [],
      }))
      const choices = parser.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
      return { name: entry.name, summary: entry.summary, options: [...options, help], choices }
    }),
  )
}
