import { derivationOf, readingKey } from '../engine/derivation.ts'
import type { GroupedRows, Wanted } from './aggregateStep.ts'
import type { FewValues } from './fewValues.ts'
import { grouped, parted } from './grouped.ts'
import type { MetricRequest } from './metricRequest.ts'
import { relationsOf } from './relationsOf.ts'
import { valueTable } from './valueTable.ts'

/** By relations whose rows one table can hold. */
export function readAlike<W extends { readonly request: MetricRequest }>(
  list: readonly W[],
): readonly (readonly W[])[] {
  const bases = grouped(list, ({ request: { relation } }) => derivationOf(relation).base)
  return bases.flatMap((all) => {
    const one = new Set(all.map(({ request: { relation } }) => relation)).size === 1
    return one ? [all] : grouped(all, ({ request: { relation } }) => readingKey(relation))
  })
}

const isMergeable = ({ request: { metric } }: Wanted): boolean => metric.pass === 'scan' && metric.merge !== undefined

/**
 * By queries: segments of two columns would make a group of each combination. Where a scan reads a whole file again, the
 * first of them takes along what is not asked by segment, as far as parts say what the whole is.
 */
export function together(list: readonly Wanted[]): readonly (readonly Wanted[])[] {
  const [held, rest] = parted(list, ({ cells }) => cells.some(({ fn }) => fn === 'quantile'))
  const [plain, segmented] = parted(rest, ({ request }) => request.by === undefined)
  const [first = [], ...others] = grouped(segmented, ({ request }) => request.by)
  const isDear = first[0]?.request.relation.scanCost === 'high'
  const [along, apart] = parted(plain, (wanted) => isDear && isMergeable(wanted))
  return [
    [...first, ...along],
    ...others,
    apart,
    // The engine holds all values of a column meanwhile: of one at a time.
    ...grouped(held, ({ request: { metric, by } }) => JSON.stringify([by ?? null, metric.columns])),
  ].filter(({ length }) => length > 0)
}

/** What parts say of a whole, of relations that values choose, is computed by those values. */
export function chosenByValues(
  list: readonly Wanted[],
  few: FewValues,
): readonly { readonly list: readonly Wanted[]; readonly table?: GroupedRows }[] {
  if (list.some(({ request }) => request.by !== undefined)) return [{ list }]
  const [merged, alone] = parted(list, isMergeable)
  const table = valueTable(relationsOf(merged), few)
  return table ? [{ list: merged, table }, { list: alone }] : [{ list }]
}
