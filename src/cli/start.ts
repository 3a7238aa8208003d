import { constants } from 'node:os'
import { CommanderError } from 'commander'
import { stoppedBy } from '../engine/running.ts'
import { isAnyPersonal } from '../dataset/personal.ts'
import { AssayError, discreetMessage, firstLine, withoutHint } from '../errors.ts'
import { visibleJson, visibleLines } from '../words/text/visible.ts'
import { exit } from './command.ts'
import { type Context, contextOf, type SharedOptions } from './context.ts'
import type { OwnChecksOptions } from './ownChecks.ts'
import { parse, usageError } from './parser.ts'
import { setImmediate, setTimeout } from '../realTimers.ts'

/** How long a stopped command may take to clean up, in milliseconds. */
const GRACE = 5000

/** Runs a command line and ends the process with its exit code. */
export async function start(argv: readonly string[]): Promise<void> {
  const stop = new AbortController()
  let code: number = exit.couldNotRun
  let endedBy: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const ending = 128 + constants.signals[signal]
      // Asked twice, or the engine does not let go: the exit handlers still remove temporary files.
      if (endedBy !== undefined) process.exit(ending)
      endedBy = ending
      setTimeout(() => process.exit(ending), GRACE).unref()
      stop.abort(new Error(signal))
    })
  }
  // Whoever reads may have seen enough: `assay profile data.csv | head`. The answer stays the exit code.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return
      if (stream === process.stdout) tell({ message: `stdout cannot be written: ${firstLine(error)}` })
      process.exit(exit.couldNotRun)
    })
  }
  let context: Context | undefined
  try {
    const { command, args, options } = await parse(argv)
    const { signal } = stop
    const own = contextOf(options as SharedOptions, signal)
    context = own
    code = await stoppedBy(signal, async () => {
      await withOwnChecks(options)
      return command.run(args, options, own)
    })
  } catch (error) {
    code = report(error, argv, stop.signal, context)
  }
  await Promise.all([process.stdout, process.stderr].map(flushed))
  // A stream that writes at once tells of its errors a turn later.
  await new Promise((resolve) => setImmediate(resolve))
  await closeEngine()
  // A model may have left timers and sockets open.
  process.exit(endedBy ?? code)
}

/** Contracts may name checks of modules; without one nothing is loaded for that. */
async function withOwnChecks(options: { readonly checks?: unknown }): Promise<void> {
  if (options.checks === undefined) return
  const { importOwnChecks } = await import('./ownChecks.ts')
  await importOwnChecks(options as OwnChecksOptions)
}

/** An engine that spilled to disk cleans up when it is closed; one that never started is not loaded for that. */
async function closeEngine(): Promise<void> {
  if (!(Symbol.for('assay.engine.duckdb') in process)) return
  const { closeSharedDuckDB } = await import('../engine/duckdb.ts')
  await closeSharedDuckDB()
}

/** Prints what was thrown, and says how the process ends. */
function report(error: unknown, argv: readonly string[], signal: AbortSignal, context: Context | undefined): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exit.holds
  const problem = problemOf(error, argv, signal)
  const isJson = context?.json ?? argv.slice(0, [...argv, '--'].indexOf('--')).includes('--json')
  if (isJson && !context?.hasWritten())
    process.stdout.write(`${visibleJson(JSON.stringify({ error: problem }, null, 2))}\n`)
  tell(problem)
  if (process.env.ASSAY_DEBUG === '1' && error instanceof Error) process.stderr.write(`${stackOf(error)}\n`)
  return exit.couldNotRun
}

/** Why a command ended without an answer. */
interface Problem {
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
}

function problemOf(error: unknown, argv: readonly string[], signal: AbortSignal): Problem {
  if (error instanceof CommanderError) return { code: 'wrong-argument', ...usageError(error, argv) }
  if (signal.aborted) return { code: 'aborted', message: 'stopped' }
  if ((error as NodeJS.ErrnoException | undefined)?.syscall === 'uv_cwd')
    return {
      code: 'missing-file',
      message: 'the folder that this command was started in is there no more',
      hint: 'change into one that is',
    }
  if (!(error instanceof AssayError))
    return {
      code: 'unexpected',
      message: isAnyPersonal()
        ? discreetMessage(error)
        : `unexpected ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
      hint: 'ASSAY_DEBUG=1 shows where',
    }
  const { code, hint, discreet } = error
  if (isAnyPersonal() && discreet !== undefined) return { code, message: discreet }
  return { code, message: withoutHint(error), hint }
}

/** Where an error arose; its words stand in its stack, too. */
function stackOf({ stack = '' }: Error): string {
  return isAnyPersonal()
    ? stack
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n')
    : stack
}

function tell({ message, hint }: Pick<Problem, 'message' | 'hint'>): void {
  const text = hint === undefined ? message : `${message}\n  hint: ${hint}`
  process.stderr.write(`assay: ${visibleLines(text)}\n`)
}

/** Pipes of Windows are written later than asked. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable || stream.writableLength === 0) resolve()
    else stream.write('', () => resolve())
  })
}
