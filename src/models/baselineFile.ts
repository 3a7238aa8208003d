import { createHash } from 'node:crypto'
import { AssayError } from '../errors.ts'
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
 * The text of a baseline: a header, and a line for each input with its prediction, in the order of their text. `before` is
 * a baseline whose predictions for other inputs stay, where the same model made it.
 */
export function baselineText(
  model: { readonly name: string; readonly fingerprint: string | undefined },
  predictions: readonly { readonly input: unknown; readonly answer: Answer }[],
  before?: string,
): string {
  const lines = new Map<string, string>()
  for (const { input, answer } of predictions) {
    const key = `{"input":${jsonText(snapshot(input, { dates: true }), { sorted: true })}${PREDICTION}`
    lines.set(key, `${key}${jsonText(answer.value as AnswerValue)}}\n`)
  }
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

const PREDICTION = ',"prediction":'

/** The lines of a baseline that the same model made; none where another did, or where it was changed since. */
function keptLines(
  text: string,
  { name, fingerprint }: { readonly name: string; readonly fingerprint: string | undefined },
): string[] {
  let header: BaselineHeader | undefined
  try {
    header = baselineHeader(text, 'before')
  } catch {
    return []
  }
  if (header?.model !== name || header.fingerprint !== fingerprint) return []
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .slice(1, -1)
    .map((line) => `${line}\n`)
}

/** All that may be the part of a line before its prediction: an input may hold such a name, too. */
function keysOf(line: string): string[] {
  const keys: string[] = []
  for (let at = line.indexOf(PREDICTION); at >= 0; at = line.indexOf(PREDICTION, at + 1))
    keys.push(line.slice(0, at + PREDICTION.length))
  return keys
}

/** The header of a baseline, held to the lines below it; undefined where the text has none. Throws where it was changed. */
export function baselineHeader(text: string, shown: string): BaselineHeader | undefined {
  if (!text.startsWith('{"assay":"baseline"')) return undefined
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
      hint: 'make it anew with "assay baseline"',
      cause,
    },
  )
}
