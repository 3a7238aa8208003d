/** Fewer numbers are sorted by comparing them. */
const FEW = 20_000
const RADIX = 2048
/** Digits of a double in order of their worth: which half it stands in, and by how much that is shifted. */
const digits = [0, 1].flatMap((half) => [0, 11, 22].map((shift) => ({ half, shift })))
const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/**
 * Sorts numbers in place as `Float64Array.sort()` does, of many in half the time: by six digits of their bits, the least
 * first, each pass keeping the order of the one before (radix sort). Negative numbers have all bits turned, others the
 * sign, so that bits stand in the order of the numbers. A digit that all numbers share takes no pass. Holds as much memory
 * again. Without NaN, whose bits are many.
 */
export function sortNumbers(numbers: Float64Array): Float64Array {
  const n = numbers.length
  if (n < FEW || !littleEndian) return numbers.sort()
  let from: Uint32Array = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * n)
  let to: Uint32Array = new Uint32Array(2 * n)
  const starts = turned(from)
  for (const [place, { half, shift }] of digits.entries()) {
    const ends = starts.subarray(place * RADIX, (place + 1) * RADIX)
    if (ends.includes(n)) continue
    let sum = 0
    for (let digit = 0; digit < RADIX; digit++) {
      const count = ends[digit] as number
      ends[digit] = sum
      sum += count
    }
    for (let i = 0; i < from.length; i += 2) {
      const digit = ((from[i + half] as number) >>> shift) & (RADIX - 1)
      const at = 2 * (ends[digit] as number)
      ends[digit] = (ends[digit] as number) + 1
      to[at] = from[i] as number
      to[at + 1] = from[i + 1] as number
    }
    ;[from, to] = [to, from]
  }
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * n)
  for (let i = 0; i < from.length; i += 2) {
    const [low, high] = [from[i] as number, from[i + 1] as number]
    const negative = high >>> 31 === 0
    words[i] = negative ? ~low : low
    words[i + 1] = negative ? ~high : high ^ 0x80000000
  }
  return numbers
}

/** Turns the bits so that they stand in the order of the numbers; how often each digit occurs at each place. */
function turned(words: Uint32Array): Uint32Array {
  const counts = new Uint32Array(digits.length * RADIX)
  const count = (at: number): void => {
    counts[at] = (counts[at] as number) + 1
  }
  for (let i = 0; i < words.length; i += 2) {
    const negative = (words[i + 1] as number) >>> 31 === 1
    const low = (negative ? ~(words[i] as number) : (words[i] as number)) >>> 0
    const high = (negative ? ~(words[i + 1] as number) : (words[i + 1] as number) ^ 0x80000000) >>> 0
    words[i] = low
    words[i + 1] = high
    count(low & (RADIX - 1))
    count(RADIX + ((low >>> 11) & (RADIX - 1)))
    count(2 * RADIX + (low >>> 22))
    count(3 * RADIX + (high & (RADIX - 1)))
    count(4 * RADIX + ((high >>> 11) & (RADIX - 1)))
    count(5 * RADIX + (high >>> 22))
  }
  return counts
}
