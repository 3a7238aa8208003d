import { aboutDataset, type Check } from '../src/checks/check.ts'
import { described } from '../src/checks/receiver.ts'
import { type Dataset, type DatasetColumn, isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'
import { readSameData } from '../src/dataset/opened.ts'
import { AssayError } from '../src/errors.ts'
import { canonical } from '../src/results/canonical.ts'
import { type MatcherDefinition, wrongReceived } from './define.ts'

/** A check, or a function that makes one of what stands in `expect(…)`: a kind of check is one. */
export type CheckOrMaker = Check | ((received: Dataset & DatasetColumn) => Check)

const example = (name: string): string => `expect(orders).${name}(${name === 'toMeet' ? 'check' : '[check, …]'})`

/** The check of what stands in `expect(…)`. Throws an AssayError for what is none, and for one about other data. */
function checkOf(name: string, claim: unknown, received: Dataset | DatasetColumn): Check {
  const made: unknown = typeof claim === 'function' ? (claim as (received: unknown) => unknown)(received) : claim
  const { type, inputs, subject } = (typeof made === 'object' && made !== null ? made : {}) as Partial<Check>
  if (type === undefined || subject === undefined) {
    throw new AssayError('wrong-argument', `${name} got ${described(made)}, which is no check`, {
      hint: `give it what a function of docs/checks.md returns: ${example(name)}`,
    })
  }
  const [dataset, column] = isDataset(received) ? [received] : [received.dataset, received.name]
  const input = inputs?.[0]
  const isNamedAlike = input !== undefined && canonical(input.identity) === canonical(dataset.identity)
  const isOther = isNamedAlike && !readSameData(input, dataset)
  if (isNamedAlike && !isOther && (column === undefined || column === subject.column)) return made as Check
  const about = [subject.name, subject.column].filter(Boolean).join('.')
  throw new AssayError(
    'wrong-use',
    `${name} got a check of ${JSON.stringify(about)}, but expect() got ${described(received)}${isOther ? ', which holds other data' : ''}`,
    { hint: 'ask it of the data in expect(), or give the function: toMeet(valuesEven)' },
  )
}

function receivedBy(name: string, received: unknown): Dataset | DatasetColumn {
  if (isDataset(received) || isDatasetColumn(received)) return received
  throw wrongReceived(name, received, 'a dataset or a column', example(name))
}

/** The data meets a check. */
export const toMeet: MatcherDefinition<[check: CheckOrMaker], Dataset | DatasetColumn> = {
  check: (received, [asked]) => checkOf('toMeet', asked, receivedBy('toMeet', received)),
}

/** The data meets all checks of a list. */
export const toMeetAll: MatcherDefinition<[checks: readonly CheckOrMaker[]], Dataset | DatasetColumn> = {
  worstFirst: true,
  check(subject, [list]) {
    const received = receivedBy('toMeetAll', subject)
    if (!Array.isArray(list) || list.length === 0) {
      throw new AssayError(
        'wrong-argument',
        `toMeetAll got ${Array.isArray(list) ? 'no check at all' : described(list)}`,
        {
          hint: `give a list of checks: ${example('toMeetAll')}`,
        },
      )
    }
    const checks = Array.from(list, (asked) => checkOf('toMeetAll', asked, received))
    const dataset = isDataset(received) ? received : received.dataset
    return {
      type: 'group',
      kind: 'toMeetAll',
      family: 'rule',
      ...aboutDataset(dataset, [], { statement: { checks: checks.map(({ kind, question }) => [kind, question]) } }),
      title: 'all checks',
      expected: 'that each of them holds',
      inputs: [dataset],
      expand: () => Promise.resolve(checks),
    }
  },
}
