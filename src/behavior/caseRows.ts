import { holdsPersonal, isPersonalCell, personalCells, REDACTED, tagRow } from '../dataset/personal.ts'
import { AssayError, kindOf, nearestHint } from '../errors.ts'
import { checkCaseColumns, inputOf } from '../formats/text/caseTable.ts'
import { numberOf } from '../models/value.ts'
import { visible } from '../words/text/visible.ts'
import { comparators, type Comparison, isComparison, prepared } from './comparators/index.ts'
import { judgesItself } from './comparators/satisfies.ts'
import { shown } from './shown.ts'

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
  /** Cases of one group count as one, which passes when all of them do. */
  readonly group?: string
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
  readonly group?: string | number | bigint | boolean | null
  readonly [field: `input.${string}`]: unknown
}

export const COLUMNS = ['input', 'expected', 'capability', 'name', 'compare', 'weight', 'group'] as const

export const shownValue = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(shown(value)) : shown(value)

/** `discreet` is what is told of personal cases instead, where the words hold values. */
export function wrongCases(problem: string, hint?: string, discreet?: string): AssayError {
  return new AssayError('wrong-cases', `mft(): ${problem}`, {
    hint,
    discreet: discreet === undefined ? undefined : `mft(): ${discreet}`,
  })
}

/** How rows become cases. */
export interface CaseReading {
  readonly ignore: readonly string[]
  readonly table: string | undefined
  /** Where a row stands, for errors. */
  readonly placeOf: (i: number) => string
  readonly lineOf?: (i: number) => number | undefined
  readonly names: CaseNames
}

/** The names that cases of a table were given so far. */
export interface CaseNames {
  /** Where a case of the name stands; if there is none, this one takes it. */
  take(name: string, i: number): string | undefined
}

export function caseNames(placeOf: (i: number) => string): CaseNames {
  const taken = new Map<string, number>()
  return {
    take(name, i) {
      const before = taken.get(name)
      if (before !== undefined) return placeOf(before)
      taken.set(name, i)
      return undefined
    },
  }
}

/** Makes cases of rows, one after another; throws an AssayError for a row that is none. */
export function caseReader({
  ignore,
  table,
  placeOf,
  lineOf,
  names,
}: CaseReading): (row: unknown, i: number) => MftCase {
  let columns: RowColumns = columnsOf([], [])
  let at = 0
  const place = (): string => placeOf(at)
  const take = (name: string): string | undefined => names.take(name, at)
  return (entry, i) => {
    at = i
    const line = lineOf?.(i)
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
      throw wrongCases(`${place()} is ${kindOf(entry)}`, NO_ROW)
    const row = entry as Readonly<Record<string, unknown>>
    const keys = Object.keys(row)
    if (!isSame(keys, columns.names))
      columns = columnsOf(keys, checkCaseColumns(keys, { known: COLUMNS, ignore, where: place(), wrong: wrongCases }))
    const missing = !columns.has.expected || row.expected === undefined ? 'expected' : 'input'
    if (missing === 'expected' || (columns.fields.length === 0 && (!columns.has.input || row.input === undefined)))
      throw wrongCases(`${place()} has no ${missing}`, 'a case needs input and expected')
    const where = { place, line, table, take }
    return caseOf(row, columns, where, i)
  }
}

export const NO_ROW = 'pass a path to a CSV file, or rows such as { input, expected }'

function isSame(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false
  return true
}

/** The columns of a row, with what is read of each row that has them. */
export interface RowColumns {
  readonly names: readonly string[]
  /** The fields of inputs that are objects. */
  readonly fields: readonly string[]
  readonly has: Readonly<Record<(typeof COLUMNS)[number], boolean>>
}

export function columnsOf(names: readonly string[], fields: readonly string[]): RowColumns {
  const has = Object.fromEntries(COLUMNS.map((column) => [column, names.includes(column)])) as RowColumns['has']
  return { names, fields, has }
}

const made = new WeakSet<object>()
const personal = new WeakSet<object>()
const hidden = new WeakSet<object>()

/** Whether something is a case that `mft()` made, and no input that looks like one. */
export const isCase = (value: unknown): value is MftCase =>
  typeof value === 'object' && value !== null && made.has(value)

/** Whether a case was made of a row with personal values, or asks about one. */
export function isPersonal(one: MftCase): boolean {
  return personal.has(one) || holdsPersonal(one.input) || holdsPersonal(one.expected)
}

/** Whether the capability of a case is a personal value. */
function hidesCapability(one: MftCase): boolean {
  const { capability, input } = one
  if (capability === undefined || !isPersonal(one)) return false
  return hidden.has(one) || isPersonalCell(capability, input)
}

/** Text that stands for a capability in what is told of cases. */
export type CapabilityText = (capability: string) => string

/** What is personal of cases, beside columns of a dataset that they are read from. */
export interface PersonalParts {
  readonly personal: readonly string[]
  /** Their capabilities as they are told. */
  readonly capabilityText: CapabilityText
}

