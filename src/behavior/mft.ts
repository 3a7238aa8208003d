import path from 'node:path'
import { type Dataset, isDataset } from '../dataset/dataset.ts'
import { caseDocument, isCaseDocument } from '../formats/text/caseDocument.ts'
import { caseTable, checkCaseColumns } from '../formats/text/caseTable.ts'
import { portablePath } from '../bytes/address.ts'
import { AssayError, kindOf } from '../errors.ts'
import { inputKey } from '../models/inputKey.ts'
import { keyPlaces } from '../models/keyPlaces.ts'
import { equal, type AnswerValue } from '../models/value.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import {
  caseNames,
  caseOf,
  caseReader,
  COLUMNS,
  columnsOf,
  isPersonal,
  label,
  type MftCase,
  type MftRow,
  NO_ROW,
  shownValue,
  wrongCases,
} from './caseRows.ts'
import { DatasetCases } from './datasetCases.ts'
import { type TaggedColumns, personalColumns, tagRows } from './personalColumns.ts'

export { isPersonal, type MftCase, type MftRow, nameOf, personalParts, type PersonalParts } from './caseRows.ts'

/** What `mft` can be told of a table of cases. */
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
  /**
   * Columns that hold personal values, as of `dataset()`: nothing is told of such cases, and none is written to disk. A
   * name that is no column is an error.
   * @example { pii: ['input.email'] }
   */
  readonly pii?: string | readonly string[]
}

/**
 * The cases of a minimum functionality test, from a CSV, TSV, JSON, JSON Lines or YAML file or from rows. A real array, read at once, so that
 * `test.for(mft('cases.csv'))('$name', …)` makes each case a test.
 *
 * Columns: `input` (or `input.<field>` for inputs that are objects), `expected`, and optionally `capability`, `name`,
 * `compare`, `weight` and `group`; a column nothing reads is an error unless `ignore` names it.
 * Cells of a CSV or TSV file reach the model as texts, and as `expected` they equal the number that they spell. Rows may be a dataset's own
 * (`mft(await cases.rows())`): its bigints equal numbers of the same value, its dates their ISO text. Throws an
 * AssayError that names file, line and what is there, for a case without an answer, for two cases of one name, for two that expect
 * different answers to one input, and for what no answer can be compared with: a function, a Map, NaN, an empty `contains`.
 */
export function mft(source: string | readonly MftRow[], options?: MftOptions): MftCase[]
/**
 * The rows of a dataset as cases, read while a model is asked about them, so that there may be more of them than the memory
 * holds; for \`toPassMFT\`. Each has what a row of a case table has. What is wrong with them is an error of that assertion.
 * @example mft(dataset('cases.parquet'), { ignore: ['note'] })
 */
export function mft(source: Dataset, options?: MftOptions): DatasetCases
export function mft(source: string | readonly MftRow[] | Dataset, options: MftOptions = {}): MftCase[] | DatasetCases {
  const { ignore = [], name, pii } = ownOptions('mft()', options, ['ignore', 'name', 'pii'])
  if (name !== undefined && (typeof name !== 'string' || name.trim() === ''))
    throw wrongCases(`got ${kindOf(name)} as name`, "name what the cases are about, e.g. { name: 'negation' }")
  if (isDataset(source))
    return new DatasetCases(pii === undefined ? source : source.with({ pii }), { ignore, name: name ?? source.name })
  const personal = personalColumns(typeof source === 'string' ? source : undefined, pii)
  try {
    const cases = casesIn(source, { ignore, name, personal })
    checkAgreement(source, cases)
    if (typeof source === 'string') files.set(cases, portablePath(source))
    return cases
  } catch (error) {
    if (personal.all.length === 0 || !(error instanceof AssayError) || error.discreet === undefined) throw error
    throw new AssayError(error.code, error.discreet)
  }
}

interface CaseSettings {
  readonly ignore: readonly string[]
  readonly name: string | undefined
  readonly personal: TaggedColumns
}

function casesIn(source: string | readonly MftRow[], settings: CaseSettings): MftCase[] {
  if (typeof source !== 'string') return fromRows(source, settings)
  return isCaseDocument(source) ? fromDocument(source, settings) : fromFile(source, settings)
}

