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
const places = new Int32Array(2 * MOST_IN_A_CELL)

/**
 * The numbers in the order of `Float64Array.sort()`, NaN last and to the sign of 0, in `into`, which is of their length and
 * not the list itself. By distribution: into cells of equal width, within each into more parts than it has numbers, within
 * these by insertion; of many numbers in a quarter of the time of a radix sort, which sorts what is too uneven for cells.
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
    else if (value > high) high = value
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
  for (let start = 0; start < n; start += BLOCK) countIn(ends, numbers.subarray(start, start + BLOCK), low, scale, 0)
  if (ends.reduce((sum, count) => sum + (count > MOST_IN_A_CELL ? count : 0), 0) > n / 2) return false
  startsOf(ends, cells)
  for (let start = 0; start < n; start += BLOCK)
    moveInto(into, ends, numbers.subarray(start, start + BLOCK), low, scale, 0)
  for (let cell = 0; cell < cells; cell++) {
    const start = cell === 0 ? 0 : (ends[cell - 1] as number)
    sortCell(into.subarray(start, ends[cell]), low, scale, cell)
  }
  return true
}

/** Counts numbers by the part of width 1 / `scale` that they lie in, from `low` on, of which `first` is left out. */
function countIn(counts: Int32Array, numbers: Float64Array, low: number, scale: number, first: number): void {
  const n = numbers.length
  let i = 0
  // Four at a time: with each step all lists are looked at anew, for whether they are still what they were.
  for (; i + 3 < n; i += 4) {
    const a = (((numbers[i] as number) - low) * scale - first) | 0
    const b = (((numbers[i + 1] as number) - low) * scale - first) | 0
    const c = (((numbers[i + 2] as number) - low) * scale - first) | 0
    const d = (((numbers[i + 3] as number) - low) * scale - first) | 0
    counts[a] = (counts[a] as number) + 1
    counts[b] = (counts[b] as number) + 1
    counts[c] = (counts[c] as number) + 1
    counts[d] = (counts[d] as number) + 1
  }
  for (; i < n; i++) {
    const a = (((numbers[i] as number) - low) * scale - first) | 0
    counts[a] = (counts[a] as number) + 1
  }
}

/** Moves numbers to the next place of their part, four at a time. */
function moveInto(
  into: Float64Array,
  places: Int32Array,
  numbers: Float64Array,
  low: number,
  scale: number,
  first: number,
): void {
  const n = numbers.length
  let i = 0
  for (; i + 3 < n; i += 4) {
    const x = numbers[i] as number
    const y = numbers[i + 1] as number
    const z = numbers[i + 2] as number
    const w = numbers[i + 3] as number
    const a = ((x - low) * scale - first) | 0
    const b = ((y - low) * scale - first) | 0
    const c = ((z - low) * scale - first) | 0
    const d = ((w - low) * scale - first) | 0
    let place = places[a] as number
    places[a] = place + 1
    into[place] = x
    place = places[b] as number
    places[b] = place + 1
    into[place] = y
    place = places[c] as number
    places[c] = place + 1
    into[place] = z
    place = places[d] as number
    places[d] = place + 1
    into[place] = w
  }
  for (; i < n; i++) {
    const x = numbers[i] as number
    const a = ((x - low) * scale - first) | 0
    const place = places[a] as number
    places[a] = place + 1
    into[place] = x
  }
}

/** Sorts the numbers of a cell, all of which lie from `cell` to `cell + 1` in the unit of `scale` from `low` on. */
function sortCell(numbers: Float64Array, low: number, scale: number, cell: number): void {
  const n = numbers.length
  if (n > MOST_IN_A_CELL) return void sortNumbers(numbers)
  if (n <= SHORT) return inserted(numbers)
  const parts = 2 * powerOfTwo(n)
  // By a power of two, so that nothing is rounded.
  const [fine, first] = [scale * parts, cell * parts]
  places.fill(0, 0, parts)
  countIn(places, numbers, low, fine, first)
  startsOf(places, parts)
  moveInto(parted, places, numbers, low, fine, first)
  numbers.set(parted.subarray(0, n))
  inserted(numbers)
}

/** Puts numbers that are nearly in order in order; those that are not, it sorts. */
function inserted(numbers: Float64Array): void {
  const n = numbers.length
  let patience = 8 * n
  let last = Number.NEGATIVE_INFINITY
  for (let i = 0; i < n; i++) {
    const value = numbers[i] as number
    if (value >= last) {
      last = value
      continue
    }
    let place = i
    for (; place > 0 && (numbers[place - 1] as number) > value; place--) numbers[place] = numbers[place - 1] as number
    numbers[place] = value
    patience -= i - place
    if (patience < 0) return void sortNumbers(numbers)
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
