import { Command as Parser, CommanderError } from 'commander'
import { nearest } from '../errors.ts'
import type { Command, CommandEntry } from './command.ts'
import { commands } from './commands/index.ts'
import { ownVersion } from '../results/environment.ts'

const shared = ['--json', '--quiet', '-q', '--no-color']

/** What a command line asks for: a command with its arguments, or nothing when the parser has answered itself. */
export interface Invocation {
  readonly command: Command
  readonly args: readonly unknown[]
  readonly options: object
}

/** Reads a command line. Throws a CommanderError when it has printed help or the version, or cannot be understood. */
export async function parse(argv: readonly string[]): Promise<Invocation> {
  const line = sharedOptionsLast(argv)
  const named = entryOf(line)
  const program = new Parser('assay')
    .description('Hold data and models to what they should be, without writing a test.')
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText(
      'after',
      '\nExit code: 0 holds, 1 something fails, 2 could not run.\nHelp for a command: assay help <command>',
    )
  quieted(program)
  let invocation: Invocation | undefined
  for (const entry of commands) {
    const parser = quieted(program.command(entry.name))
      .description(entry.summary)
      .helpOption('-h, --help', 'print help')
    if (entry !== named) continue
    const command = await declared(entry, parser)
    parser.action(() => {
      invocation = { command, args: parser.processedArgs as unknown[], options: parser.opts() }
    })
  }
  if (line.length === 0) program.outputHelp()
  else await program.parseAsync(line, { from: 'user' })
  return invocation ?? answered()
}

/** Loads a command and declares it, with the options that every command has. */
async function declared(entry: CommandEntry, parser: Parser): Promise<Command> {
  const command = await entry.load()
  command.declare(parser)
  parser
    .option('--json', 'print the answer as JSON')
    .option('-q, --quiet', 'print nothing but errors; the exit code is the answer')
    .option('--no-color', 'print without colors')
  const lines = command.examples.map(([line, does]) => `  ${line}\n      ${does}`)
  if (lines.length > 0) parser.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
  return command
}

function answered(): never {
  throw new CommanderError(0, 'assay.answered', '')
}

/** Errors are thrown, for one place to print. */
function quieted(parser: Parser): Parser {
  return parser.exitOverride().configureOutput({ outputError: () => {} })
}

/** Options of every command may stand before its name too. */
function sharedOptionsLast(argv: readonly string[]): string[] {
  const first = argv.findIndex((word) => !shared.includes(word))
  if (first < 0) return [...argv]
  const [name, ...rest] = argv.slice(first)
  return [name as string, ...argv.slice(0, first), ...rest]
}

function entryOf([first, second]: readonly string[]): CommandEntry | undefined {
  const wanted = first === 'help' ? second : first
  return commands.find(({ name }) => name === wanted)
}

/** The words of a usage error: what was found, and what to try. */
export function usageError({ message }: CommanderError, argv: readonly string[]): string {
  const [problem = '', ...more] = message.replace(/^error: /, '').split('\n')
  const near = /^\(Did you mean (.*)\?\)$/.exec(more[0] ?? '')?.[1]
  const named = entryOf(sharedOptionsLast(argv))
  const wrong = /^unknown command '(.*)'$/.exec(problem)?.[1]
  const guess =
    near ??
    (wrong === undefined
      ? undefined
      : nearest(
          wrong,
          commands.map(({ name }) => name),
        ))
  return `${problem}\n  hint: ${guess ? `did you mean ${guess}?` : `see assay ${named ? `${named.name} ` : ''}--help`}`
}
