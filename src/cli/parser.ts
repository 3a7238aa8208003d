import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { Command as Parser, CommanderError, InvalidArgumentError } from 'commander'
import { nearest } from '../errors.ts'
import type { Command, CommandEntry } from './command.ts'
import { commands } from './commands/index.ts'
import { ownVersion } from '../results/environment.ts'
import { shellWord } from './shellWord.ts'

const shared = ['--json', '--quiet', '-q', '--no-color']

/** What a command line asks for: a command with its arguments, or nothing when the parser has answered itself. */
export interface Invocation {
  readonly command: Command
  readonly args: readonly unknown[]
  readonly options: object
}

/** Reads a command line. Throws a CommanderError when it has printed help or the version, or cannot be understood. */
export async function parse(argv: readonly string[]): Promise<Invocation> {
  const line = commandLine(argv)
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
  if (argv.length > 0 && argv.every((word) => shared.includes(word)))
    throw new CommanderError(1, 'assay.noCommand', `error: there is no command beside ${argv.join(' ')}`)
  if (named === undefined && line[0]?.startsWith('-') === false)
    throw new CommanderError(1, 'assay.unknownCommand', `error: unknown command '${line[0]}'`)
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
  checkValues(parser)
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

/** The line, in which options of every command may stand before its name, and `help` before it asks for `--help`. */
function commandLine(argv: readonly string[]): string[] {
  const first = argv.findIndex((word) => !shared.includes(word))
  if (first < 0) return [...argv]
  const [name = '', ...rest] = argv.slice(argv[first] === '--' ? first + 1 : first)
  if (name !== 'help') return [name, ...argv.slice(0, first), ...rest]
  const asked = rest.find((word) => !shared.includes(word))
  return asked === undefined || asked === 'help' ? [] : [asked, '--help']
}

function entryOf([wanted]: readonly string[]): CommandEntry | undefined {
  return commands.find(({ name }) => name === wanted)
}

/** What stands for a value that may be empty: `--quote ""` is no quote at all. */
const mayBeEmpty = /<(?:character|mark|values)>$/

/**
 * Refuses an option of one value that is given again with another, as the first would be dropped without a word, and one
 * whose value is empty, as that of a variable that is not set.
 */
function checkValues(parser: Parser): void {
  for (const option of parser.options) {
    if (!option.required && !option.optional) continue
    const read: (text: string, before: unknown) => unknown = option.parseArg ?? ((text) => text)
    let earlier: string | undefined
    option.argParser((text: string, before: unknown) => {
      if (text === '' && !mayBeEmpty.test(option.flags)) throw new InvalidArgumentError('It is empty.')
      const value = read(text, before)
      if (earlier !== undefined && text !== earlier && isDeepStrictEqual(value, read(text, undefined)))
        throw new InvalidArgumentError(`It stands there twice, as ${JSON.stringify(earlier)} before.`)
      earlier = text
      return value
    })
  }
}

/** The words of a usage error: what was found, and what to try. */
export function usageError(
  { message }: CommanderError,
  argv: readonly string[],
): { readonly message: string; readonly hint: string } {
  const [problem = '', ...more] = message.replace(/^error: /, '').split('\n')
  const near = /^\(Did you mean (.*)\?\)$/.exec(more[0] ?? '')?.[1]
  const named = entryOf(commandLine(argv))
  const wrong = /^unknown command '(.*)'$/.exec(problem)?.[1]
  const guess =
    near ??
    (wrong === undefined
      ? undefined
      : nearest(
          wrong,
          commands.map(({ name }) => name),
        ))
  const flag = /^unknown option '(.*)'$/s.exec(problem)?.[1]
  const help = `see assay ${named ? `${named.name} ` : ''}--help`
  const isFile = guess === undefined && flag !== undefined && existsSync(flag)
  return {
    message: problem,
    hint: guess ? `did you mean ${guess}?` : isFile ? `for the file of that name say ${shellWord(flag)}` : help,
  }
}
