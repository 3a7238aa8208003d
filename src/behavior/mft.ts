import { caseTable } from '../dataset/caseTable.ts'
import { AssayError, nearest } from '../errors.ts'
import { type Comparison, comparisons, isComparison } from './comparison.ts'

/** One case of a minimum functionality test: an input and what a working model answers. */
export interface MftCase {
  /** Names the case in test titles and reports. */
  readonly name: string
  readonly capability?: string
  readonly input: unknown
  readonly expected: unknown
  /** How the prediction is compared with `expected`; default `equals`. */
  readonly compare: Comparison
  /** Where the case stands in its file. */
  readonly line?: number
}

/** A row given in code. */
export interface MftRow {
  readonly input: unknown
  readonly expected: unknown
  readonly capability?: string
  readonly name?: string
  readonly compare?: Comparison
}

/**
 * The cases of a minimum functionality test, from a CSV or TSV file or from rows. A real array, read at once, so that
 * `test.for(mft('cases.csv'))('$name', …)` makes each case a test.
 *
 * Columns: `input` (or `input.<field>` for inputs that are objects), `expected`, and optionally `capability`, `name`
 * and `compare`. Throws an AssayError that names file, line and what is there.
 */
export function mft(source: string | readonly MftRow[]): MftCase[] {
  const cases = typeof source === 'string' ? fromFile(source) : fromRows(source)
  const asked = new Map<string, MftCase>()
  for (const one of cases) {
    const key = JSON.stringify([one.input, one.compare])
    const before = asked.get(key)
    if (before && JSON.stringify(before.expected) !== JSON.stringify(one.expected)) {
      throw wrong(
        `${where(source, one)} expects ${JSON.stringify(one.expected)} for ${JSON.stringify(one.input)}, and ${where(source, before)} expects ${JSON.stringify(before.expected)}`,
        'one of the two is wrong',
      )
    }
    asked.set(key, one)
  }
  return cases
}

function where(source: string | readonly MftRow[], one: MftCase): string {
  return typeof source === 'string'
    ? `line ${one.line} of ${JSON.stringify(source)}`
    : `case ${JSON.stringify(one.name)}`
}

function wrong(found: string, hint?: string): AssayError {
  return new AssayError('wrong-cases', `mft(): ${found}`, { hint })
}

function fromFile(file: string): MftCase[] {
  const { header, rows } = caseTable(file)
  const shown = JSON.stringify(file)
  const fields = header.filter((name) => name.startsWith('input.'))
  for (const name of ['expected', ...(fields.length > 0 ? [] : ['input'])]) {
    if (header.includes(name)) continue
    const near = nearest(name, header)
    throw wrong(
      `${shown} has no column "${name}"; its columns are ${header.map((one) => JSON.stringify(one)).join(', ')}`,
      near ? `rename ${JSON.stringify(near)} to "${name}"` : `a case needs the columns "input" and "expected"`,
    )
  }
  if (rows.length === 0) throw wrong(`${shown} has a header but no case`)
  return rows.map(({ values, line }) => {
    const { expected = '', capability, name, compare = '' } = values
    if (expected === '') throw wrong(`line ${line} of ${shown} expects nothing`, 'fill the column "expected"')
    const input =
      fields.length > 0 ? Object.fromEntries(fields.map((field) => [field.slice(6), values[field]])) : values.input
    return made(
      {
        input,
        expected,
        ...(capability ? { capability } : {}),
        ...(name ? { name } : {}),
        ...(compare ? { compare: compare as Comparison } : {}),
      },
      `line ${line} of ${shown}`,
      line,
    )
  })
}

function fromRows(rows: readonly MftRow[]): MftCase[] {
  if (!Array.isArray(rows))
    throw wrong(
      `got ${rows === null ? 'null' : typeof rows}`,
      'pass a path to a CSV file, or rows such as { input, expected }',
    )
  if (rows.length === 0) throw wrong('got no case at all')
  return rows.map((row: MftRow, i) => {
    for (const name of ['input', 'expected'] as const) {
      if (typeof row !== 'object' || row === null || row[name] === undefined)
        throw wrong(`row ${i + 1} has no ${name}`, 'a case needs input and expected')
    }
    return made(row, `row ${i + 1}`)
  })
}

function made(row: MftRow, place: string, line?: number): MftCase {
  const compare = row.compare ?? 'equals'
  if (!isComparison(compare)) {
    const names = Object.keys(comparisons)
    const near = nearest(String(compare), names)
    throw wrong(
      `${place} compares by ${JSON.stringify(compare)}`,
      near ? `did you mean ${near}?` : `it can be ${names.join(', ')}`,
    )
  }
  const { capability, input, expected } = row
  return {
    name: row.name ?? shortText(input),
    ...(capability ? { capability } : {}),
    input,
    expected: comparisons[compare].prepare(expected, place),
    compare,
    ...(line === undefined ? {} : { line }),
  }
}

function shortText(input: unknown): string {
  const text = typeof input === 'string' ? input : JSON.stringify(input)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
