import type { DatasetSummary } from './runDocument.ts'

/**
 * Datasets with the descriptions of their first columns, in so many bytes, of which each has an equal part, with what those
 * before it left; the others are counted in `moreColumns`.
 */
export function keptColumns(datasets: readonly DatasetSummary[], room: number): readonly DatasetSummary[] {
  let left = room
  return datasets.map((dataset, i): DatasetSummary => {
    const { columns, moreColumns = 0, ...about } = dataset
    const share = left / (datasets.length - i)
    let bytes = 0
    const over = columns.findIndex((column) => (bytes += Buffer.byteLength(JSON.stringify(column))) > share)
    if (over < 0) {
      left -= bytes
      return dataset
    }
    left -= share
    return { ...about, columns: columns.slice(0, over), moreColumns: moreColumns + columns.length - over }
  })
}
