import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { profile } from '../src/checks/profile.ts'
import { summary } from '../src/checks/summary.ts'
import type { Dataset } from '../src/dataset/dataset.ts'
import { relationOf } from '../src/dataset/opened.ts'
import { everywhere } from '../src/engine/keptAnswers.ts'
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
        `the columns of ${dataset.name} could not be described: ${dataset.pii.length > 0 ? discreetMessage(error) : firstLine(error)}`,
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
  const read = await readingOf(dataset)
  const lasts = fingerprint !== undefined && read !== undefined
  const folder = lasts ? process.env.ASSAY_KEPT : process.env.ASSAY_CLAIMS
  if (!folder) return make()
  const about = [dataset.identity, dataset.pii, fingerprint, read, describe.name]
  const key = createHash('sha256').update(canonical(about)).digest('hex')
  const file = path.join(folder, ...(lasts ? [] : ['described']), `described-${key}`)
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known !== undefined) return known
  const made = await make()
  // Another worker only makes it once more where it cannot be kept.
  await keep(file, made).catch(() => {})
  return made
}

/** How the files of a dataset are read, as SQL; undefined for what lies in the memory of this process. */
async function readingOf(dataset: Dataset): Promise<string | undefined> {
  const { engine, from } = await relationOf(dataset)
  const { text, params } = render(from, engine.dialect)
  return /\bassay_/.test(text) ? undefined : JSON.stringify([text, params.map(everywhere)])
}

/** Under its name only once it is whole: workers read while others write. */
async function keep(file: string, text: string): Promise<void> {
  const part = `${file}.${process.pid}.${process.hrtime.bigint()}`
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(part, text, { mode: 0o600 })
  await rename(part, file)
}
