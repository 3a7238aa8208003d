import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { onAbort } from '../engine/running.ts'
import { AssayError, firstLine, kindOf, textOf, stoppedError } from '../errors.ts'
import { hash } from '../results/resultId.ts'
import { countText } from '../words/text/numbers.ts'
import { clearTimeout, setTimeout } from '../realTimers.ts'
import { ownOptions } from '../options.ts'
import { Problem, readAnswer } from './answer.ts'
import { branded, type Model, type Predictions } from './model.ts'
import { jsonText, snapshot, type Value } from './value.ts'

export interface ExecOptions {
  /**
   * How the model is called in messages and reports; default: the command.
   * @example { name: 'sentiment@1.4.0' }
   */
  readonly name?: string
  /**
   * Milliseconds the process may be silent; default: as long as it takes.
   * @example { timeout: 60_000 }
   */
  readonly timeout?: number
  /**
   * What tells this model from another of its name.
   * @example { fingerprint: 'sha256:9f86d0' }
   */
  readonly fingerprint?: string
  /**
   * Called with how many predictions have been read.
   * @example { onProgress: (done) => console.log(done) }
   */
  readonly onProgress?: (done: number) => void
}

const known = ['name', 'timeout', 'fingerprint', 'onProgress']
const STDERR = 2000

/**
 * A model that is a process of any language: it reads one input as JSON per line on stdin, and writes one prediction as
 * JSON per line on stdout, in order; after the last input its stdin is closed. A command line goes to the shell; a list
 * of words is run as it is. Bigints are written with all their digits, dates as ISO text; an input that JSON cannot hold
 * is an error and is not sent. A line that is no prediction is an error of its input; when the process ends early, inputs
 * without an answer are errors that carry the end of its stderr. Throws AssayError `wrong-prediction` when it ends
 * before its first answer, and when it writes more lines than it got, since then no line can be trusted.
 */
export function exec(command: string | readonly string[], options: ExecOptions = {}): Model {
  const words = typeof command === 'string' ? [command] : command
  if (!Array.isArray(words) || words.length === 0 || words.some((word) => typeof word !== 'string' || word === ''))
    throw wrong(
      `got ${Array.isArray(command) ? JSON.stringify(command) : kindOf(command)} as command`,
      'e.g. exec("python3 predict.py")',
    )
  if (words[0]?.trim() === '')
    throw wrong(`got ${JSON.stringify(command)} as command`, 'e.g. exec("python3 predict.py")')
  const own = ownOptions('exec()', options, known)
  const { timeout, name = words.join(' '), fingerprint } = own
  if (timeout !== undefined && !(Number.isInteger(timeout) && timeout > 0))
    throw wrong(`got timeout: ${textOf(timeout)}`, 'timeout is a whole number of milliseconds')
  for (const [option, value] of Object.entries({ name, fingerprint }))
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw wrong(`got ${kindOf(value)} as ${option}`, `${option} is a text`)
  return branded({
    name,
    fingerprint,
    // A command line may hold a secret, which only one who names the model after it has shown already.
    source: `command ${hash(command, 8)}`,
    predict: (inputs, { signal } = {}) => predictSendable(command, inputs, own, signal),
  })
}

function wrong(found: string, hint: string): AssayError {
  return new AssayError('wrong-argument', `exec() ${found}`, { hint })
}

/** Sends the inputs that are JSON; the others are errors. */
async function predictSendable(
  command: string | readonly string[],
  inputs: readonly unknown[],
  options: ExecOptions,
  signal: AbortSignal | undefined,
): Promise<Predictions> {
  const lines: string[] = []
  const places: number[] = []
  const errors = new Map<number, string>()
  inputs.forEach((input, i) => {
    try {
      lines.push(jsonText(snapshot(input, { dates: true })))
      places.push(i)
    } catch (error) {
      errors.set(i, `was not asked: its input is ${textOf(error)}`)
    }
  })
  const values = new Array<Value | undefined>(inputs.length)
  if (lines.length === 0) return { values, errors }
  const answered = await predictAll(command, lines, options, signal)
  places.forEach((place, k) => {
    const error = answered.errors.get(k)
    if (error === undefined) values[place] = answered.values[k]
    else errors.set(place, error)
  })
  return { values, errors }
}

