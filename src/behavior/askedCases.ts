import { aboutDataset, type RunContext } from '../checks/check.ts'
import { type Dataset, isDataset } from '../dataset/dataset.ts'
import { REDACTED } from '../dataset/personal.ts'
import { AssayError } from '../errors.ts'
import type { CheckResult } from '../results/checkResult.ts'
import type { Values } from '../results/resultId.ts'
import { caseKey } from './caseKey.ts'
import { isComparison, prepared } from './comparators/index.ts'
import { casesOf, columnsOfCases, DatasetCases, isDatasetCases } from './datasetCases.ts'
import { fileOf, type MftCase, personalParts, type PersonalParts } from './mft.ts'
import { TableKey } from './tableKey.ts'

/** What a model may be asked to answer: cases at hand, or those of a dataset. */
export type Cases = readonly MftCase[] | DatasetCases | Dataset

/** The cases of a test, as its check needs them. */
export interface AskedCases extends PersonalParts {
  /** What tells the question from others, whatever its limits, and with them. */
  readonly statement: Values
  /** What is stated where one case is all that is asked: another is another question. */
  readonly stated?: Values
  readonly limits: Values
  readonly capability: string | undefined
  readonly title: string
  /** How many there are; undefined where that is not known before they are read. */
  readonly count: number | undefined
  /** A key of all of them, where they are at hand. */
  readonly table: string | undefined
  /** The dataset that they are read from. */
  readonly dataset: Dataset | undefined
  readonly reference: Partial<Pick<CheckResult['subject'], 'reference' | 'referenceOf'>>
  /** The capabilities that they are about; undefined where that is not known before they are read. */
  readonly capabilities: ReadonlySet<string> | undefined
  /** Whether they have weights; undefined where that is not known before they are read. */
  readonly isWeighted: boolean | undefined
  /** Whether they hold values of personal columns, as far as that is known by now. */
  isPersonal(): boolean
  read(context: RunContext): Promise<ReadCases>
}

export interface ReadCases {
  readonly cases: Iterable<MftCase> | AsyncIterable<MftCase>
  readonly isWeighted: boolean
  /** Whether cases are of groups that count as one. */
  readonly isGrouped: boolean
  /** The capabilities of all cases that were read so far. */
  readonly capabilities: ReadonlySet<string>
  /** What a case expects, as its comparison needs it. */
  expected(one: MftCase, index: number): unknown
}

/** Throws an AssayError for what are no cases. */
export function askedCases(cases: Cases, asker: string): AskedCases {
  if (isDatasetCases(cases)) return ofDataset(cases)
  if (isDataset(cases)) return ofDataset(new DatasetCases(cases, { ignore: [], name: cases.name }))
  const wrong = (): AssayError =>
    new AssayError('wrong-argument', `${asker} needs the cases that mft() made`, {
      hint: `${asker}(model, mft('cases.csv')), or mft(dataset('cases.parquet'))`,
    })
  if (!Array.isArray(cases)) throw wrong()
  return atHand(cases as readonly unknown[], wrong)
}

/** One pass over all cases: of a million, each pass is a wait for the memory. */
function atHand(list: readonly unknown[], wrong: () => AssayError): AskedCases {
  const cases = new Array<MftCase>(list.length)
  const expected = new Array<unknown>(list.length)
  const key = new TableKey()
  let isWeighted = false
  let isGrouped = false
  const capabilities = new Set<string>()
  // Holes of the list are no cases either.
  for (let i = 0; i < list.length; i++) {
    const entry = list[i]
    if (!isCase(entry)) throw wrong()
    cases[i] = entry
    // Cases are plain data that a test may have changed since.
    expected[i] = prepared(entry.compare, entry.expected, () => `case ${JSON.stringify(entry.name)}`)
    key.add(entry)
    if (entry.weight !== undefined) isWeighted = true
    if (entry.group !== undefined) isGrouped = true
    if (entry.capability !== undefined) capabilities.add(entry.capability)
  }
  const only = cases.length === 1 ? cases[0] : undefined
  const table = key.text()
  const file = fileOf(list as readonly MftCase[])
  const parts = personalParts(cases)
  const statement = file === undefined ? { cases: only ? caseKey(only) : table } : { file }
  return {
    statement,
    ...(only && file === undefined ? { stated: statement } : {}),
    limits: { cases: table },
    ...parts,
    isPersonal: () => parts.personal.length > 0,
    capability: only?.capability === undefined ? undefined : parts.capabilityText(only.capability),
    title: only ? `answers ${JSON.stringify(only.name)}` : titleOf(cases, parts),
    count: cases.length,
    table,
    dataset: undefined,
    reference: {},
    capabilities,
    isWeighted,
    read: async () => ({ cases, isWeighted, isGrouped, capabilities, expected: (_, index) => expected[index] }),
  }
}

function ofDataset(cases: DatasetCases): AskedCases {
  const { dataset, ignore, name } = cases
  const { subject, question } = aboutDataset(dataset, [])
  return {
    statement: { over: question.follows, ignore, ...(name === dataset.name ? {} : { table: name }) },
    limits: { over: question.about },
    personal: [],
    capabilityText: (capability) => (dataset.pii.includes('capability') ? REDACTED : capability),
    isPersonal: () => dataset.pii.length > 0,
    capability: undefined,
    title: `minimum functionality, ${name}`,
    count: undefined,
    table: undefined,
    dataset,
    reference: { reference: dataset.name, referenceOf: { name: subject.name, source: subject.source as string } },
    capabilities: undefined,
    isWeighted: undefined,
    async read(context) {
      const { isWeighted, isGrouped } = await columnsOfCases(cases, context)
      const capabilities = new Set<string>()
      const read = noting(casesOf(cases, context), capabilities)
      return { cases: read, isWeighted, isGrouped, capabilities, expected: ({ expected }) => expected }
    },
  }
}

async function* noting(cases: AsyncIterable<MftCase>, capabilities: Set<string>): AsyncGenerator<MftCase> {
  for await (const one of cases) {
    if (one.capability !== undefined) capabilities.add(one.capability)
    yield one
  }
}

/** Several tables about one model are told apart by their names, or by the one capability all their cases are about. */
function titleOf(cases: readonly MftCase[], { capabilityText }: PersonalParts): string {
  const only = (of: (one: MftCase) => string | undefined): string[] => {
    const name = cases[0] && of(cases[0])
    return name !== undefined && cases.every((one) => of(one) === name) ? [name] : []
  }
  const about = [...only(({ table }) => table), ...only(({ capability }) => capability).map(capabilityText)]
  return ['minimum functionality', ...about].join(', ')
}

/** Whether something is a case, with a right answer and how it is compared. */
const isCase = (one: unknown): one is MftCase =>
  typeof one === 'object' && one !== null && 'compare' in one && isComparison(one.compare)

/** Whether something is a list of cases, with at least one. */
export const areCases = (cases: unknown): boolean =>
  Array.isArray(cases) && cases.length > 0 && Array.from(cases as unknown[]).every(isCase)
