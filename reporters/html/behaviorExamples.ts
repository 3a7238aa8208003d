import { blockOf } from '../../src/results/blocks/index.ts'
import type { Example } from '../../src/results/blocks/examples.ts'
import { countText, integer } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import type { BehaviorCell } from '../behaviorCells.ts'
import { exampleTable } from '../blocks/examples.ts'
import { fitting } from './room.ts'
import { html, type Markup } from './template.ts'

const mostCells = 40
/** Elements of a table of examples. */
const CELL = 100

/** A capability probed by one type of test, with its failing examples. */
interface ExampleGroup {
  readonly cell: BehaviorCell
  readonly own: readonly Example[]
}

/** The failing examples that find room, those of what falls short first. */
export function exampleGroups(cells: readonly BehaviorCell[], room: number): readonly ExampleGroup[] {
  return cells
    .map((cell) => ({ cell, own: examplesOf(cell) }))
    .filter(({ own }) => own.length > 0)
    .sort((a, b) => Number(b.cell.over) - Number(a.cell.over))
    .slice(0, fitting(room, CELL, mostCells))
}

/** Failing examples, grouped by capability and type of test: input, changed input, expected, got. */
export function examples(
  groups: readonly ExampleGroup[],
  links: ReadonlyMap<BehaviorCell, string>,
): Markup | undefined {
  if (groups.length === 0) return undefined
  return html`<div class="panel examples">${groups.map(({ cell, own }, i) => {
    const failed = cell.worst.failed
    const text =
      own.length < failed
        ? `${integer(own.length)} of ${countText(failed, 'failing case')}`
        : countText(own.length, 'failing case')
    const score = cell.results.map((result) => blockOf(result, 'examples')?.score).find((name) => name !== undefined)
    const capability = visible(cell.capability)
    return html`<details id="${links.get(cell)}"${i === 0 && html` open`}><summary><b>${capability}, ${cell.type}</b> ${text}</summary>${exampleTable(own, `Failing cases of ${capability}, ${cell.type}`, score)}</details>`
  })}</div>`
}

/** The examples of a cell; one that names no capability its test has a rate for belongs to the first. */
function examplesOf(cell: BehaviorCell): Example[] {
  return cell.results.flatMap((result) => {
    const rates = blockOf(result, 'rates')
    if (rates?.test !== cell.type) return []
    const names = rates.parts.map(({ name }) => name)
    const nameOf = ({ capability }: Example): string | undefined =>
      capability !== undefined && names.includes(capability) ? capability : names[0]
    const { examples: all = [] } = blockOf(result, 'examples') ?? {}
    return all.filter((example) => names.length <= 1 || nameOf(example) === cell.capability)
  })
}
