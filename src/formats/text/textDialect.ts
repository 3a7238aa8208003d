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

function unquoted(line: string, quote: string): string {
  return quote === ''
    ? line
    : line
        .split(quote)
        .filter((_, i) => i % 2 === 0)
        .join('')
}
