import { dataset } from '../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../src/dataset/source.ts'

/** The columns of a source, each as its name, its type and the engine's own type. */
export async function columnsOf(source: unknown, options: DatasetOptions = {}): Promise<readonly string[]> {
  const { columns } = await dataset(source as never, options).relation()
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
