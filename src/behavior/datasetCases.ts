import type { RunContext } from '../checks/check.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { tagRow } from '../dataset/personal.ts'
import { checkCaseColumns } from '../formats/text/caseTable.ts'
import { first, put, second, start } from '../models/hashed.ts'
import { inputKey } from '../models/inputKey.ts'
import { keyPlaces } from '../models/keyPlaces.ts'
import { type CaseNames, caseReader, COLUMNS, isPersonal, type MftCase, shownValue, wrongCases } from './caseRows.ts'
import { recordsOf } from './inputs.ts'

const brand: symbol = Symbol.for('assay.datasetCases')

/** Cases that are the rows of a dataset, read while they are asked. */
export class DatasetCases {
  readonly dataset: Dataset
  /** Columns that belong to no case. */
  readonly ignore: readonly string[]
  /** What the table is called. */
  readonly name: string

  constructor(dataset: Dataset, { ignore, name }: Pick<DatasetCases, 'ignore' | 'name'>) {
    this.dataset = dataset
    this.ignore = ignore
    this.name = name
    Object.defineProperty(this, brand, { value: true })
  }
}

/** Whether the value is made by `mft(dataset)` of this or another copy of the package. */
export function isDatasetCases(value: unknown): value is DatasetCases {
  return typeof value === 'object' && value !== null && brand in value
}

/** Whether the cases have weights and groups. Throws an AssayError for columns that make no cases. */
export async function columnsOfCases(
  { dataset, ignore }: DatasetCases,
  { relation }: RunContext,
): Promise<{ readonly isWeighted: boolean; readonly isGrouped: boolean }> {
  const names = (await relation(dataset)).columns.map(({ name }) => name)
  const where = JSON.stringify(dataset.name)
  checkCaseColumns(names, { known: COLUMNS, needed: ['expected', 'input'], ignore, where, wrong: wrongCases })
  const has = (name: string): boolean => names.includes(name) && !ignore.includes(name)
  return { isWeighted: has('weight'), isGrouped: has('group') }
}

/**
 * The cases, one after another. Of those before only hashes are held, of 53 bits, by which two of one name are told, and two
 * that expect different answers to one input.
 */
export async function* casesOf(
  { dataset, ignore, name: table }: DatasetCases,
  context: RunContext,
): AsyncGenerator<MftCase> {
  const placeOf = (i: number): string => `row ${i + 1} of ${JSON.stringify(dataset.name)}`
  const named = hashedRows()
  const names: CaseNames = {
    take(name, i) {
      const before = named.findOrAdd(hashOf(name), i)
      return before < 0 ? undefined : placeOf(before)
    },
  }
  const read = caseReader({ ignore, table, placeOf, names })
  const byInput = hashedRows()
  const answers: number[] = []
  const { pii } = dataset
  let i = 0
  for await (const page of recordsOf(dataset, context))
    for (const row of page) {
      if (pii.length > 0) tagRow(row, pii)
      const testCase = read(row, i)
      answers.push(hashOf(testCase.expected))
      const before = testCase.compare === 'equals' ? byInput.findOrAdd(hashOf(inputKey(testCase.input)), i) : -1
      if (before >= 0 && answers[before] !== answers[i])
        throw wrongCases(
          isPersonal(testCase)
            ? `${placeOf(i)} and ${placeOf(before)} expect different answers to one input`
            : `${placeOf(i)} expects ${shownValue(testCase.expected)} for ${shownValue(testCase.input)}, and ${placeOf(before)} expects another answer`,
          'one of the two is wrong',
        )
      yield testCase
      i++
    }
}

function hashOf(value: unknown): number {
  start()
  put(value)
  return first() * 2 ** 21 + (second() >>> 11)
}

/** The first row of each hash. */
function hashedRows(): { findOrAdd(hash: number, row: number): number } {
  const hashes: number[] = []
  const rows: number[] = []
  const places = keyPlaces((place) => hashes[place])
  return {
    findOrAdd(hash, row) {
      const place = places.findOrAdd(hash, hashes.length)
      if (place >= 0) return rows[place] as number
      hashes.push(hash)
      rows.push(row)
      return -1
    },
  }
}
