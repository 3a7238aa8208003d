import { profile } from '../src/checks/profile.ts'
import type { Dataset } from '../src/dataset/dataset.ts'
import { firstLine } from '../src/errors.ts'

/** Describes the datasets a test file used, for the columns section of the report. */
export async function describeDatasets(
  datasets: readonly Dataset[],
  push: (kind: 'datasets' | 'notes', entry: string) => void,
): Promise<void> {
  for (const dataset of datasets) {
    try {
      push('datasets', JSON.stringify(await profile(dataset)))
    } catch (error) {
      push('notes', `the columns of ${dataset.name} could not be described: ${firstLine(error)}`)
    }
  }
}
