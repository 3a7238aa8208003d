import { isWideText } from '../cells/cell.ts'
import { areAwaited } from '../bytes/reads.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { holdRows, holdRowsAgain, relationOf, rootOf } from '../dataset/opened.ts'
import { isWide, MANY_COLUMNS } from '../engine/narrowing.ts'
import type { Check } from './check.ts'

/** The datasets of which checks were judged. */
const judged = new WeakSet<Dataset>()

/** How many checks there are of each dataset: a group is about as many as there are columns. */
export function countsByDataset(checks: readonly Check[]): ReadonlyMap<Dataset, number> {
  const counts = new Map<Dataset, number>()
  for (const { type, inputs = [] } of checks) {
    for (const dataset of new Set(inputs.map(rootOf)))
      counts.set(dataset, (counts.get(dataset) ?? 0) + (type === 'group' ? MANY_COLUMNS : 1))
  }
  return counts
}

/** Holds the rows of the datasets of checks, by how many checks each has, where that costs less. */
export async function holdIfAsked(counts: ReadonlyMap<Dataset, number>): Promise<void> {
  const isSingle = counts.size === 1 && counts.values().next().value === 1
  const isMoreToCome = async (): Promise<boolean> => isSingle && areAwaited()
  await Promise.all([...counts].map(([dataset, count]) => hold(dataset, count, isMoreToCome)))
}

/**
 * Who asks again goes on asking, and reads a text file once for all that is to come; so does who asks of a file what
 * others have asked of, and who begins with one check of many. Much that is asked of many columns is answered by few
 * queries, for which only their texts are better held. A fault of that is no answer.
 */
async function hold(dataset: Dataset, count: number, isMoreToCome: () => Promise<boolean>): Promise<void> {
  const isAgain = judged.has(dataset)
  const isMuch = count >= MANY_COLUMNS
  try {
    const relation = isMuch ? await relationOf(dataset) : undefined
    const isOfMany = relation !== undefined && isWide(relation)
    if (isOfMany ? isWideText(relation) : isAgain) await holdRows(dataset)
    else if (!isOfMany) await holdRowsAgain(dataset, isMoreToCome)
  } catch {}
}

/** Says that checks of datasets were judged: who asks now asks again. */
export function wereJudged(datasets: Iterable<Dataset>): void {
  for (const dataset of datasets) judged.add(dataset)
}
