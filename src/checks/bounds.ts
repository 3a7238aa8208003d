import { AssayError } from '../errors.ts'
import { numberText } from '../numberText.ts'

/** Limits of a number: `min` and `max` inclusive, `gt` and `lt` exclusive. */
export interface Bounds {
  /**
   * The least value that is allowed.
   * @example { min: 0 }
   */
  readonly min?: number
  /**
   * The greatest value that is allowed.
   * @example { max: 100 }
   */
  readonly max?: number
  /**
   * What values must lie above.
   * @example { gt: 0 }
   */
  readonly gt?: number
  /**
   * What values must lie below.
   * @example { lt: 1 }
   */
  readonly lt?: number
}

const names = ['min', 'max', 'gt', 'lt'] as const

/** Checks limits and returns them; an AssayError when there is none, one is not a number, or nothing can satisfy them. */
export function checkedBounds(bounds: Bounds, asker: string): Bounds {
  if (typeof bounds !== 'object' || bounds === null) throw wrong(asker, `got ${String(bounds)} as limits`)
  const unknown = Object.keys(bounds).filter((name) => !(names as readonly string[]).includes(name))
  if (unknown.length > 0)
    throw wrong(asker, `does not know the limit ${unknown.map((name) => JSON.stringify(name)).join(', ')}`)
  const given = names.filter((name) => bounds[name] !== undefined)
  if (given.length === 0) throw wrong(asker, 'got no limit at all')
  for (const name of given) {
    if (typeof bounds[name] !== 'number' || Number.isNaN(bounds[name])) {
      throw wrong(asker, `got ${name}: ${String(bounds[name])}, which is not a number`)
    }
  }
  const low = Math.max(bounds.min ?? Number.NEGATIVE_INFINITY, bounds.gt ?? Number.NEGATIVE_INFINITY)
  const high = Math.min(bounds.max ?? Number.POSITIVE_INFINITY, bounds.lt ?? Number.POSITIVE_INFINITY)
  if (low > high || (low === high && !within(low, bounds)))
    throw wrong(asker, `got limits that no number meets: ${inWords(bounds)}`)
  return Object.fromEntries(given.map((name) => [name, bounds[name]])) as Bounds
}

function wrong(asker: string, found: string): AssayError {
  return new AssayError('wrong-argument', `${asker} ${found}`, {
    hint: 'give at least one of { min, max } (inclusive) or { gt, lt } (exclusive), e.g. { min: 0, max: 100 }',
  })
}

/** Whether a number meets the limits; NaN meets none. */
export function within(value: number | bigint, { min, max, gt, lt }: Bounds): boolean {
  return (
    !Number.isNaN(value) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (gt === undefined || value > gt) &&
    (lt === undefined || value < lt)
  )
}

/** The limits in words: `between 0 and 10`, `at least 3`, `more than 0 and at most 1`. */
export function inWords({ min, max, gt, lt }: Bounds, show: (value: number) => string = numberText): string {
  if (min !== undefined && max !== undefined && gt === undefined && lt === undefined) {
    return min === max ? `exactly ${show(min)}` : `between ${show(min)} and ${show(max)}`
  }
  const parts: string[] = []
  if (min !== undefined) parts.push(`at least ${show(min)}`)
  if (gt !== undefined) parts.push(`more than ${show(gt)}`)
  if (max !== undefined) parts.push(`at most ${show(max)}`)
  if (lt !== undefined) parts.push(`less than ${show(lt)}`)
  return parts.join(' and ')
}
