import { onAbort } from '../engine/running.ts'
import { AssayError, firstLine, kindOf, stoppedError, textOf } from '../errors.ts'
import { ownOptions } from '../options.ts'
import { hash } from '../results/resultId.ts'
import { type Answer, readAnswer } from './answer.ts'
import { declaredLabels, withDeclared } from './declaredLabels.ts'
import { LineProcess } from './lineProcess.ts'
import { branded, type Model } from './model.ts'
import { jsonText, snapshot } from './value.ts'

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
   * The labels that it may answer; an answer with another one is an error. Default: any.
   * @example { labels: ['positive', 'negative'] }
   */
  readonly labels?: readonly string[]
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

const known = ['name', 'timeout', 'labels', 'fingerprint', 'onProgress']
/** Inputs in a row at which it may die; after them it is not started again. */
const DEATHS = 3

/**
 * A model that is a process of any language: it reads one input as JSON per line on stdin, and writes one prediction as
 * JSON per line on stdout, in order. It is started once and kept for all assertions; one that stays silent for five
 * seconds has its stdin closed, so programs that hold back their output or read all of it first answer, too, and are
 * started anew for the next assertion. A command line goes to the shell; a list of words is run as it is. Bigints are
 * written with all their digits, dates as ISO text; an input that JSON cannot hold is an error and is not sent. A line
 * that is no prediction is an error of its input. A process that dies is started again after the input it died at, which
 * is an error that carries the end of its stderr; one that ends well with a line too few has no answer to any of its
 * inputs, since the lines after the missing one are those of other inputs. Throws AssayError `wrong-prediction` when it answers nothing
 * at all, and when it writes more lines than it got, since then no line can be trusted.
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
  const labels = declaredLabels(own.labels, 'exec()')
  const kept = new LineProcess(command)
  let before: Promise<unknown> = Promise.resolve()
  const made = branded({
    name,
    fingerprint,
    // A command line may hold a secret, which only one who names the model after it has shown already.
    source: `command ${hash(command, 8)}`,
    memory: () => kept.memory(),
    predict: (inputs, { signal } = {}) => {
      const turn = before.then(() => predictSendable(kept, inputs, own, signal))
      before = turn.catch(() => {})
      return turn
    },
  })
  return withDeclared(made, labels)
}

function wrong(found: string, hint: string): AssayError {
  return new AssayError('wrong-argument', `exec() ${found}`, { hint })
}

/** Sends the inputs that are JSON; the others are errors. */
async function predictSendable(
  kept: LineProcess,
  inputs: readonly unknown[],
  options: ExecOptions,
  signal: AbortSignal | undefined,
): Promise<readonly Answer[]> {
  const answers = new Array<Answer>(inputs.length)
  const lines: string[] = []
  const places: number[] = []
  inputs.forEach((input, i) => {
    try {
      lines.push(jsonText(snapshot(input, { dates: true })))
      places.push(i)
    } catch (error) {
      answers[i] = { error: `was not asked: its input is ${textOf(error)}` }
    }
  })
  if (lines.length === 0) return answers
  if (signal?.aborted) throw stoppedError(signal)
  const release = signal && onAbort(signal, () => kept.stop())
  try {
    const found = await answersOf(kept, lines, options, signal)
    places.forEach((place, k) => (answers[place] = found[k] as Answer))
    return answers
  } finally {
    release?.()
  }
}

async function answersOf(
  kept: LineProcess,
  lines: readonly string[],
  { timeout, onProgress }: ExecOptions,
  signal: AbortSignal | undefined,
): Promise<readonly Answer[]> {
  const found: Answer[] = []
  let alive = false
  let deaths = 0
  let said = 0
  while (found.length < lines.length) {
    const asked = found.length === 0 ? lines : lines.slice(found.length)
    const { answers, ended, done, extra } = await roundOf(kept, asked, {
      timeout,
      answered: () => onProgress?.(found.length + ++said),
    })
    if (signal?.aborted) throw stoppedError(signal)
    if (extra !== undefined)
      throw new AssayError(
        'wrong-prediction',
        `the process wrote more than ${asked.length} lines for ${asked.length} inputs`,
        {
          hint: `write nothing but predictions to stdout; the first line too many was ${JSON.stringify(extra.slice(0, 80))}`,
        },
      )
    if (done && answers.length > 0 && answers.length < asked.length) {
      const error = `wrote ${answers.length} ${answers.length === 1 ? 'line' : 'lines'} for ${asked.length} inputs, so that no line can be told whose it is`
      for (let i = 0; i < asked.length; i++) found.push({ error })
      return found
    }
    found.push(...answers.map(read))
    said = 0
    if (ended === undefined) continue
    alive ||= answers.length > 0
    deaths = answers.length > 0 ? 1 : deaths + 1
    // What it died at, or fell silent at, is the first input without an answer.
    const left = deaths < DEATHS ? 1 : lines.length - found.length
    if (!alive && found.length + left === lines.length)
      throw new AssayError('wrong-prediction', `the process ${ended}`, {
        hint: 'it reads one JSON input a line on stdin and writes one JSON prediction a line on stdout',
      })
    for (let i = 0; i < left; i++) found.push({ error: ended })
  }
  return found
}

async function roundOf(
  kept: LineProcess,
  lines: readonly string[],
  options: { readonly timeout: number | undefined; answered(line: string): void },
) {
  try {
    return await kept.round(lines, { ...options, strict: (line) => !isJson(line) })
  } catch (error) {
    kept.stop()
    throw new AssayError('wrong-argument', `the command could not be run: ${firstLine(error)}`, { cause: error })
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** Reads one line of output; why it is no prediction, if so. */
function read(line: string): Answer {
  try {
    return readAnswer(JSON.parse(line))
  } catch {
    return { error: `answered ${JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line)}, which is not JSON` }
  }
}
