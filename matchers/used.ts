import type { Dataset } from '../src/dataset/dataset.ts'
import type { Task } from './current.ts'

const key = Symbol.for('assay.usedDatasets')
const holder = globalThis as unknown as Record<symbol, Map<string, Set<Dataset>> | undefined>

/** Remembers that a test file used a dataset, so that the report can describe it. */
export function useDataset(dataset: Dataset, task: Task): void {
  holder[key] ??= new Map()
  const file = task.file.filepath
  holder[key].set(file, (holder[key].get(file) ?? new Set()).add(dataset))
}

/** The datasets a test file used, once: the list is handed over. */
export function takeUsed(file: string): readonly Dataset[] {
  const used = [...(holder[key]?.get(file) ?? [])]
  holder[key]?.delete(file)
  return used
}
