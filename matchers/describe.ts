import { profile } from '../src/checks/profile.ts'
import type { Dataset } from '../src/dataset/dataset.ts'
import { discreetMessage, firstLine } from '../src/errors.ts'

/** Describes the datasets a test file used, for the columns section of the report; those whose turn comes in time. */
export async function describeDatasets(
  datasets: readonly Dataset[],
  push: (kind: 'datasets' | 'notes', entry: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const over = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  over.catch(() => {})
  for (const dataset of datasets) {
    try {
      signal.throwIfAborted()
      push('datasets', JSON.stringify(await Promise.race([profile(dataset, { signal }), over])))
    } catch (error) {
      push(
        'notes',
        `the columns of ${dataset.name} could not be described: ${dataset.pii.length > 0 ? discreetMessage(error) : firstLine(error)}`,
      )
    }
  }
}
