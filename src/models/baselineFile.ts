import { createHash } from 'node:crypto'
import { AssayError } from '../errors.ts'
import type { Answer } from './answer.ts'
import { jsonText, snapshot, type Value } from './value.ts'

/** The first line of a file of predictions that says which model made them, and the hash of the lines below it. */
interface Header {
  readonly assay: 'baseline'
  readonly model: string
  readonly fingerprint?: string
  readonly predictions: number
  readonly sha256: string
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The text of a baseline: a header, and a line for each input with its prediction, in the order of their text. */
export function baselineText(
  model: { readonly name: string; readonly fingerprint: string | undefined },
  said: readonly { readonly input: unknown; readonly answer: Answer }[],
): string {
  const lines = said.map(({ input, answer }) => {
    const own = jsonText(snapshot(input, { dates: true }), { sorted: true })
    return `{"input":${own},"prediction":${jsonText(answer.value as Value)}}\n`
  })
  const body = [...new Set(lines)].sort((a, b) => (a < b ? -1 : 1)).join('')
  const header: Header = {
    assay: 'baseline',
    model: model.name,
    ...(model.fingerprint === undefined ? {} : { fingerprint: model.fingerprint }),
    predictions: new Set(lines).size,
    sha256: hashOf(body),
  }
  return `${JSON.stringify(header)}\n${body}`
}

/** The header of a baseline, held to the lines below it; undefined where the text has none. Throws where it was changed. */
export function baselineHeader(text: string, shown: string): Header | undefined {
  if (!text.startsWith('{"assay":"baseline"')) return undefined
  const end = text.indexOf('\n') < 0 ? text.length : text.indexOf('\n')
  let header: Header
  try {
    header = JSON.parse(text.slice(0, end)) as Header
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
