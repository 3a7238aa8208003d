import type { TextOptions } from './textOptions.ts'

/** What divides a text into records and cells; `''` where there is nothing of the kind. */
export interface TextDialect {
  readonly delimiter: string
  readonly quote: string
  readonly escape: string
  readonly comment: string
}

const delimiters = [',', '\t', ';', '|'] as const

/** The dialect that the options say; the delimiter, where they don't, is the one that occurs most in the first line. */
export function textDialect(firstLine: string, tabs: boolean, options: TextOptions): TextDialect {
  const { quote = '"', escape = quote, comment = '' } = options
  return { delimiter: options.delimiter ?? (tabs ? '\t' : delimiterOf(firstLine, quote)), quote, escape, comment }
}

function delimiterOf(line: string, quote: string): string {
  const bare = unquoted(line, quote)
  const counts = delimiters.map((delimiter) => bare.split(delimiter).length - 1)
  return delimiters[counts.indexOf(Math.max(...counts))] as string
}

/** The other delimiters that a line holds outside quotes, the most frequent first. */
export function otherDelimiters(line: string, { delimiter, quote }: TextDialect): readonly string[] {
  const bare = unquoted(line, quote)
  const count = (one: string): number => bare.split(one).length - 1
  return delimiters.filter((one) => one !== delimiter && count(one) > 0).sort((a, b) => count(b) - count(a))
}

/** Rows that say of a delimiter nobody saw that it divides them. */
const LEAST_ROWS = 3

/** The delimiter that divides each of the rows of one cell into as many parts, though it was not the first line's. */
export function delimiterWithin(
  rows: readonly (readonly string[])[],
  { delimiter, quote }: TextDialect,
): string | undefined {
  const cells = rows.flatMap(([cell = '']) => (cell === '' ? [] : [unquoted(cell, quote)]))
  if (cells.length < LEAST_ROWS) return undefined
  return delimiters.find((candidate) => {
    const count = (cell: string): number => cell.split(candidate).length - 1
    // One of them may be a character of a text, or a decimal comma.
    const times = count(cells[0] as string)
    return candidate !== delimiter && times > 1 && cells.every((cell) => count(cell) === times)
  })
}

function unquoted(line: string, quote: string): string {
  return quote === ''
    ? line
    : line
        .split(quote)
        .filter((_, i) => i % 2 === 0)
        .join('')
}
