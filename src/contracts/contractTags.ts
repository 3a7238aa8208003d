import type { Dataset } from '../dataset/dataset.ts'
import type { ReadDataset } from '../bytes/reads.ts'
import { AssayError } from '../errors.ts'
import { contractPath, readContract } from './contract.ts'
import { isObject, type JsonObject } from '../schema/json.ts'
import { personalIn } from '../schema/personalIn.ts'
import { filesOf, tagColumns } from '../dataset/opened.ts'

/**
 * Heeds what the contract of a dataset says of personal columns, before anything of the data is shown: the contract
 * beside `besides`, a test file or any file of that folder. Without one, or with one that cannot be read, nothing is
 * said; whoever holds the data to it says why.
 */
export async function heedContract(dataset: Dataset, besides: string): Promise<void> {
  await heedTags(
    { name: dataset.name, files: () => filesOf(dataset), tag: (columns) => tagColumns(dataset, columns) },
    besides,
  )
}

/** The same of a dataset that is about to be used. */
export async function heedTags(dataset: Omit<ReadDataset, 'source'>, besides: string): Promise<void> {
  const contract = await readContract(contractPath(besides, dataset.name)).catch((error: unknown) => {
    if (error instanceof AssayError) return undefined
    throw error
  })
  if (!isObject(contract)) return
  // Files of a dataset are known once they are looked for; a glob may name none, which is told elsewhere.
  await dataset.files().catch(() => [])
  dataset.tag(personalIn(contract as JsonObject))
}
