import type { Dataset } from '../dataset/dataset.ts'
import { checkFilteredCells as checkCells } from '../dataset/filteredCells.ts'
import type { QueryOptions } from '../engine/engine.ts'
import { runMetrics } from '../metrics/run.ts'
import { unreadableCount } from '../metrics/kinds/unreadableCount.ts'

/** Refuses rows that a filter in SQL has chosen by cells which it could not see; cells are counted in a scan that others share. */
export async function checkFilteredCells(dataset: Dataset, options: QueryOptions): Promise<void> {
  await checkCells(dataset, async (relation, columns) => {
    const counts = columns.map(({ name }) => unreadableCount(name))
    const results = await runMetrics(counts, relation, options)
    return counts.map(({ key }) => {
      const result = results.get(key)
      if (result && !result.ok) throw result.error
      return Number(result?.value ?? 0)
    })
  })
}
