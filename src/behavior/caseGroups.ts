import { type MftCase, shownValue, wrongCases } from './caseRows.ts'

/** Cases that count as one, with the place of each among all. A case without a group is one by itself. */
export interface CaseGroup {
  readonly name: string | undefined
  readonly cases: readonly MftCase[]
  readonly places: readonly number[]
}

/** Cases at hand by their groups, in the order of the first of each, wherever the others stand. */
export function groupsOf(cases: readonly MftCase[]): CaseGroup[] {
  const groups: OpenGroup[] = []
  const named = new Map<string, OpenGroup>()
  cases.forEach((entry, i) => {
    const open = entry.group === undefined ? undefined : named.get(entry.group)
    if (open) return add(open, entry, i)
    const group = opened(entry, i)
    groups.push(group)
    if (entry.group !== undefined) named.set(entry.group, group)
  })
  return groups
}

/** Cases that stream in by their groups, of which each stands together. An AssayError for one that comes again. */
export async function* groupsIn(cases: AsyncIterable<MftCase>): AsyncGenerator<CaseGroup> {
  const closed = new Set<string>()
  let group: OpenGroup | undefined
  let i = 0
  for await (const entry of cases) {
    if (group && entry.group !== undefined && entry.group === group.name) add(group, entry, i)
    else {
      if (group) yield group
      if (group?.name !== undefined) closed.add(group.name)
      if (entry.group !== undefined && closed.has(entry.group))
        throw wrongCases(
          `row ${i + 1} is of the group ${shownValue(entry.group)}, whose other rows stand before those of another`,
          'rows of a group stand together: sort the dataset by its groups',
          `row ${i + 1} is of a group whose other rows stand before those of another`,
        )
      group = opened(entry, i)
    }
    i++
  }
  if (group) yield group
}

interface OpenGroup extends CaseGroup {
  readonly cases: MftCase[]
  readonly places: number[]
}

const opened = (entry: MftCase, i: number): OpenGroup => ({ name: entry.group, cases: [entry], places: [i] })

function add(group: OpenGroup, entry: MftCase, i: number): void {
  const first = group.cases[0] as MftCase
  for (const of of ['capability', 'weight'] as const)
    if (first[of] !== entry[of])
      throw wrongCases(
        `the group ${shownValue(group.name)} has cases with the ${of} ${shownValue(first[of])} and ${shownValue(entry[of])}`,
        `cases of a group count as one: give them one ${of}`,
        `a group has cases with more than one ${of}`,
      )
  group.cases.push(entry)
  group.places.push(i)
}
