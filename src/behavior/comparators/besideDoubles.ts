import { isPlainObject } from '../../options.ts'
import { nextUp } from '../../stats/nextUp.ts'

/**
 * A JSON value as numbers of JavaScript can say it: itself, or where it holds integers between two of those, the values with
 * the one below and the one above in the place of each.
 */
export function beside(value: unknown): readonly unknown[] {
  return holdsBetween(value) ? [-1, 1].map((side) => moved(value, side)) : [value]
}

const isBetween = (value: unknown): value is bigint => typeof value === 'bigint' && BigInt(Number(value)) !== value

function holdsBetween(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsBetween)
  return isPlainObject(value) ? Object.values(value).some(holdsBetween) : isBetween(value)
}

function moved(value: unknown, side: number): unknown {
  if (Array.isArray(value)) return value.map((item) => moved(item, side))
  if (isPlainObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, moved(item, side)]))
  return isBetween(value) ? neighbor(value, side) : value
}

/** The nearest double below (-1) or above (1) an integer that is none. */
function neighbor(value: bigint, side: number): number {
  const near = Number(value)
  if (BigInt(near) > value === side > 0) return near
  return side > 0 ? nextUp(near) : -nextUp(-near)
}
