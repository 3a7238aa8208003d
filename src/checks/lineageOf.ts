import type { Dataset } from '../dataset/dataset.ts'
import { fingerprintOf, relationOf } from '../dataset/opened.ts'
import { outliving } from '../engine/lost.ts'
import type { Lineage } from '../results/checkResult.ts'

/** Which datasets a check looked at, as they were; `doubted` hears of those whose source may be at fault. Never rejects. */
export async function lineageOf(datasets: readonly Dataset[], doubted: (dataset: Dataset) => void): Promise<Lineage> {
  const known = await Promise.all(
    datasets.map(async (dataset) => {
      // A file that cannot be read has no fingerprint; why is said by the verdict.
      const [fingerprint, relation] = await Promise.all([
        outliving(() => fingerprintOf(dataset)).catch(() => undefined),
        outliving(() => relationOf(dataset)).catch(() => undefined),
      ])
      if (relation?.findings) doubted(dataset)
      const part = relation?.part
      const source = part === undefined ? dataset.source : `${dataset.source} (${part})`
      return { relation, described: { name: dataset.name, source, ...(fingerprint ? { fingerprint } : {}) } }
    }),
  )
  const [{ relation } = { relation: undefined }] = known
  return { datasets: known.map(({ described }) => described), ...(relation ? { engine: relation.engine.version } : {}) }
}
