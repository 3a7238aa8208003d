import { textOf } from '../errors.ts'
import { checkedText, onNumber, type SeedOptions, seedOptions, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** What `perturb.jitter` can be told. */
export interface JitterOptions extends SeedOptions {
  /**
   * How far the number may move either way.
   * @example { by: 0.5 }
   */
  readonly by: number
  /**
   * Whether `by` is a share of the number; default false.
   * @example { by: 0.01, relative: true }
   */
  readonly relative?: boolean
  /**
   * The least value that the field may have.
   * @example { by: 2, min: 0 }
   */
  readonly min?: number
  /**
   * The greatest value that the field may have.
   * @example { by: 2, max: 100 }
   */
  readonly max?: number
}

/** Moves the number in a field a little; whole numbers stay whole, and within `min` and `max`. */
export function jitter(field: string, options: JitterOptions): Perturbation {
  checkedText('jitter', field, 'field')
  const {
    by,
    relative = false,
    min = -Infinity,
    max = Infinity,
    seed,
  } = seedOptions('jitter', options, ['by', 'relative', 'min', 'max'])
  if (!(typeof by === 'number' && by > 0 && by < Infinity))
    throw wrong('jitter', `got by: ${textOf(by)}`, 'by is how far the number may move: more than 0')
  if (typeof min !== 'number' || typeof max !== 'number' || !(min <= max))
    throw wrong('jitter', `got min: ${textOf(min)} and max: ${textOf(max)}`, 'min and max are numbers, min the lesser')
  return onNumber(field, {
    name: `${field} ± ${relative ? `${by * 100} %` : by}`,
    seed,
    identity: [min, max],
    change(value, { next }) {
      const most = relative ? Math.abs(value) * by : by
      const moved = (2 * next() - 1) * most
      // A whole number moves by whole ones: by as many as are not too far.
      const step = Number.isInteger(value)
        ? Math.sign(moved) * Math.min(Math.ceil(Math.abs(moved)), Math.floor(most))
        : moved
      const [least, greatest] = Number.isInteger(value) ? [Math.ceil(min), Math.floor(max)] : [min, max]
      const reached = Math.min(greatest, Math.max(least, value + step))
      return Number.isFinite(reached) && reached >= min ? reached : value
    },
  })
}
