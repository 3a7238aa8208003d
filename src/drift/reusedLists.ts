/** Lists of numbers that serve one pair of columns after the other: a million fresh ones cost as much as reading them. */
export interface ReusedLists {
  /** A list of so many numbers, whatever they are, which is nobody else's until all are free again. */
  take(length: number): Float64Array
  /** Nothing that was taken is needed any more. */
  free(): void
}

export function reusedLists(): ReusedLists {
  let free: Float64Array[] = []
  let taken: Float64Array[] = []
  return {
    take(length) {
      const place = free.findIndex((list) => list.length >= length)
      const [list = new Float64Array(length)] = place < 0 ? [] : free.splice(place, 1)
      taken.push(list)
      return list.subarray(0, length)
    },
    free() {
      free = taken
      taken = []
    },
  }
}
