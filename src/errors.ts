import { visibleLines } from './words/text/visible.ts'

/** Codes of every error Assay raises on purpose; stable across versions, so scripts can branch on them. */
export type AssayErrorCode =
  | 'missing-file'
  | 'empty-file'
  | 'changed'
  | 'unreadable-file'
  | 'unsupported-source'
  | 'missing-column'
  | 'wrong-type'
  | 'wrong-argument'
  | 'wrong-schema'
  | 'wrong-cases'
  | 'wrong-prediction'
  | 'wrong-waiver'
  | 'expired-waiver'
  | 'unknown-check'
  | 'ambiguous-check'
  | 'locked-file'
  | 'query-failed'
  | 'temporary-folder'
  | 'engine-lost'
  | 'aborted'
  | 'spent-budget'
  | 'wrong-use'

/**
 * The one error class of Assay. Its message says what was asked and what was found; `hint` says what to try. Whoever
 * prints it prints no command to a CI server and no invisible character.
 */
export class AssayError extends Error {
  override readonly name = 'AssayError'
  readonly code: AssayErrorCode
  readonly hint: string | undefined
  /** The message without what may hold values of the data; undefined when it holds none. */
  readonly discreet: string | undefined

  constructor(
    code: AssayErrorCode,
    message: string,
    options: { hint?: string | undefined; discreet?: string | undefined; cause?: unknown } = {},
  ) {
    super(visibleLines(message) + (options.hint ? hintLine(options.hint) : ''), {
      cause: shownCause(options.cause),
    })
    this.code = code
    this.hint = options.hint
    this.discreet = options.discreet
  }
}

/** What an AssayError says less its hint, which is printed or handed on apart. */
export function withoutHint({ message, hint }: Pick<AssayError, 'message' | 'hint'>): string {
  if (!hint) return message
  const end = hintLine(hint)
  return message.endsWith(end) ? message.slice(0, -end.length) : message
}

const hintLine = (hint: string): string => visibleLines(`\n  hint: ${hint}`)

/** Makes the errors of wrong arguments: each a sentence that begins with who got them. */
export const wrongArgument =
  (asker: string) =>
  (found: string, hint?: string): AssayError =>
    new AssayError('wrong-argument', `${asker} ${found}`, { hint })

/** Whether what was thrown is an error of Assay with that code. */
export const hasCode = (thrown: unknown, code: AssayErrorCode): thrown is AssayError =>
  thrown instanceof AssayError && thrown.code === code

/** What was thrown, as text: an error's message, else the thing itself. Never throws. */
export function textOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown)
  } catch {
    return 'something without text'
  }
}

/** The message that may be told where columns of the data are personal. */
export function discreetMessage(error: unknown): string {
  return error instanceof AssayError
    ? (error.discreet ?? error.message)
    : `unexpected ${error instanceof Error ? error.name : 'error'}`
}

/** What vitest prints below the error; a foreign error's text may hold anything. */
function shownCause(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause
  const text = visibleLines(cause.message)
  if (text === cause.message) return cause
  const shown = new Error(text, { cause: shownCause(cause.cause) })
  shown.name = cause.name
  return shown
}

/** The first line of whatever was thrown, for a message that names it. */
export function firstLine(thrown: unknown): string {
  return textOf(thrown).split('\n', 1)[0] ?? ''
}

/** The candidate with the smallest edit distance to `name`, when one is near enough to be a likely typo. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1
  for (const candidate of candidates) {
    const distance =
      candidate.toLowerCase() === name.toLowerCase() ? 0 : editDistance(name.slice(0, 64), candidate.slice(0, 64))
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** What to try in place of a name that is not known: the nearest of the candidates; else what is given for that. */
export function nearestHint(
  name: unknown,
  candidates: readonly string[],
  otherwise: string,
  shown: (candidate: string) => string = JSON.stringify,
): string {
  const near = typeof name === 'string' ? nearest(name, candidates) : undefined
  return near ? `did you mean ${shown(near)}?` : otherwise
}

/** Letters to insert, delete, replace or swap with their neighbor (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const nearby = swapped ? (before[j - 2] as number) + 1 : replaced
      row.push(Math.min(replaced, nearby, (previous[j] as number) + 1, (row[j - 1] as number) + 1))
    }
    before = previous
    previous = row
  }
  return previous[b.length] as number
}

/** What is made by this or another copy of the package, by the symbol it has. */
const OWN: ReadonlyMap<symbol, string> = new Map([
  [Symbol.for('assay.dataset'), 'a dataset'],
  [Symbol.for('assay.column'), 'a column of a dataset'],
  [Symbol.for('assay.model'), 'a model'],
  [Symbol.for('assay.sql'), 'a piece of SQL'],
])

/** What a value is, in words for an error: `null`, `a function`, `an array`, `a Map`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'an array'
  if (value === '') return 'an empty text'
  if (typeof value !== 'object') return `a ${typeof value}`
  for (const [kind, words] of OWN) if (Object.hasOwn(value, kind)) return words
  const { constructor } = value as { constructor?: unknown }
  const name = typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'Object'
  if (name === 'Object') return 'an object'
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
}

/** The error of what was stopped, with the reason in words. */
export function stoppedError(signal: AbortSignal): AssayError {
  return new AssayError('aborted', `stopped: ${firstLine(signal.reason)}`, { cause: signal.reason })
}
