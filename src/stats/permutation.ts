import { seeded, shuffle } from './random.ts'

/** Result of a permutation test. */
export interface Permutation {
  readonly statistic: number
  /** (1 + shuffles at least as far) / (1 + shuffles): never 0 (Phipson and Smyth 2010). */
  readonly p: number
}

/** How a permutation test shuffles. */
export interface Shuffling {
  /** Default: the absolute difference of the means. */
  readonly statistic?: (a: Float64Array, b: Float64Array) => number
  /** Default: 999. */
  readonly shuffles?: number
  readonly seed?: number
  /**
   * For each value of the first sample, then of the second, which block it belongs to: blocks go from side to side as a
   * whole, as values that depend on each other must. Default: each value is a block.
   */
  readonly blocks?: ArrayLike<number>
}

/**
 * Whether two samples come from one population, by the share of shuffles of their values, or of blocks of them, in which the
 * statistic is at least as large. Blocks keep their sizes, so that of unequal ones the sides' sizes vary a little. NaN for
 * an empty sample.
 */
export function permutationTest(
  a: Float64Array,
  b: Float64Array,
  { statistic = differenceOfMeans(a), shuffles = 999, seed = 1, blocks }: Shuffling = {},
): Permutation {
  if (a.length * b.length === 0) return { statistic: Number.NaN, p: Number.NaN }
  const seen = statistic(a, b)
  const values = new Float64Array(a.length + b.length)
  values.set(a)
  values.set(b, a.length)
  const { ordered, starts, first } = grouped(values, a.length, blocks)
  const next = seeded(seed)
  const order = Int32Array.from({ length: starts.length - 1 }, (_, i) => i)
  const side = (places: Int32Array): Float64Array => {
    let [size, at] = [0, 0]
    for (const place of places) size += (starts[place + 1] as number) - (starts[place] as number)
    const sample = new Float64Array(size)
    for (const place of places)
      for (let i = starts[place] as number; i < (starts[place + 1] as number); i++) sample[at++] = ordered[i] as number
    return sample
  }
  let beyond = 0
  for (let round = 0; round < shuffles; round++) {
    shuffle(order, next)
    if (statistic(side(order.subarray(0, first)), side(order.subarray(first))) >= seen * (1 - 1e-12)) beyond++
  }
  return { statistic: seen, p: (1 + beyond) / (1 + shuffles) }
}

interface Grouped {
  /** The values, those of a block beside each other, and those of the first sample's first. */
  readonly ordered: Float64Array
  /** Where each block begins, and the end. */
  readonly starts: Int32Array
  /** Blocks of the first sample. */
  readonly first: number
}

function grouped(values: Float64Array, n: number, blocks?: ArrayLike<number>): Grouped {
  if (!blocks) return { ordered: values, starts: Int32Array.from({ length: values.length + 1 }, (_, i) => i), first: n }
  const sides = [new Map<number, number[]>(), new Map<number, number[]>()] as const
  values.forEach((value, i) => {
    const side = sides[i < n ? 0 : 1]
    const block = side.get(blocks[i] as number)
    if (block) block.push(value)
    else side.set(blocks[i] as number, [value])
  })
  const all = [...sides[0].values(), ...sides[1].values()]
  let end = 0
  const starts = Int32Array.from([0, ...all.map(({ length }) => (end += length))])
  return { ordered: Float64Array.from(all.flat()), starts, first: sides[0].size }
}

/** By how far values lie from one of them: in sums of large numbers of small spread, what differs would be lost. */
function differenceOfMeans(values: Float64Array): (a: Float64Array, b: Float64Array) => number {
  const pivot = values[values.length >> 1] as number
  const mean = (sample: Float64Array): number => {
    let sum = 0
    for (const value of sample) sum += value - pivot
    return sum / sample.length
  }
  return (a, b) => Math.abs(mean(a) - mean(b))
}
