/** Fewer numbers are sorted by comparing them. */
const FEW = 6000
/** So many that agree in their upper halves are put in order by insertion. */
const SHORT = 32
/** The digits of a half, the least first, by how much each is shifted; the last has ten bits, the others eleven. */
const shifts = [0, 11, 22]
const RADIX = 2048
const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1
const [LOWER, UPPER] = [0, 1]

/**
 * Sorts numbers in place as `Float64Array.sort()` does, of many in a fourth of the time: by three digits of the upper half of
 * their bits, the least first, each pass keeping the order of the one before (radix sort); few agree in all of these,
 * and are sorted by themselves. Holds as much memory again. Without NaN, whose bits are many.
 */
export function sortNumbers(numbers: Float64Array): Float64Array {
  if (numbers.length < FEW || !littleEndian) return numbers.sort()
  sortByHalf(numbers, UPPER)
  const words = new Int32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length)
  for (let i = 1; i < numbers.length; i++) {
    if ((numbers[i - 1] as number) <= (numbers[i] as number)) continue
    const upper = words[2 * i + 1]
    let [start, end] = [i - 1, i + 1]
    while (start > 0 && words[2 * start - 1] === upper) start--
    while (end < numbers.length && words[2 * end + 1] === upper) end++
    sortAlike(numbers.subarray(start, end))
    i = end
  }
  return numbers
}

/** Sorts numbers that agree in their upper halves. */
function sortAlike(numbers: Float64Array): void {
  if (numbers.length >= FEW) sortByHalf(numbers, LOWER)
  else if (numbers.length > SHORT) numbers.sort()
  else
    for (let i = 1; i < numbers.length; i++) {
      const value = numbers[i] as number
      let place = i
      for (; place > 0 && (numbers[place - 1] as number) > value; place--) numbers[place] = numbers[place - 1] as number
      numbers[place] = value
    }
}

/**
 * Sorts by one half of the bits, read so that they stand in the order of the numbers: turned where the number is negative,
 * the sign where it is not. A digit that all share takes no pass.
 */
function sortByHalf(numbers: Float64Array, half: number): void {
  const n = numbers.length
  let from: Float64Array = numbers
  let to: Float64Array = new Float64Array(n)
  let [read, write] = [from, to].map((list) => new Int32Array(list.buffer, list.byteOffset, 2 * n)) as [
    Int32Array,
    Int32Array,
  ]
  const sign = half === UPPER ? 0x80000000 : 0
  const counts = shifts.map(() => new Uint32Array(RADIX)) as [Uint32Array, Uint32Array, Uint32Array]
  const [first, second, third] = counts
  for (let i = 0; i < 2 * n; i += 2) {
    const word = (read[i + half] as number) ^ (((read[i + UPPER] as number) >> 31) | sign)
    first[word & (RADIX - 1)] = (first[word & (RADIX - 1)] as number) + 1
    second[(word >>> 11) & (RADIX - 1)] = (second[(word >>> 11) & (RADIX - 1)] as number) + 1
    third[word >>> 22] = (third[word >>> 22] as number) + 1
  }
  for (const [pass, shift] of shifts.entries()) {
    const places = counts[pass] as Uint32Array
    if (places.includes(n)) continue
    let sum = 0
    for (let digit = 0; digit < RADIX; digit++) {
      const count = places[digit] as number
      places[digit] = sum
      sum += count
    }
    for (let i = 0; i < n; i++) {
      const word = (read[2 * i + half] as number) ^ (((read[2 * i + UPPER] as number) >> 31) | sign)
      const digit = (word >>> shift) & (RADIX - 1)
      const place = places[digit] as number
      places[digit] = place + 1
      to[place] = from[i] as number
    }
    ;[from, to] = [to, from]
    ;[read, write] = [write, read]
  }
  if (from !== numbers) numbers.set(from)
}
