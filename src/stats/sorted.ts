/** Index of the first of the sorted values that is at least `value`; the length when none is. */
export function firstAtLeast(sorted: Float64Array, value: number): number {
  return first(sorted, (one) => one >= value)
}

/** Index of the first of the sorted values that is above `value`; the length when none is. */
export function firstAbove(sorted: Float64Array, value: number): number {
  return first(sorted, (one) => one > value)
}

function first(sorted: Float64Array, reached: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (reached(sorted[middle] as number)) high = middle
    else low = middle + 1
  }
  return low
}
