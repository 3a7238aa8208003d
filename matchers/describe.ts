import path from 'node:path'
import { profile } from '../src/profile/profile.ts'
import { summary } from '../src/profile/summary.ts'
import type { Dataset } from '../src/dataset/dataset.ts'
import { relationOf } from '../src/dataset/opened.ts'
import { everywhere, statesOf } from '../src/engine/keptAnswers.ts'
import { keptValue } from '../src/engine/keptValue.ts'
import { discreetMessage, firstLine } from '../src/errors.ts'
import { canonical } from '../src/results/canonical.ts'
import { render } from '../src/sql/render.ts'

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
      push('datasets', await Promise.race([described(dataset, signal), over]))
    } catch (error) {
      push(
        'notes',
        `the columns of ${dataset.name} could not be described: ${firstLine(dataset.pii.length > 0 ? discreetMessage(error) : error)}`,
      )
    }
  }
}

/**
 * A dataset's description as JSON, made once in a run, by whichever of its test files comes first; of files also once for
 * all runs of watch mode, as long as they hold the same and are read in the same way.
 */
async function described(dataset: Dataset, signal: AbortSignal): Promise<string> {
  const describe = process.env.ASSAY_PROFILE === 'full' ? profile : summary
  const make = async (): Promise<string> => JSON.stringify(await describe(dataset, { signal }))
  const fingerprint = await dataset.fingerprint()
  const { read, state } = await readingOf(dataset)
  const lasts = fingerprint !== undefined && read !== undefined
  const own = process.env.ASSAY_CLAIMS
  const folder = lasts ? process.env.ASSAY_KEPT : own && path.join(own, 'described')
  // A fingerprint of samples is that of other content too, which only the state of the files tells.
  const isSampled = fingerprint?.includes('sampled') === true
  const about = [
    'described',
    dataset.identity,
    dataset.pii,
    fingerprint,
    read,
    isSampled ? (state ?? null) : null,
    describe.name,
  ]
  if (isSampled && state === undefined) return make()
  return keptValue({ folder: folder || undefined, about: canonical(about), same: () => true, always: true }, make)
}

/** How the files of a dataset are read, as SQL, undefined for what lies in the memory of this process; and what they are. */
async function readingOf(dataset: Dataset): Promise<{ readonly read?: string; readonly state: string | undefined }> {
  const { engine, from } = await relationOf(dataset)
  const { text, params, guards } = render(from, engine.dialect)
  const state = statesOf(guards)
  return /\bassay_/.test(text) ? { state } : { state, read: JSON.stringify([text, params.map(everywhere)]) }
}
