import path from 'node:path'
import { type Dataset, isDataset } from '../dataset/dataset.ts'
import { caseDocument, isCaseDocument } from '../formats/text/caseDocument.ts'
import { caseTable, checkCaseColumns, inputOf } from '../formats/text/caseTable.ts'
import { portablePath } from '../bytes/address.ts'
import { personalCells } from '../dataset/personal.ts'
import { AssayError, kindOf, nearest } from '../errors.ts'
import { inputKey } from '../models/inputKey.ts'
import { keyPlaces } from '../models/keyPlaces.ts'
import { equal, numberOf, type Value } from '../models/value.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import { comparators, type Comparison, isComparison, prepared } from './comparators/index.ts'
import { judgesItself } from './comparators/satisfies.ts'
import { shown } from './shown.ts'
import { visible } from '../words/text/visible.ts'

/** One case of a minimum functionality test: an input and what a working model answers. */
export interface MftCase {
  /** Names the case in test titles and reports. */
  readonly name: string
  readonly capability?: string
  readonly input: unknown
  readonly expected: unknown
  /** How the prediction is compared with `expected`; default `equals`. */
  readonly compare: Comparison
  /** How much it counts in the pass rate, beside 1 of others. */
  readonly weight?: number
  /** Where the case stands in its file. */
  readonly line?: number
  /** What its table is called: its file, or the `name` it was given. */
  readonly table?: string
}

/** A row given in code, or by a dataset: `input`, or its fields as `input.<field>`. */
export interface MftRow {
  readonly input?: unknown
  readonly expected: unknown
  readonly capability?: string | number | bigint | boolean | null
  readonly name?: string | number | bigint | boolean | null
  readonly compare?: Comparison | null
  readonly weight?: number | string | bigint | null
  readonly [field: `input.${string}`]: unknown
}

export interface MftOptions {
  /**
   * What the table is called in titles and reports; default: the name of its file.
   * @example { name: 'negation' }
   */
  readonly name?: string
  /**
   * Columns that belong to no case; others that are unknown are refused.
   * @example { ignore: ['note'] }
   */
  readonly ignore?: readonly string[]
}

const COLUMNS = ['input', 'expected', 'capability', 'name', 'compare', 'weight'] as const

/**
 * The cases of a minimum functionality test, from a CSV, TSV, JSON, JSON Lines or YAML file or from rows. A real array, read at once, so that
 * `test.for(mft('cases.csv'))('$name', …)` makes each case a test.
 *
 * Columns: `input` (or `input.<field>` for inputs that are objects), `expected`, and optionally `capability`, `name`,
 * `compare` and `weight`; a column nothing reads is an error unless `ignore` names it. Rows may be a dataset's own
 * (`mft(await cases.rows())`): its bigints equal numbers of the same value, its dates their ISO text. Throws an
 * AssayError that names file, line and what is there, for a case without an answer, for two cases of one name, for two that expect
 * different answers to one input, and for what no answer can be compared with: a function, a Map, NaN, an empty `contains`.
 */
export function mft(source: string | readonly MftRow[], options: MftOptions = {}): MftCase[] {
  const { ignore = [], name } = ownOptions('mft()', options, ['ignore', 'name'])
  if (name !== undefined && (typeof name !== 'string' || name.trim() === ''))
    throw wrong(`got ${kindOf(name)} as name`, "name what the cases are about, e.g. { name: 'negation' }")
  const cases =
    typeof source === 'string'
      ? isCaseDocument(source)
        ? fromDocument(source, ignore, name)
        : fromFile(source, ignore, name ?? path.basename(source))
      : fromRows(source, ignore, name)
  const asked = keyPlaces((place) => inputKey(cases[place]?.input), cases.length)
  for (let i = 0; i < cases.length; i++) {
    const one = cases[i] as MftCase
    if (one.compare !== 'equals') continue
    const place = asked.findOrAdd(inputKey(one.input), i)
    const before = place < 0 ? undefined : cases[place]
    if (before && !equal(before.expected as Value, one.expected as Value)) {
      throw wrong(
        isPersonal(one) || isPersonal(before)
          ? `${where(source, one)} and ${where(source, before)} expect different answers to one input`
          : `${where(source, one)} expects ${text(one.expected)} for ${text(one.input)}, and ${where(source, before)} expects ${text(before.expected)}`,
        'one of the two is wrong',
      )
    }
  }
  if (typeof source === 'string') files.set(cases, portablePath(source))
  return cases
}

