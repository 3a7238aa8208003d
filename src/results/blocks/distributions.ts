import type { BlockDefinition } from './block.ts'

/** Counts of numbers or instants by bins. */
interface Histogram {
  readonly kind: 'distributions'
  readonly type: 'histogram'
  /** One more than `current` has counts; the reference has the same bins. */
  readonly edges: readonly number[]
  readonly current: readonly number[]
  readonly reference?: readonly number[]
  /** How edges read: plain numbers, or milliseconds since the epoch. */
  readonly unit?: 'number' | 'time'
  /** The columns whose values it tells; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

/** Counts by category. */
interface Categories {
  readonly kind: 'distributions'
  readonly type: 'categories'
  readonly labels: readonly string[]
  readonly current: readonly number[]
  readonly reference?: readonly number[]
  /**
   * Categories folded into the last label.
   * @count
   */
  readonly folded?: number
  /** The columns whose values it tells; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

/** How values are distributed, in counts, beside a reference where there is one. */
export type DistributionsBlock = Histogram | Categories

/** How values are distributed, side by side. */
export const distributions: BlockDefinition<DistributionsBlock> = {
  columns: ({ of }, about) => of ?? about,
  cut: (block, cut) => (block.type === 'categories' ? { ...block, labels: block.labels.map(cut) } : block),
}