/** Throws an AssayError where two cases expect different answers to one input. */
function checkAgreement(source: string | readonly MftRow[], cases: readonly MftCase[]): void {
  const byInput = keyPlaces((place) => inputKey(cases[place]?.input), cases.length)
  for (let i = 0; i < cases.length; i++) {
    const testCase = cases[i] as MftCase
    if (testCase.compare !== 'equals') continue
    const place = byInput.findOrAdd(inputKey(testCase.input), i)
    const before = place < 0 ? undefined : cases[place]
    if (before && !equal(before.expected as AnswerValue, testCase.expected as AnswerValue)) {
      throw wrongCases(
        isPersonal(testCase) || isPersonal(before)
          ? `${where(source, testCase)} and ${where(source, before)} expect different answers to one input`
          : `${where(source, testCase)} expects ${shownValue(testCase.expected)} for ${shownValue(testCase.input)}, and ${where(source, before)} expects ${shownValue(before.expected)}`,
        'one of the two is wrong',
      )
    }
  }
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

/** Files that hold tables which are no text. */
const NO_TEXT = /\.(parquet|arrow|feather|xlsx|duckdb|gz|zst)$/i

function fromFile(file: string, { ignore, name: table = path.basename(file), personal }: CaseSettings): MftCase[] {
  if (NO_TEXT.test(file))
    throw wrongCases(
      `${JSON.stringify(file)} is no text`,
      `its rows are cases as those of a dataset: mft(dataset(${JSON.stringify(file)}))`,
    )
  const { header, rows } = caseTable(file)
  const shownFile = JSON.stringify(file)
  const needed = ['expected', 'input']
  const fields = checkCaseColumns(header, { known: COLUMNS, needed, ignore, where: shownFile, wrong: wrongCases })
  if (rows.length === 0) throw wrongCases(`${shownFile} has a header but no case`)
  tagRows(
    rows.map(({ values }) => values),
    header,
    personal,
    ignore,
  )
  const placeOf = (i: number): string => `line ${rows[i]?.line} of ${shownFile}`
  const names = caseNames(placeOf)
  const columns = columnsOf(header, fields)
  return rows.map(({ values, line }, i) => {
    if (values.expected === '') throw wrongCases(`${placeOf(i)} expects nothing`, 'fill the column "expected"')
    return caseOf(values, columns, { place: () => placeOf(i), line, table, take: (name) => names.take(name, i) }, i)
  })
}

/** What a document of cases may say of all of them. */
const OF_ALL = ['name', 'capability', 'compare']

function fromDocument(file: string, { ignore, name: ownName, personal }: CaseSettings): MftCase[] {
  const { rows, lines, rest } = caseDocument(file, wrongCases)
  const shownFile = JSON.stringify(file)
  checkCaseColumns(Object.keys(rest), {
    known: OF_ALL,
    ignore,
    where: `${shownFile} beside "cases"`,
    wrong: wrongCases,
  })
  const { capability, compare } = rest
  const table = ownName ?? label(rest.name, 'name', () => shownFile) ?? path.basename(file)
  const ofAll = { ...(capability === undefined ? {} : { capability }), ...(compare === undefined ? {} : { compare }) }
  const whole = rows.map((row) => (isPlainObject(row) ? { ...ofAll, ...row } : row))
  return fromRows(whole as MftRow[], { ignore, name: table, personal }, { file: shownFile, lines })
}

function fromRows(
  rows: readonly MftRow[],
  { ignore, name: table, personal }: CaseSettings,
  from?: { readonly file: string; readonly lines: readonly (number | undefined)[] },
): MftCase[] {
  if (!Array.isArray(rows)) throw wrongCases(`got ${kindOf(rows)}`, NO_ROW)
  if (rows.length === 0) throw wrongCases(from ? `${from.file} holds no case at all` : 'got no case at all')
  if (personal.all.length > 0)
    tagRows(
      rows,
      [...new Set(rows.flatMap((row: unknown) => (isPlainObject(row) ? Object.keys(row) : [])))],
      personal,
      ignore,
    )
  const placeOf = (i: number): string => {
    const line = from?.lines[i]
    const own = line === undefined ? `row ${i + 1}` : `line ${line}`
    return from ? `${own} of ${from.file}` : own
  }
  const read = caseReader({ ignore, table, placeOf, lineOf: (i) => from?.lines[i], names: caseNames(placeOf) })
  const cases = new Array<MftCase>(rows.length)
  for (let i = 0; i < rows.length; i++) cases[i] = read(rows[i], i)
  return cases
}
