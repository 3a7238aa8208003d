import { AssayError, firstLine, nearestHint } from '../errors.ts'
import { duckdb as dialect } from '../sql/dialects/duckdb.ts'
import { written } from '../sql/render.ts'
import type { Sql } from '../sql/sql.ts'

/** Characters of an error that are shown: what is asked of ten thousand columns is not read by anybody. */
const LONGEST_WORDS = 1000
const LONGEST_SQL = 400

const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most)}… (${text.length - most} characters more)` : text

/** What the engine says of a query that it could not run, without values where some are personal. */
export function queryError(cause: unknown, query: Sql): AssayError {
  const words = cause instanceof Error ? cause.message : String(cause)
  const broken = /CSV Error on Line: (\d+)\s*\nOriginal Line:\s?(.*)\n(.*)/.exec(words)
  if (!broken) {
    const reason = firstLine(cause)
    const text = `${shortened(reason, LONGEST_WORDS)}\n  sql: ${shortened(written(query, dialect), LONGEST_SQL)}`
    return new AssayError(
      'query-failed',
      `the engine could not run the query: ${hidesValues() ? withoutValues(text) : text}`,
      {
        discreet: `the engine could not run the query: ${/^[\w ]*Error\b/.exec(words)?.[0] ?? 'an error'}`,
        ...nameHint(words),
      },
    )
  }
  const [, line, original = '', what = ''] = broken
  const shown = original.length > 80 ? `${original.slice(0, 80)}…` : original
  return new AssayError(
    'unreadable-file',
    `the text file breaks at record ${line}: ${what.trim()}: ${JSON.stringify(shown)}`,
    {
      hint: 'every record needs as many cells as the header, and every quote its end',
      discreet: `the text file breaks at record ${line}`,
    },
  )
}

/** The names that the engine knows in place of one that it does not; it tells them on a line of their own. */
function nameHint(words: string): { readonly hint?: string } {
  const [, list = ''] = /^(?:Candidate bindings:|Did you mean)(.*)$/m.exec(words) ?? []
  const names = list.match(/"(?:[^"]|"")*"/g)?.map((name) => name.slice(1, -1).replaceAll('""', '"')) ?? []
  if (names.length === 0) return {}
  const [, asked] = /^\w+ Error: .*?(?:column(?: named)? |with name )"?(\w+)/.exec(words) ?? []
  return { hint: nearestHint(asked, names, `there is ${names.map((name) => JSON.stringify(name)).join(', ')}`) }
}

/** Whether texts of the engine may hold personal values: what is known of columns stands in a room further right. */
function hidesValues(): boolean {
  const known = (process as unknown as Record<symbol, { readonly any: boolean } | undefined>)[
    Symbol.for('assay.personal')
  ]
  return known?.any === true
}

/** What the engine says, without quoted texts and numbers; names that a query gets wrong stay. */
function withoutValues(text: string): string {
  // What goes wrong before a row is read holds none.
  const ofQuery = /^(Binder|Catalog|Parser|Permission|IO|Not implemented) Error/.test(text)
  const own = text.indexOf('\n  sql: ')
  return text.replace(
    /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|(?<![\w.])\d[\d_.]*(?:e[+-]?\d+)?(?!\w)/gi,
    (part, at: number) => ((at > own ? part.startsWith('"') : ofQuery) ? part : '[redacted]'),
  )
}

/** A value that its column's type does not hold: a damaged file, or an object that says other types than it has. */
export function misfit(column: string, type: string, cause: unknown): AssayError {
  if (cause instanceof AssayError) return cause
  return new AssayError(
    'unreadable-file',
    `column ${JSON.stringify(column)} holds a value that is no ${type}: ${firstLine(cause)}`,
    {
      hint: 'the source says other types than it holds, as a damaged file does',
      discreet: `column ${JSON.stringify(column)} holds a value that is no ${type}`,
    },
  )
}
