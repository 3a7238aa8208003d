import { seeded } from './random.ts'

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
  { statistic = differenceOfMeans, shuffles = 999, seed = 1, blocks }: Shuffling = {},
): Permutation {
  if (a.length * b.length === 0) return { statistic: Number.NaN, p: Number.NaN }
  const seen = statistic(a, b)
  const values = new Float64Array(a.length + b.length)
  values.set(a)
  values.set(b, a.length)
  const [groups, first] = grouped(values.length, a.length, blocks)
  const next = seeded(seed)
  const order = groups.map((_, i) => i)
  let beyond = 0
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1))
      ;[order[i], order[j]] = [order[j] as number, order[i] as number]
    }
    const side = (places: readonly number[]) =>
      Float64Array.from(
        places.flatMap((place) => groups[place] as readonly number[]),
        (at) => values[at] as number,
      )
    if (statistic(side(order.slice(0, first)), side(order.slice(first))) >= seen * (1 - 1e-12)) beyond++
  }
  return { statistic: seen, p: (1 + beyond) / (1 + shuffles) }
}

/** The places of each block, those of the first sample first, and how many blocks it has. */
function grouped(
  all: number,
  n: number,
  blocks?: ArrayLike<number>,
): readonly [readonly (readonly number[])[], number] {
  if (!blocks) return [Array.from({ length: all }, (_, i) => [i]), n]
  const sides = [new Map<number, number[]>(), new Map<number, number[]>()] as const
  for (let i = 0; i < all; i++) {
    const side = sides[i < n ? 0 : 1]
    const places = side.get(blocks[i] as number)
    if (places) places.push(i)
    else side.set(blocks[i] as number, [i])
  }
  return [[...sides[0].values(), ...sides[1].values()], sides[0].size]
}

function differenceOfMeans(a: Float64Array, b: Float64Array): number {
  const mean = (sample: Float64Array) => sample.reduce((sum, value) => sum + value, 0) / sample.length
  return Math.abs(mean(a) - mean(b))
}
