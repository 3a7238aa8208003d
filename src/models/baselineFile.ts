import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { exactJson } from '../bytes/exactJson.ts'
import { sizeOfSync } from '../bytes/regularFile.ts'
import { AssayError } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import type { Answer } from './answer.ts'
import { jsonText, snapshot, type AnswerValue } from './value.ts'

/** The first line of a file of predictions that says which model made them, and the hash of the lines below it. */
interface BaselineHeader {
  readonly assay: 'baseline'
  readonly model: string
  readonly fingerprint?: string
  readonly predictions: number
  readonly sha256: string
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * The text of a baseline: a header, and a line for each input with its prediction, in the order of their text. Predictions
 * of `before` for other inputs stay; those that another model made have its name.
 */
export function baselineText(
  model: { readonly name: string; readonly fingerprint: string | undefined },
  predictions: readonly { readonly input: unknown; readonly answer: Answer }[],
  before?: string,
): string {
  const lines = new Map(predictions.map(({ input, answer }) => lineOf(input, answer.value as AnswerValue)))
  const kept =
    before === undefined ? [] : keptLines(before, model).filter((line) => !keysOf(line).some((key) => lines.has(key)))
  const all = [...lines.values(), ...kept].sort((a, b) => (a < b ? -1 : 1))
  const body = all.join('')
  const header: BaselineHeader = {
    assay: 'baseline',
    model: model.name,
    ...(model.fingerprint === undefined ? {} : { fingerprint: model.fingerprint }),
    predictions: all.length,
    sha256: hashOf(body),
  }
  return `${JSON.stringify(header)}\n${body}`
}

const HEADER_LINE = /^\{"assay":"baseline"/m
const PREDICTION = ',"prediction":'
/** How a line of another model ends. */
const MAKER = /,"model":"(?:[^"\\]|\\.)*"\}$/

function lineOf(input: unknown, prediction: AnswerValue): readonly [key: string, line: string] {
  const key = `{"input":${jsonText(snapshot(input, { dates: true }), { sorted: true })}${PREDICTION}`
  return [key, `${key}${jsonText(prediction)}}\n`]
}

/** The lines of a baseline, with the name of who made them where that is another model; those of any predictions, as they are. */
function keptLines(
  text: string,
  { name, fingerprint }: { readonly name: string; readonly fingerprint: string | undefined },
): string[] {
  const header = baselineHeader(text, 'before')
  if (!header) return predictionLines(text)?.map((line) => `${line}\n`) ?? []
  const own = header.model === name && header.fingerprint === fingerprint
  const maker = `,"model":${JSON.stringify(header.model)}}`
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .slice(1, -1)
    .map((line) => `${own || MAKER.test(line) ? line : `${line.slice(0, -1)}${maker}`}\n`)
}

/** The lines of predictions beside their inputs that a baseline may replace; undefined where a line is anything else. */
function predictionLines(text: string): string[] | undefined {
  const lines: string[] = []
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    if (line.trim() === '') continue
    try {
      const row = exactJson(line)
      if (!isPlainObject(row) || Object.keys(row).sort().join() !== 'input,prediction') return undefined
      lines.push(lineOf(row.input, row.prediction as AnswerValue)[1].trimEnd())
    } catch {
      return undefined
    }
  }
  return lines
}

/** Whether a text is a baseline, or was one before somebody changed it. */
export const isBaseline = (text: string): boolean => HEADER_LINE.test(text)

/** What is in the place of a baseline; undefined where nothing is. Throws an AssayError for what is no file. */
export function baselineIn(file: string): string | undefined {
  if (!existsSync(file)) return undefined
  sizeOfSync(file, 'baseline')
  return readFileSync(file, 'utf8')
}

/**
 * Throws an AssayError where a baseline must not be written to a file: its name does not end as JSON lines do, or `before`,
 * what it holds, is neither a baseline nor predictions.
 */
export function checkBaselineFile(file: string, before: string | undefined): void {
  const shown = JSON.stringify(file)
  if (!/\.(jsonl|ndjson)$/i.test(file))
    throw new AssayError('wrong-argument', `a baseline is a file of JSON lines, and ${shown} is none by its ending`, {
      hint: 'name it .jsonl',
    })
  if (before === undefined || isBaseline(before) || predictionLines(before) !== undefined) return
  throw new AssayError(
    'wrong-use',
    `${shown} is there already and holds other things than predictions, so it stays as it is`,
    {
      hint: 'name another file, or move it away',
    },
  )
}

/** All that may be the part of a line before its prediction: an input may hold such a name, too. */
function keysOf(line: string): string[] {
  const keys: string[] = []
  for (let at = line.indexOf(PREDICTION); at >= 0; at = line.indexOf(PREDICTION, at + 1))
    keys.push(line.slice(0, at + PREDICTION.length))
  return keys
}

/** The header of a baseline, held to the lines below it; undefined where the text has none. Throws where it was changed. */
export function baselineHeader(whole: string, shown: string): BaselineHeader | undefined {
  const text = whole.replace(/^\uFEFF/, '')
  if (!text.startsWith('{"assay":"baseline"')) {
    // The marks of a merge stand before it, maybe.
    if (HEADER_LINE.test(text)) throw changed(shown, 'its first line is no header')
    return undefined
  }
  const end = text.indexOf('\n') < 0 ? text.length : text.indexOf('\n')
  let header: BaselineHeader
  try {
    header = JSON.parse(text.slice(0, end)) as BaselineHeader
  } catch (cause) {
    throw changed(shown, 'its first line is no header', cause)
  }
  // Git may have written the ends of lines as Windows does.
  const body = text.slice(end + 1).replaceAll('\r\n', '\n')
  if (hashOf(body) !== header.sha256) throw changed(shown, 'its lines are not those that its first line is about')
  return header
}

function changed(shown: string, why: string, cause?: unknown): AssayError {
  return new AssayError(
    'wrong-prediction',
    `predictions(): the baseline ${shown} was changed since it was made: ${why}`,
    {
      hint: 'take back the change; or make it anew, with "assay baseline" or without the file',
      cause,
    },
  )
}