const files = new WeakMap<readonly MftCase[], string>()

/** The file that all of the cases are from. */
export function fileOf(cases: readonly MftCase[]): string | undefined {
  return files.get(cases)
}

function where(source: string | readonly MftRow[], one: MftCase): string {
  return typeof source === 'string' && one.line !== undefined
    ? `line ${one.line} of ${JSON.stringify(source)}`
    : `case ${JSON.stringify(one.name)}`
}

const text = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(shown(value)) : shown(value))

function wrong(found: string, hint?: string): AssayError {
  return new AssayError('wrong-cases', `mft(): ${found}`, { hint })
}

function fromFile(file: string, ignore: readonly string[], table: string): MftCase[] {
  const { header, rows } = caseTable(file)
  const shownFile = JSON.stringify(file)
  const needed = ['expected', 'input']
  const fields = checkCaseColumns(header, { known: COLUMNS, needed, ignore, where: shownFile, wrong })
  if (rows.length === 0) throw wrong(`${shownFile} has a header but no case`)
  const named = new Map<string, string>()
  const columns = columnsOf(header, fields)
  return rows.map(({ values, line }) => {
    const place = `line ${line} of ${shownFile}`
    if (values.expected === '') throw wrong(`${place} expects nothing`, 'fill the column "expected"')
    return made(values, columns, { place: () => place, line, table, named })
  })
}

/** What a document of cases may say of all of them. */
const OF_ALL = ['name', 'capability', 'compare']

function fromDocument(file: string, ignore: readonly string[], given: string | undefined): MftCase[] {
  const { rows, lines, rest } = caseDocument(file, wrong)
  const shownFile = JSON.stringify(file)
  checkCaseColumns(Object.keys(rest), { known: OF_ALL, ignore, where: `${shownFile} beside "cases"`, wrong })
  const { capability, compare } = rest
  const table = given ?? label(rest.name, 'name', () => shownFile) ?? path.basename(file)
  const ofAll = { ...(capability === undefined ? {} : { capability }), ...(compare === undefined ? {} : { compare }) }
  const whole = rows.map((row) => (isPlainObject(row) ? { ...ofAll, ...row } : row))
  return fromRows(whole as MftRow[], ignore, table, { file: shownFile, lines })
}

function fromRows(
  rows: readonly MftRow[],
  ignore: readonly string[],
  table: string | undefined,
  from?: { readonly file: string; readonly lines: readonly (number | undefined)[] },
): MftCase[] {
  const hint = 'pass a path to a CSV file, or rows such as { input, expected }'
  if (isDataset(rows))
    throw wrong(
      `got the dataset ${JSON.stringify((rows as Dataset).name)}`,
      'cases are read at once: mft(await dataset.rows())',
    )
  if (!Array.isArray(rows)) throw wrong(`got ${kindOf(rows)}`, hint)
  if (rows.length === 0) throw wrong(from ? `${from.file} holds no case at all` : 'got no case at all')
  const named = new Map<string, string>()
  let columns: RowColumns = columnsOf([], [])
  let i = 0
  const place = (): string => {
    const line = from?.lines[i]
    const own = line === undefined ? `row ${i + 1}` : `line ${line}`
    return from ? `${own} of ${from.file}` : own
  }
  const cases = new Array<MftCase>(rows.length)
  const caseOf = (row: Readonly<Record<string, unknown>> | undefined): MftCase => {
    const line = from?.lines[i]
    if (typeof row !== 'object' || row === null || Array.isArray(row)) throw wrong(`${place()} is ${kindOf(row)}`, hint)
    const keys = Object.keys(row)
    if (!isSame(keys, columns.names))
      columns = columnsOf(keys, checkCaseColumns(keys, { known: COLUMNS, ignore, where: place(), wrong }))
    const missing = !columns.has.expected || row.expected === undefined ? 'expected' : 'input'
    if (missing === 'expected' || (columns.fields.length === 0 && (!columns.has.input || row.input === undefined)))
      throw wrong(`${place()} has no ${missing}`, 'a case needs input and expected')
    if (personalCells(row).length === 0) return made(row, columns, { place, line, table, named })
    // Its name would be a title of a test.
    const renamed = columnsOf([...columns.names, 'name'], columns.fields)
    const one = made({ ...row, name: `case ${i + 1}` }, renamed, { place, line, table, named })
    personal.add(one)
    return one
  }
  for (i = 0; i < rows.length; i++) cases[i] = caseOf(rows[i] as Readonly<Record<string, unknown>> | undefined)
  return cases
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false
  return true
}

