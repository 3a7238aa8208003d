import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { cut } from '../../src/words/text/visible.ts'

/** An error as vitest hands it over, or whatever else was thrown. */
export interface ThrownError {
  readonly name?: string
  readonly message?: string
  readonly stack?: string
  readonly stacks?: readonly { readonly file: string; readonly line: number; readonly column: number }[]
  readonly cause?: unknown
}

/** Names that say no more than that it is an error. */
const plain = new Set(['Error', 'AssertionError', 'AssayError', 'AggregateError', 'TestTimeoutError', ''])

/** What an error says, on one line of at most 2,000 characters; paths below `root` are relative to it. */
export function errorText(error: ThrownError | string | null | undefined, root: string): string {
  const { name: full = '', message = '' } =
    typeof error === 'object' && error !== null ? error : { message: String(error) }
  const name = full.replace(/^(Caused by: )+/, '')
  const lines = stripVTControlCharacters(message)
    .replaceAll(`${root}${path.sep}`, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const [first = 'an error without a message', second] = lines
  // `Transform failed with 1 error:` says nothing by itself.
  const text = first.endsWith(':') && second !== undefined ? `${first} ${second}` : first
  return cut(plain.has(name) || text.startsWith(name) ? text : `${name}: ${text}`)
}

/** Where an error arose. */
export interface ErrorPlace {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** The line of the test file, or else the first line of the user's code that an error names. Paths are absolute. */
export function errorPlace(error: ThrownError, testFile: string | undefined): ErrorPlace | undefined {
  const frames = (error.stacks?.length ? error.stacks : framesOf(error.stack ?? '')).filter(
    ({ file }) => path.isAbsolute(file) && !file.includes('/node_modules/') && !file.includes('\\node_modules\\'),
  )
  const own = frames.find(({ file }) => file === testFile)
  const place = own ?? codeFrame(error, testFile) ?? frames[0]
  if (place) return { file: place.file, line: place.line, column: place.column }
  return testFile === undefined ? undefined : { file: testFile }
}

function framesOf(stack: string): { file: string; line: number; column: number }[] {
  return stack.split('\n').flatMap((line) => {
    const match = /^\s*at (?:.*[\s(])?(?:file:\/\/)?((?:\/|[A-Z]:[\\/])[^():]*):(\d+):(\d+)\)?$/.exec(line)
    return match ? [{ file: match[1] as string, line: Number(match[2]), column: Number(match[3]) }] : []
  })
}

/** The place in a parser's drawing of the code: `╭─[ orders.test.ts:3:7 ]`. */
function codeFrame(error: ThrownError, testFile: string | undefined): Required<ErrorPlace> | undefined {
  const text = stripVTControlCharacters(error.message ?? '')
  const match = /\[ ?([^\]\n]+?):(\d+):(\d+) ?\]/.exec(text)
  if (!match || testFile === undefined || !testFile.endsWith(path.basename(match[1] as string))) return undefined
  return { file: testFile, line: Number(match[2]), column: Number(match[3]) }
}
