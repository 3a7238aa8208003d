import type { Threshold } from '../../metrics/bins.ts'

/** Bins of the reference that hold about as many rows each, and of the current side, whose tails may lie elsewhere. */
const OF_REFERENCE = 512
const OF_CURRENT = 128

/** Where bins end, from a sorted sample of each side and the exact extent of the reference, in which a value that many rows have is a bin of its own. */
export function thresholdsOf(
  current: Float64Array,
  reference: Float64Array,
  extent: readonly number[],
): readonly Threshold[] {
  const values = new Map<number, boolean>()
  for (const value of extent) values.set(value, true)
  for (const [sample, bins] of [
    [reference, OF_REFERENCE],
    [current, OF_CURRENT],
  ] as const) {
    let last: number | undefined
    for (let i = 0; i <= bins && sample.length > 0; i++) {
      const value = sample[Math.round((i / bins) * (sample.length - 1))] as number
      // It takes up more than a bin.
      values.set(value, values.get(value) === true || value === last)
      last = value
    }
  }
  return [...values]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([value, common]) =>
      common
        ? [
            { value, inclusive: false },
            { value, inclusive: true },
          ]
        : [{ value, inclusive: false }],
    )
}