/** The columns of a row, with what is read of each row that has them. */
interface RowColumns {
  readonly names: readonly string[]
  /** The fields of inputs that are objects. */
  readonly fields: readonly string[]
  readonly has: Readonly<Record<(typeof COLUMNS)[number], boolean>>
}

function columnsOf(names: readonly string[], fields: readonly string[]): RowColumns {
  const has = Object.fromEntries(COLUMNS.map((column) => [column, names.includes(column)])) as RowColumns['has']
  return { names, fields, has }
}

const personal = new WeakSet<object>()

/** Whether a case was made of a row with personal values. */
export function isPersonal(one: MftCase): boolean {
  return personal.has(one)
}

interface Place {
  /** Where it stands, for errors. */
  readonly place: () => string
  readonly line?: number | undefined
  readonly table: string | undefined
  /** The places of the names that cases were given so far. */
  readonly named: Map<string, string>
}

function made(
  row: Readonly<Record<string, unknown>>,
  { fields, has }: RowColumns,
  { place, line, table, named }: Place,
): MftCase {
  const compare = has.compare ? comparisonOf(row, place) : judgesItself(row.expected) ? 'satisfies' : 'equals'
  const input = fields.length === 0 ? row.input : inputOf(row, fields)
  const name = has.name ? label(row.name, 'name', place) : undefined
  if (name !== undefined) {
    const before = named.get(name)
    if (before !== undefined)
      throw wrong(
        `${place()} and ${before} are both called ${JSON.stringify(name)}`,
        'a name tells a case from the others, in titles and from run to run: give each its own, or none',
      )
    named.set(name, place())
  }
  const one: { -readonly [K in keyof MftCase]: MftCase[K] } = {
    // It becomes the title of a test, which the runner prints as it is.
    name: name === undefined && typeof input === 'number' ? String(input) : visible(name ?? nameOf(input)),
    input,
    expected: prepared(compare, row.expected, place),
    compare,
  }
  const capability = has.capability ? label(row.capability, 'capability', place) : undefined
  if (capability !== undefined) one.capability = capability
  const weight = has.weight ? weightOf(row.weight, place) : undefined
  if (weight !== undefined) one.weight = weight
  if (line !== undefined) one.line = line
  if (table !== undefined) one.table = table
  return one
}

function comparisonOf({ compare, expected }: Readonly<Record<string, unknown>>, place: () => string): Comparison {
  if (compare === '' || compare === null || compare === undefined)
    return judgesItself(expected) ? 'satisfies' : 'equals'
  if (isComparison(compare)) return compare
  const names = Object.keys(comparators)
  const near = typeof compare === 'string' ? nearest(compare, names) : undefined
  throw wrong(
    `${place()} compares by ${text(compare)}`,
    near ? `did you mean ${near}?` : `it can be ${names.join(', ')}`,
  )
}

/** How much a case counts; undefined where the row does not say. */
function weightOf(given: unknown, place: () => string): number | undefined {
  if (given === undefined || given === null || given === '') return undefined
  const read = typeof given === 'string' ? numberOf(given) : given
  const weight = typeof read === 'bigint' ? Number(read) : read
  if (typeof weight === 'number' && weight > 0 && weight < Number.POSITIVE_INFINITY) return weight
  throw wrong(`${place()} has the weight ${text(given)}`, 'a weight is a number above 0; cases without one count 1')
}

/** A name or capability as text; undefined where the row has none. */
function label(value: unknown, column: string, place: () => string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  throw wrong(`${place()} has ${kindOf(value)} as ${column}`, `a ${column} is a text`)
}

/** How a case without a name is called: by its input, cut. */
export function nameOf(input: unknown): string {
  const whole = typeof input === 'number' ? String(input) : shown(input)
  return whole.length > 60 ? `${whole.slice(0, 59)}…` : whole
}
