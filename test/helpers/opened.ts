import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../src/dataset/datasetOptions.ts'
import { relationOf } from '../../src/dataset/opened.ts'

/** The columns of a source, each as its name, its type and the engine's own type. */
export async function columnsOf(source: unknown, options: DatasetOptions = {}): Promise<readonly string[]> {
  const { columns } = await relationOf(dataset(source as never, options))
  return columns.map(({ name, type, native }) => `${name} ${type} ${native}`)
}

/** What reading a source fails with. */
export function openError(source: unknown, options: DatasetOptions = {}): Promise<string> {
  return Promise.resolve()
    .then(() => dataset(source as never, options).rows())
    .then(
      () => 'no error',
      (error: Error) => error.message,
    )
}

/** Opens content as a file of an ending. Called at the top of a test file, after which the files are removed. */
export function fileOpener(): (ending: string, content: string | Buffer, options?: DatasetOptions) => Dataset {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-opened-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let made = 0
  return (ending, content, options = {}) => {
    const file = path.join(folder, `${++made}.${ending}`)
    writeFileSync(file, content)
    return dataset(file, options)
  }
}
