import { createRequire } from 'node:module'
import type * as CsvParse from 'csv-parse/sync'
import { AssayError, firstLine, kindOf, nearest } from '../../errors.ts'
import { smallText } from '../../bytes/smallText.ts'

/** A small table read whole and at once: cases of a test. */
export interface CaseTable {
  readonly header: readonly string[]
  readonly rows: readonly { readonly values: Readonly<Record<string, string>>; readonly line: number }[]
}

/** Reads delimited text with a header. Throws an AssayError for a file that is missing, empty or broken. */
export function caseTable(file: string, what = 'case table'): CaseTable {
  const text = smallText(file, what)
  const shown = JSON.stringify(file)
  // At once, because cases are needed while tests are collected; and only now, because most test files have none.
  const { parse } = createRequire(import.meta.url)('csv-parse/sync') as typeof CsvParse
  let records: { record: string[]; info: { lines: number } }[]
  try {
    records = parse(text, { delimiter: /\.tsv$/i.test(file) ? '\t' : ',', info: true, skip_empty_lines: true }) as never
  } catch (cause) {
    throw new AssayError('wrong-cases', `the ${what} ${shown} cannot be read: ${firstLine(cause)}`, {
      hint: 'cells that hold commas or quotes stand in quotes, and quotes in them are doubled',
      discreet: `the ${what} ${shown} cannot be read: ${(cause as { readonly code?: string }).code ?? 'it is no table'}${lineOf(cause)}`,
      cause,
    })
  }
  const header = records[0]?.record ?? []
  return {
    header,
    rows: records.slice(1).map(({ record, info }) => ({
      values: Object.fromEntries(header.map((name, i) => [name, record[i] ?? ''])),
      line: info.lines,
    })),
  }
}

/** Where a text breaks, as its parser says. */
function lineOf(cause: unknown): string {
  const { lines } = cause as { readonly lines?: number }
  return lines === undefined ? '' : ` at line ${lines}`
}

interface CaseColumns {
  readonly known: readonly string[]
  /** Of a whole table: the columns it must have. */
  readonly needed?: readonly string[]
  readonly ignore: readonly string[]
  /** Where the names stand, e.g. `"cases.csv"` or `row 3`. */
  readonly where: string
  /** Makes the error. */
  readonly wrong: (found: string, hint: string) => AssayError
}

/**
 * Holds the columns of a case table, or the names of a row, to what is known; returns the fields of inputs that are
 * objects (`input.<field>`), if `input` is known. Throws for a name that is unknown, missing or there twice, for an
 * input that is there both whole and in fields.
 */
export function checkCaseColumns(
  names: readonly string[],
  { known, needed, ignore, where, wrong }: CaseColumns,
): readonly string[] {
  const shown = (list: readonly string[]): string => list.map((name) => JSON.stringify(name)).join(', ')
  if (!Array.isArray(ignore) || ignore.some((name) => typeof name !== 'string'))
    throw wrong(`got ${kindOf(ignore)} as ignore`, "ignore is a list of columns, e.g. ['note']")
  const fields = names.filter((name) => name.startsWith('input.') && !ignore.includes(name))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw wrong(`${where} has the column ${JSON.stringify(twice)} twice`, 'rename or drop one')
  const own = names.filter((name) => !ignore.includes(name))
  if (fields.length > 0 && own.includes('input'))
    throw wrong(
      `${where} has "input" and ${shown(fields.slice(0, 1))}`,
      'an input is one value, or an object in fields',
    )
  for (const name of needed ?? []) {
    if (own.includes(name) || (name === 'input' && fields.length > 0)) continue
    if (names.includes(name)) throw wrong(`${where}: ignore names ${JSON.stringify(name)}`, 'each case needs it')
    const near = nearest(name, own)
    if (names.length === 1 && /[;\t|]/.test(names[0] as string))
      throw wrong(
        `${where} has one column, ${shown(names)}`,
        'save it with commas between its cells, or tabs in a .tsv file; mft(dataset(file)) reads others too',
      )
    throw wrong(
      `${where} has no column "${name}"; its columns are ${shown(names)}`,
      near !== undefined && !known.includes(near)
        ? `rename ${JSON.stringify(near)} to "${name}"`
        : `it needs the columns ${needed?.map((one) => JSON.stringify(one)).join(' and ')}`,
    )
  }
  for (const name of own) {
    if (known.includes(name) || (fields.includes(name) && name !== 'input.')) continue
    const near = nearest(name, known)
    throw wrong(
      `${where} has the column ${JSON.stringify(name)}, which nothing reads`,
      near === undefined
        ? `it reads ${known.join(', ')} and input.<field>; for others say ignore: [${JSON.stringify(name)}], or --ignore`
        : `did you mean ${JSON.stringify(near)}? Else say ignore: [${JSON.stringify(name)}], or --ignore`,
    )
  }
  return fields
}

/** The input of a row: the value, or the object that the fields make. */
export function inputOf(row: Readonly<Record<string, unknown>>, fields: readonly string[]): unknown {
  if (fields.length === 0) return Object.hasOwn(row, 'input') ? row.input : undefined
  return Object.fromEntries(fields.map((name) => [name.slice('input.'.length), row[name]]))
}
