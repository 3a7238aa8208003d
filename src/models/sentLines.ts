import { exactJson } from '../bytes/exactJson.ts'
import { onAbort } from '../engine/running.ts'
import { elapsed } from '../realTimers.ts'
import { throwIfStopped } from '../engine/stopping.ts'
import { AssayError, firstLine, textOf } from '../errors.ts'
import { type Answer, readAnswer } from './answer.ts'
import type { Line } from './byteLines.ts'
import { LineProcess } from './lineProcess.ts'
import type { PredictOptions } from './modelOptions.ts'
import { keyTwice } from './keyTwice.ts'
import { notJson } from './notJson.ts'
import { unaskedAfter } from './silence.ts'
import { jsonText, snapshot } from './value.ts'
import { countText } from '../words/text/numbers.ts'
import type { ExecOptions } from './execOptions.ts'

export { LineProcess } from './lineProcess.ts'

/** Inputs in a row at which it may die; after them it is not started again. */
const DEATHS = 3

/** Sends the inputs that are JSON; the others are errors. */
export async function predictSendable(
  kept: LineProcess,
  inputs: readonly unknown[],
  options: ExecOptions,
  { signal, timed = false }: PredictOptions,
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
  throwIfStopped(signal)
  const release = signal && onAbort(signal, () => kept.stop())
  try {
    const found = await answersOf(kept, lines, options, { signal, timed })
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
  { signal, timed }: PredictOptions,
): Promise<readonly Answer[]> {
  const answered: Answer[] = []
  let alive = false
  let deaths = 0
  let ofRound = 0
  while (answered.length < lines.length) {
    // What is timed is handed over by itself, or it would wait for those before it.
    const round = timed ? lines.slice(answered.length, answered.length + 1) : lines.slice(answered.length)
    const began = timed ? elapsed() : 0
    const { answers, ended, done, lastWords, extra } = await roundOf(kept, round, {
      timeout,
      answered: () => onProgress?.(answered.length + ++ofRound),
    })
    throwIfStopped(signal)
    if (extra !== undefined) throw tooMany(round.length, [...answers, extra])
    if (done && answers.length > 0 && answers.length < round.length) {
      const error = `wrote ${countText(answers.length, 'line')} for ${countText(round.length, 'input')}, so that no line can be told whose it is`
      for (let i = 0; i < round.length; i++) answered.push({ error })
      return answered
    }
    const latency = timed ? { latency: elapsed() - began } : {}
    for (const line of answers) answered.push({ ...read(line), ...latency })
    ofRound = 0
    if (ended === undefined) {
      alive = true
      deaths = 0
      continue
    }
    const why = lastWords === undefined ? ended : `${ended}: ${lastWords}`
    alive ||= answers.length > 0
    deaths = answers.length > 0 ? 1 : deaths + 1
    // What it died at, or fell silent at, is the first input without an answer.
    const left = deaths < DEATHS ? 1 : lines.length - answered.length
    if (!alive && answered.length + left === lines.length)
      throw new AssayError('wrong-prediction', `the process ${why}`, {
        hint: 'it reads one JSON input a line on stdin and writes one JSON prediction a line on stdout',
        discreet: `the process ${ended}`,
      })
    answered.push({ error: why })
    for (let i = 1; i < left; i++) answered.push(unaskedAfter(deaths, why))
  }
  return answered
}

function tooMany(count: number, lines: readonly Line[]): AssayError {
  // A banner or a warning stands before the answers, and the line too many is one of them.
  const odd = lines.find((line) => !isJson(line))
  const first =
    odd === undefined ? `too many was ${shownLine(lines.at(-1) as Line)}` : `that is no JSON was ${shownLine(odd)}`
  const discreet = `the process wrote more than ${countText(count, 'line')} for ${countText(count, 'input')}`
  return new AssayError('wrong-prediction', discreet, {
    hint: `write nothing but predictions to stdout; the first line ${first}`,
    discreet,
  })
}

async function roundOf(
  kept: LineProcess,
  lines: readonly string[],
  options: { readonly timeout: number | undefined; answered(line: Line): void },
) {
  try {
    return await kept.round(lines, { ...options, strict: (line) => !isJson(line) })
  } catch (error) {
    kept.stop()
    throw new AssayError('wrong-argument', `the command could not be run: ${firstLine(error)}`, { cause: error })
  }
}

function isJson(line: Line): boolean {
  if (typeof line !== 'string') return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** Reads one line of output; why it is no prediction, if so. */
function read(line: Line): Answer {
  if (typeof line !== 'string') return { error: `answered ${shownLine(line)}, which is no UTF-8` }
  try {
    const value = exactJson(line)
    const twice = keyTwice(line)
    return twice === undefined ? readAnswer(value) : { error: twice }
  } catch {
    return { error: notJson(line, shownLine(line)) }
  }
}

/** The beginning of a line, whatever its bytes. */
function shownLine(line: Line): string {
  const text = typeof line === 'string' ? line : Buffer.from(line.subarray(0, 81)).toString('latin1')
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
