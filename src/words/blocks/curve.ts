import type { CurveBlock } from '../../results/blocks/curve.ts'
import { countText, decimal, interval, numberText } from '../text/numbers.ts'
import { visible } from '../text/visible.ts'
import type { BlockText } from './block.ts'
import { columnsOfText } from './columns.ts'

const SHOWN = 12

/** The points of a curve, one a line. */
export const curve: BlockText<CurveBlock> = {
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
}
