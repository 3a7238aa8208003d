import type { BlockDefinition } from './block.ts'

/** A point of a curve. */
export interface CurvePoint {
  readonly x: number
  readonly y: number
  /** The interval of `y`. */
  readonly interval?: readonly [number, number]
  /**
   * How many cases stand behind it.
   * @count
   */
  readonly count?: number
}

/** One number over another: how often a model is right over how sure it is, a score over its threshold. */
export interface CurveBlock {
  readonly kind: 'curve'
  /** What is measured along, and what up. */
  readonly x: string
  readonly y: string
  /** From left to right. */
  readonly points: readonly CurvePoint[]
  /** Where the points of a perfect answer lie: on the diagonal. */
  readonly ideal?: 'diagonal'
  /** The columns whose values it tells; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

export const curve: BlockDefinition<CurveBlock> = {
  columns: ({ of }, about) => of ?? about,
}