/** What is personal of cases at hand. */
export function personalParts(cases: readonly MftCase[]): PersonalParts {
  let any = false
  const secret = new Set<string>()
  for (const one of cases) {
    if (!isPersonal(one)) continue
    any = true
    if (hidesCapability(one)) secret.add(one.capability as string)
  }
  return {
    personal: [...(any ? ['input'] : []), ...(secret.size > 0 ? ['capability'] : [])],
    capabilityText: (capability) => (secret.has(capability) ? REDACTED : capability),
  }
}

/** The case of a row with personal values: no error tells one, and neither does its name, which is a title of a test. */
function personalCase(
  row: Readonly<Record<string, unknown>>,
  { names, fields }: RowColumns,
  where: Place,
  i: number,
): MftCase {
  const cells = personalCells(row)
  let testCase: MftCase
  try {
    testCase = openCase({ ...row, name: `case ${i + 1}` }, columnsOf([...names, 'name'], fields), where)
  } catch (error) {
    throw error instanceof AssayError
      ? wrongCases(`${where.place()} is no case; why is left out, since columns are personal`)
      : error
  }
  personal.add(testCase)
  if (cells.includes('capability')) hidden.add(testCase)
  // A copy of the case is about the same input.
  const { input } = testCase
  if (typeof input === 'object' && input !== null && !holdsPersonal(input)) tagRow(input, cells)
  return testCase
}

/** Where a row stands. */
interface Place {
  /** In words, for errors. */
  readonly place: () => string
  readonly line?: number | undefined
  readonly table: string | undefined
  /** Where another case has the name; if none has, this one takes it. */
  readonly take: (name: string) => string | undefined
}

/** The case of the row at a place of its table. */
export function caseOf(row: Readonly<Record<string, unknown>>, columns: RowColumns, where: Place, i: number): MftCase {
  const testCase = holdsPersonal(row) ? personalCase(row, columns, where, i) : openCase(row, columns, where)
  made.add(testCase)
  return testCase
}

function openCase(
  row: Readonly<Record<string, unknown>>,
  { fields, has }: RowColumns,
  { place, line, table, take }: Place,
): MftCase {
  const compare = has.compare ? comparisonOf(row, place) : judgesItself(row.expected) ? 'satisfies' : 'equals'
  const input = fields.length === 0 ? row.input : inputOf(row, fields)
  const name = has.name ? label(row.name, 'name', place) : undefined
  if (name !== undefined) {
    const before = take(name)
    if (before !== undefined)
      throw wrongCases(
        `${place()} and ${before} are both called ${JSON.stringify(name)}`,
        'a name tells a case from the others, in titles and from run to run: give each its own, or none',
      )
  }
  const testCase: { -readonly [K in keyof MftCase]: MftCase[K] } = {
    // It becomes the title of a test, which the runner prints as it is.
    name: name === undefined && typeof input === 'number' ? String(input) : visible(name ?? nameOf(input)),
    input,
    expected: prepared(compare, row.expected, place),
    compare,
  }
  const capability = has.capability ? label(row.capability, 'capability', place) : undefined
  if (capability !== undefined) testCase.capability = capability
  const weight = has.weight ? weightOf(row.weight, place) : undefined
  if (weight !== undefined) testCase.weight = weight
  const group = has.group ? label(row.group, 'group', place) : undefined
  if (group !== undefined) testCase.group = group
  if (line !== undefined) testCase.line = line
  if (table !== undefined) testCase.table = table
  return testCase
}

function comparisonOf({ compare, expected }: Readonly<Record<string, unknown>>, place: () => string): Comparison {
  if (compare === '' || compare === null || compare === undefined)
    return judgesItself(expected) ? 'satisfies' : 'equals'
  if (isComparison(compare)) return compare
  const names = Object.keys(comparators)
  throw wrongCases(
    `${place()} compares by ${shownValue(compare)}`,
    nearestHint(compare, names, `it can be ${names.join(', ')}`, String),
  )
}

/** Between them the squares of weights, and their sums, are numbers. */
const [LIGHTEST, HEAVIEST] = [1e-100, 1e100]

/** How much a case counts; undefined where the row does not say. */
function weightOf(value: unknown, place: () => string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const read = typeof value === 'string' ? numberOf(value) : value
  const weight = typeof read === 'bigint' ? Number(read) : read
  if (typeof weight === 'number' && weight >= LIGHTEST && weight <= HEAVIEST) return weight
  throw wrongCases(
    `${place()} has the weight ${shownValue(value)}`,
    'a weight is a number above 0, from 1e-100 to 1e100; cases without one count 1',
  )
}

/** A name or capability as text; undefined where the row has none. */
export function label(value: unknown, column: string, place: () => string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  throw wrongCases(`${place()} has ${kindOf(value)} as ${column}`, `a ${column} is a text`)
}

/** How a case without a name is called: by its input, cut. */
export function nameOf(input: unknown): string {
  const whole = typeof input === 'number' ? String(input) : shown(input)
  return whole.length > 60 ? `${whole.slice(0, 59)}…` : whole
}
