import { columnsOfText } from '../../words/text/columns.ts'
import { countText, decimal, interval, numberText } from '../../words/text/numbers.ts'
import { visible } from '../../words/text/visible.ts'
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

const SHOWN = 12

/** The points of a curve, one a line. */
export const curve: BlockDefinition<CurveBlock> = {
  lines({ x, y, points }) {
    if (points.length === 0) return []
    const shown = points.slice(0, SHOWN)
    const ranged = shown.some((point) => point.interval !== undefined)
    const counted = shown.some((point) => point.count !== undefined)
    const head = [visible(x), visible(y), ...(ranged ? ['interval'] : []), ...(counted ? ['cases'] : [])]
    const body = shown.map((point) => [
      decimal(point.x),
      decimal(point.y),
      ...(ranged ? [interval(point.interval)] : []),
      ...(counted ? [point.count === undefined ? '' : numberText(point.count)] : []),
    ])
    const left = points.length - shown.length
    return [...columnsOfText([head, ...body]), ...(left > 0 ? [`  … and ${countText(left, 'more point')}`] : [])]
  },
  columns: ({ of }, about) => of ?? about,
}
