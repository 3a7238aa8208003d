import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Vitest } from 'vitest/node'

/** Options of vitest's reporter that writes the blob. */
interface BlobOptions {
  readonly outputFile?: string
}

/**
 * Adds an error to the blob of a run, as vitest writes it: what merges it fails by it. Nothing where no blob was written
 * since `began`, an instant in ms, or it is written in another way.
 */
export function addToBlob(vitest: Vitest, began: number, message: string): void {
  const file = blobFiles(vitest).find((name) => (statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= began)
  if (file === undefined) return
  try {
    // A list of values, in which objects name others by their places.
    const values = JSON.parse(readFileSync(file, 'utf8')) as unknown[]
    const [version, , errors] = values[0] as readonly string[]
    const list = values[Number(errors)]
    if (values[Number(version)] !== vitest.version || !Array.isArray(list)) return
    const at = values.length
    list.push(String(at))
    values.push({ name: String(at + 1), message: String(at + 2), stack: String(at + 3) }, 'Error', message, message)
    writeFileSync(file, JSON.stringify(values))
  } catch {
    // It is written in another way.
  }
}

/** Where the blob may be: where it was asked for, or vitest 5 or 4 put it. */
function blobFiles({ config }: Vitest): string[] {
  const { root, shard, outputFile } = config
  const blobOptions = config.reporters.flatMap((reporter): readonly BlobOptions[] => {
    if (Array.isArray(reporter)) return reporter[0] === 'blob' ? [(reporter[1] ?? {}) as BlobOptions] : []
    const { options } = reporter as { readonly options?: BlobOptions }
    return reporter.constructor.name === 'BlobReporter' && options ? [options] : []
  })
  const outputPath =
    blobOptions.find((options) => options.outputFile !== undefined)?.outputFile ??
    (typeof outputFile === 'string' ? outputFile : outputFile?.['blob'])
  if (outputPath !== undefined) return [path.resolve(root, outputPath)]
  const label = (config as { readonly mergeReportsLabel?: string }).mergeReportsLabel
  const part = shard && `${shard.index}-${shard.count}`
  const name = `${['blob', label, part].filter(Boolean).join('-')}.json`
  return [path.join(root, '.vitest/blob', name), path.join(root, '.vitest-reports', name)]
}
