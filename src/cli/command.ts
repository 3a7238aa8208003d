import type { Command as Parser } from 'commander'
import type { Context } from './context.ts'

/** How a command ends: what was asked holds, something fails, or it could not be found out. */
export const exit = { holds: 0, fails: 1, couldNotRun: 2 } as const
export type ExitCode = (typeof exit)[keyof typeof exit]

/** One command of `assay`. Its module is the default export of `commands/<name>.ts` and loads when it is invoked. */
export interface Command<Args extends readonly unknown[] = readonly unknown[], Options = object> {
  /** Lines of the help, each a command line and what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  /** Declares arguments and options; `--json`, `--quiet` and `--no-color` are there already. */
  declare(parser: Parser): void
  /** Does the work. An AssayError that is thrown is printed, and the process exits with 2. */
  run(args: Args, options: Options, context: Context): Promise<ExitCode>
}

/** Defines a command; `run` gets the arguments and options that `declare` declared. */
export function command<Args extends readonly unknown[], Options extends object>(
  definition: Command<Args, Options>,
): Command {
  return definition as unknown as Command
}

/** A command by name, before its module is loaded. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  load(): Promise<Command>
}

/** One line of the index. */
export function entry(name: string, summary: string, load: () => Promise<{ readonly default: Command }>): CommandEntry {
  return { name, summary, load: async () => (await load()).default }
}