async function predictAll(
  command: string | readonly string[],
  inputs: readonly string[],
  { timeout, onProgress }: ExecOptions,
  signal: AbortSignal | undefined,
): Promise<Predictions> {
  if (signal?.aborted) throw stoppedError(signal)
  const child = started(command)
  const { stdin, stdout, stderr } = child
  const values = new Array<Value | undefined>(inputs.length)
  const errors = new Map<number, string>()
  let last = ''
  let done = 0
  let extra: string | undefined
  let silent = false
  let running = true
  let timer: NodeJS.Timeout | undefined
  const output = createInterface({ input: stdout, crlfDelay: Number.POSITIVE_INFINITY })
  const stop = (): void => {
    if (!running) return
    kill(child)
    // What left the process group may hold the pipes open for as long as it lives.
    output.close()
    for (const pipe of [stdin, stdout, stderr]) pipe.destroy()
  }
  const watch = (): void => {
    clearTimeout(timer)
    if (timeout === undefined) return
    timer = setTimeout(() => {
      silent = true
      stop()
    }, timeout)
  }
  const release = signal && onAbort(signal, stop)
  stderr.setEncoding('utf8').on('data', (text: string) => {
    last = (last + text).slice(-STDERR)
  })
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  closed.catch(() => {})
  try {
    watch()
    // A process that stops reading says why by how it ends.
    const writing = pipeline(Readable.from(lines(inputs)), stdin).catch(() => {})
    for await (const line of output) {
      if (line.trim() === '') continue
      watch()
      if (done === inputs.length) {
        extra ??= line
        continue
      }
      const problem = settle(line, done, values)
      if (problem !== undefined) errors.set(done, problem)
      done++
      onProgress?.(done)
    }
    await writing
    const ended = await closed
    running = false
    if (signal?.aborted) throw stoppedError(signal)
    if (extra !== undefined)
      throw new AssayError(
        'wrong-prediction',
        `the process wrote more than ${inputs.length} lines for ${inputs.length} inputs`,
        {
          hint: `write nothing but predictions to stdout; the first line too many was ${JSON.stringify(extra.slice(0, 80))}`,
        },
      )
    if (done === 0)
      throw new AssayError(
        'wrong-prediction',
        `the process ${silent ? `was silent for ${timeout} ms` : endedHow(ended, 0, last)}`,
        { hint: 'it reads one JSON input a line on stdin and writes one JSON prediction a line on stdout' },
      )
    const why = silent ? `was silent for ${timeout} ms` : endedHow(ended, done, last)
    for (let i = done; i < inputs.length; i++) errors.set(i, why)
    return { values, errors }
  } catch (error) {
    if (error instanceof AssayError) throw error
    throw new AssayError('wrong-argument', `the command could not be run: ${firstLine(error)}`, { cause: error })
  } finally {
    clearTimeout(timer)
    release?.()
    stop()
  }
}

/** In a process group of its own, so that what the shell started ends with it. */
function started(
  command: string | readonly string[],
): ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable } {
  const detached = process.platform !== 'win32'
  const [file = '', ...args] = typeof command === 'string' ? [command] : command
  return spawn(file, args, { shell: typeof command === 'string', stdio: 'pipe', detached }) as never
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill()
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // it ended in between
  }
}

/** Each input as a line. */
function* lines(inputs: readonly string[]): Generator<string> {
  for (const input of inputs) yield `${input}\n`
}

/** Reads one line of output; why it is no prediction, if so. */
function settle(line: string, place: number, values: (Value | undefined)[]): string | undefined {
  let answer: unknown
  try {
    answer = JSON.parse(line)
  } catch {
    return `answered ${JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line)}, which is not JSON`
  }
  const value = readAnswer(answer)
  if (value instanceof Problem) return value.text
  values[place] = value
  return undefined
}

function endedHow([code, signal]: [number | null, NodeJS.Signals | null], done: number, stderr: string): string {
  const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`
  const words = stderr.trim().split('\n').slice(-3).join(' / ')
  return `${how} after ${countText(done, 'answer')}${words === '' ? '' : `: ${words}`}`
}
