import { styleText } from 'node:util'
import { temporarySubfolder } from '../engine/temporary.ts'
import { visibleJson } from '../words/text/visible.ts'

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'magenta' | 'cyan'

/** What a command has at hand. */
export interface Context {
  /** Aborted by Ctrl-C and by the signal that asks a process to end. */
  readonly signal: AbortSignal
  /** Nothing but errors is printed. */
  readonly quiet: boolean
  /** The answer is one JSON document on stdout. */
  readonly json: boolean
  /** Whether stdout shows colors. */
  readonly color: boolean
  /** Colors text for stdout, where it shows colors. */
  paint(style: Style, text: string): string
  /** Writes the answer for people to stdout, ending the line; nothing under `quiet` and `json`. */
  print(text: string): void
  /** Writes the answer as one JSON document to stdout, where that was asked. */
  answer(value: unknown): void
  /** Writes the answer to stdout as it is, whatever the options. */
  write(text: string): void
  /** Whether `write` was called. */
  hasWritten(): boolean
  /** Tells something beside the answer, on stderr; nothing under `quiet`. */
  note(text: string): void
  /** A new folder that is removed when the process ends, however it ends. */
  temporaryFolder(): Promise<string>
}

/** The options every command has. */
export interface SharedOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly color?: boolean
}

/** The context of one invocation. */
export function contextOf({ json = false, quiet = false, color = true }: SharedOptions, signal: AbortSignal): Context {
  const colored = color && !json && showsColor(process.stdout)
  let hasWritten = false
  const write = (text: string): void => {
    hasWritten = true
    process.stdout.write(text)
  }
  return {
    signal,
    quiet,
    json,
    color: colored,
    paint: (style, text) => (colored ? styleText(style, text) : text),
    print: (text) => {
      if (!quiet && !json) process.stdout.write(`${text}\n`)
    },
    answer: (value) => {
      if (json) write(`${visibleJson(JSON.stringify(value, null, 2))}\n`)
    },
    write,
    hasWritten: () => hasWritten,
    note: (text) => {
      if (!quiet) process.stderr.write(`${text}\n`)
    },
    async temporaryFolder() {
      return temporarySubfolder('cli')
    },
  }
}

/** `FORCE_COLOR` and `NO_COLOR` decide, in that order, as in Node itself; else whether it is a terminal. */
function showsColor(stream: NodeJS.WriteStream): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return !NO_COLOR && TERM !== 'dumb' && Boolean(stream.isTTY)
}
