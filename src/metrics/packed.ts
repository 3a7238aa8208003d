import type { Relation } from '../engine/engine.ts'
import { aggregateKey } from './aggregate.ts'
import type { Wanted } from './aggregateStep.ts'

/** Cells of one query over a cheap source: wider rows lose more in cache than a further scan costs (measured). */
const NARROW = 40
/** Cells of one query over a dear source, where each scan reads the whole file again. */
const WIDE = 1000
/** Names that cost as much to look through as a cell costs to compute, or more. */
const NAMES_A_CELL = 10

/** Of a cheap source with many columns each query looks through all of their names. */
function widthOf(relation: Relation | undefined): number {
  if (relation?.scanCost === 'high') return WIDE
  return Math.min(WIDE, Math.max(NARROW, Math.floor((relation?.columns.length ?? 0) / NAMES_A_CELL)))
}

/** Metrics of the same columns stay together, so that a query reads few columns. */
export function packed(scans: readonly Wanted[]): (readonly Wanted[])[] {
  const width = widthOf(scans[0]?.request.relation)
  const firstColumn = ({ request: { metric } }: Wanted): string => metric.columns[0] ?? ''
  const byColumn = [...scans].sort((a, b) => compare(firstColumn(a), firstColumn(b)))
  const batches: Wanted[][] = []
  let cells = new Set<string>()
  for (const wanted of byColumn) {
    const keys = wanted.cells.map(aggregateKey)
    if (batches.length === 0 || cells.size + keys.filter((key) => !cells.has(key)).length > width) {
      batches.push([])
      cells = new Set()
    }
    batches.at(-1)?.push(wanted)
    for (const key of keys) cells.add(key)
  }
  return batches
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
