import { BLOCK } from './merged.ts'
import { firstAtLeast } from './sorted.ts'
import { sortNumbers } from './sortNumbers.ts'

/** Fewer numbers are sorted by comparing them. */
const FEW = 6000
/** Cells hold so many on average, where numbers are spread evenly. */
const IN_A_CELL = 1000
const MOST_CELLS = 1 << 15
/** What a cell may hold to be put in order within the cache. */
const MOST_IN_A_CELL = 1 << 13
/** So many are put in order by insertion. */
const SHORT = 16

// Of one cell at a time: its numbers, and where those of each of its parts begin.
const parted = new Float64Array(MOST_IN_A_CELL)
const places = new Int32Array(MOST_IN_A_CELL)

/**
 * The numbers in the order of `Float64Array.sort()`, NaN last and to the sign of 0, in `into`, which is of their length and
 * not the list itself. By distribution: into cells of equal width, within each into as many parts as it has numbers, within
 * these by insertion; of many numbers in half the time of a radix sort, which sorts what is too uneven for cells.
 */
export function sortedNumbers(
  numbers: Float64Array,
  into: Float64Array = new Float64Array(numbers.length),
): Float64Array {
  const n = numbers.length
  if (n < FEW) {
    into.set(numbers)
    return into.sort()
  }
  const [low, high] = extentOf(numbers)
  if (low === undefined || high === undefined) return sortedApart(numbers, into)
  if (low === high) into.set(numbers)
  else if (!distribute(numbers, into, low, high)) {
    into.set(numbers)
    return sortNumbers(into)
  }
  return withSigns(into)
}

/** The least and the largest number, where all are finite. */
function extentOf(numbers: Float64Array): readonly [number, number] | readonly [] {
  const extent = Float64Array.of(numbers[0] as number, numbers[0] as number)
  for (let start = 0; start < numbers.length; start += BLOCK)
    if (!widen(extent, numbers.subarray(start, start + BLOCK))) return []
  return [extent[0] as number, extent[1] as number]
}

/** Widens an extent by the numbers of a block; false where one of them is not finite. */
function widen(extent: Float64Array, numbers: Float64Array): boolean {
  let [low, high, strange] = [extent[0] as number, extent[1] as number, 0]
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number
    if (value < low) low = value
    if (value > high) high = value
    // NaN, from the first value on that is not finite.
    strange += value - value
  }
  extent[0] = low
  extent[1] = high
  return strange === 0
}

/** Those that are finite by themselves, the others around them. */
function sortedApart(numbers: Float64Array, into: Float64Array): Float64Array {
  const finite = numbers.filter(Number.isFinite)
  const below = numbers.reduce((count, value) => count + Number(value === Number.NEGATIVE_INFINITY), 0)
  const above = numbers.reduce((count, value) => count + Number(value === Number.POSITIVE_INFINITY), 0)
  const end = below + finite.length
  into.fill(Number.NEGATIVE_INFINITY, 0, below)
  sortedNumbers(finite, into.subarray(below, end))
  into.fill(Number.POSITIVE_INFINITY, end, end + above)
  into.fill(Number.NaN, end + above)
  return into
}

/** Sorts finite numbers from `low` to `high`; false, with nothing done, where most would lie in few cells. */
function distribute(numbers: Float64Array, into: Float64Array, low: number, high: number): boolean {
  const n = numbers.length
  const cells = powerOfTwo(Math.min(MOST_CELLS, n / IN_A_CELL))
  const scale = (cells - 1) / (high - low)
  // Numbers that lie very close or very far from each other.
  if (!(scale > 0 && scale < 1e290)) return false
  const ends = new Int32Array(cells)
  for (let start = 0; start < n; start += BLOCK) countIn(ends, numbers.subarray(start, start + BLOCK), low, scale)
  if (ends.reduce((sum, count) => sum + (count > MOST_IN_A_CELL ? count : 0), 0) > n / 2) return false
  startsOf(ends, cells)
  for (let start = 0; start < n; start += BLOCK)
    moveInto(into, ends, numbers.subarray(start, start + BLOCK), low, scale)
  for (let cell = 0; cell < cells; cell++) {
    const [start, end] = [cell === 0 ? 0 : (ends[cell - 1] as number), ends[cell] as number]
    if (end - start > MOST_IN_A_CELL) sortNumbers(into.subarray(start, end))
    else sortCell(into, start, end, low, scale, cell)
  }
  return true
}

function countIn(counts: Int32Array, numbers: Float64Array, low: number, scale: number): void {
  for (let i = 0; i < numbers.length; i++) {
    const cell = (((numbers[i] as number) - low) * scale) | 0
    counts[cell] = (counts[cell] as number) + 1
  }
}

function moveInto(into: Float64Array, places: Int32Array, numbers: Float64Array, low: number, scale: number): void {
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number
    const cell = ((value - low) * scale) | 0
    const place = places[cell] as number
    places[cell] = place + 1
    into[place] = value
  }
}

/** Sorts the numbers of a cell, all of which lie from `cell` to `cell + 1` in the unit of `scale` from `low` on. */
function sortCell(list: Float64Array, start: number, end: number, low: number, scale: number, cell: number): void {
  if (end - start <= SHORT) return inserted(list, start, list, start, end)
  const parts = powerOfTwo(end - start)
  // By a power of two, so that nothing is rounded.
  const [fine, first] = [scale * parts, cell * parts]
  places.fill(0, 0, parts)
  for (let i = start; i < end; i++) {
    const part = (((list[i] as number) - low) * fine - first) | 0
    places[part] = (places[part] as number) + 1
  }
  startsOf(places, parts)
  for (let i = start; i < end; i++) {
    const value = list[i] as number
    const part = ((value - low) * fine - first) | 0
    const place = places[part] as number
    places[part] = place + 1
    parted[place] = value
  }
  inserted(parted, 0, list, start, end)
}

/** Puts numbers that are nearly in order into `to`, from `start` to `end`, in order; those that are not, it sorts. */
function inserted(from: Float64Array, first: number, to: Float64Array, start: number, end: number): void {
  const shift = first - start
  let patience = 8 * (end - start)
  for (let i = start; i < end; i++) {
    const value = from[i + shift] as number
    let place = i
    for (; place > start && (to[place - 1] as number) > value; place--) to[place] = to[place - 1] as number
    to[place] = value
    patience -= i - place
    if (patience < 0) {
      to.set(from.subarray(i + 1 + shift, end + shift), i + 1)
      sortNumbers(to.subarray(start, end))
      return
    }
  }
}

/** From how many there are of each to where each begins. */
function startsOf(counts: Int32Array, length: number): void {
  let sum = 0
  for (let i = 0; i < length; i++) {
    const count = counts[i] as number
    counts[i] = sum
    sum += count
  }
}

/** -0 before 0, which compare as equal. */
function withSigns(sorted: Float64Array): Float64Array {
  const start = firstAtLeast(sorted, 0)
  let [end, negative] = [start, 0]
  for (; sorted[end] === 0; end++) if (Object.is(sorted[end], -0)) negative++
  if (negative > 0) sorted.fill(-0, start, start + negative).fill(0, start + negative, end)
  return sorted
}

/** The largest power of two that is at most so much, from 1 on. */
function powerOfTwo(most: number): number {
  return 1 << (31 - Math.clz32(Math.max(1, most)))
}
