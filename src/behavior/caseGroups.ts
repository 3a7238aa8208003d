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
  cases.forEach((one, i) => {
    const open = one.group === undefined ? undefined : named.get(one.group)
    if (open) return add(open, one, i)
    const group = opened(one, i)
    groups.push(group)
    if (one.group !== undefined) named.set(one.group, group)
  })
  return groups
}

/** Cases that stream in by their groups, of which each stands together. An AssayError for one that comes again. */
export async function* groupsIn(cases: AsyncIterable<MftCase>): AsyncGenerator<CaseGroup> {
  const closed = new Set<string>()
  let group: OpenGroup | undefined
  let i = 0
  for await (const one of cases) {
    if (group && one.group !== undefined && one.group === group.name) add(group, one, i)
    else {
      if (group) yield group
      if (group?.name !== undefined) closed.add(group.name)
      if (one.group !== undefined && closed.has(one.group))
        throw wrongCases(
          `row ${i + 1} is of the group ${shownValue(one.group)}, whose other rows stand before those of another`,
          'rows of a group stand together: sort the dataset by its groups',
        )
      group = opened(one, i)
    }
    i++
  }
  if (group) yield group
}

interface OpenGroup extends CaseGroup {
  readonly cases: MftCase[]
  readonly places: number[]
}

const opened = (one: MftCase, i: number): OpenGroup => ({ name: one.group, cases: [one], places: [i] })

function add(group: OpenGroup, one: MftCase, i: number): void {
  const first = group.cases[0] as MftCase
  for (const of of ['capability', 'weight'] as const)
    if (first[of] !== one[of])
      throw wrongCases(
        `the group ${shownValue(group.name)} has cases with the ${of} ${shownValue(first[of])} and ${shownValue(one[of])}`,
        `cases of a group count as one: give them one ${of}`,
      )
  group.cases.push(one)
  group.places.push(i)
}
